import { describe, expect, test } from 'vitest'
import type { Metric } from '#shared/contract/metrics.ts'
import { metricListRows, searchMetrics } from './metric-list-rows.ts'

function metric(parts: Partial<Metric>): Metric {
  return {
    name: 'm',
    type: 'gauge',
    unit: '',
    description: '',
    temporality: 'unspecified',
    monotonic: false,
    services: ['shop'],
    seriesCount: 1,
    pointCount: 1,
    lastTimeUnixNano: '1000',
    last: { kind: 'mean', value: 1, series: 1 },
    ...parts,
  }
}

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')

describe('the list of metrics', () => {
  test('one row for each name, as its newest variant', () => {
    const rows = metricListRows([
      metric({ name: 'cache.size', unit: '{item}', services: ['a'], lastTimeUnixNano: '500' }),
      metric({ name: 'cache.size', type: 'sum', unit: 'By', services: ['b', 'a'], lastTimeUnixNano: '900' }),
      metric({ name: 'other' }),
    ])
    expect(rows.map(({ name }) => name)).toEqual(['cache.size', 'other'])
    expect(rows[0]).toMatchObject({ kind: 'up-down counter', unit: 'By', variants: 2, services: ['a', 'b'] })
  })

  test('last values in their unit', () => {
    const last = (parts: Partial<Metric>) => plain(metricListRows([metric(parts)])[0]?.last)
    expect(last({ type: 'histogram', unit: 's', last: { kind: 'p95', value: 0.0384, series: 1 } })).toBe('38.4 ms')
    expect(last({ type: 'sum', unit: 'By', last: { kind: 'rate', value: 2048, series: 1 } })).toBe('2 KiB/s')
    expect(last({ type: 'summary', unit: 'ms', last: { kind: 'rate', value: 3, series: 1 } })).toBe('3/s')
    expect(last({ name: 'system.cpu.utilization', unit: '1', last: { kind: 'mean', value: 0.5, series: 1 } })).toBe(
      '50 %',
    )
    expect(last({ last: { kind: 'rate', value: null, series: 1 } })).toBeUndefined()
    expect(last({ last: null, lastTimeUnixNano: null })).toBeUndefined()
  })

  test('what the last value is, and that of many series only some were asked', () => {
    const meaning = (parts: Partial<Metric>) => metricListRows([metric(parts)])[0]?.lastMeaning
    expect(meaning({})).toBe('mean of the newest values')
    expect(meaning({ seriesCount: 1_204, last: { kind: 'total', value: 1, series: 16 } })).toBe(
      'total of the newest values, from 16 of 1,204 series',
    )
  })

  test('search: every word somewhere', () => {
    const rows = metricListRows([
      metric({ name: 'http.server.request.duration', type: 'histogram', unit: 's', services: ['checkout'] }),
      metric({ name: 'http.client.request.duration', type: 'histogram', unit: 's', services: ['cart'] }),
      metric({ name: 'process.memory.usage', unit: 'By' }),
    ])
    const found = (text: string) => searchMetrics(rows, text).map(({ name }) => name)
    expect(found('')).toHaveLength(3)
    expect(found('HTTP duration')).toHaveLength(2)
    expect(found('http checkout')).toEqual(['http.server.request.duration'])
    expect(found('By')).toEqual(['process.memory.usage'])
    expect(found('nothing')).toEqual([])
  })
})

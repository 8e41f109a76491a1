import { describe, expect, test } from 'vitest'
import type { TraceSummary } from '#shared/contract/traces.ts'
import { listTraces, traceRows } from './traces-rows.ts'

function trace(id: string, changed: Partial<TraceSummary> = {}): TraceSummary {
  return {
    traceId: id.padStart(32, '0'),
    rootService: 'shop',
    rootOperation: 'GET /',
    rootReceived: true,
    startTimeUnixNano: '1795336500000000000',
    durationNs: 1_000_000,
    spanCount: 1,
    errorCount: 0,
    services: ['shop'],
    ...changed,
  }
}

const now = new Date(1_795_336_600_000)

describe('rows', () => {
  test('bars are shares of the longest', () => {
    const rows = traceRows([trace('a', { durationNs: 50 }), trace('b', { durationNs: 200 })], now)
    expect(rows.map((row) => row.share)).toEqual([0.25, 1])
  })

  test('zero and negative durations have no bar', () => {
    expect(traceRows([trace('a', { durationNs: 0 })], now).map((row) => row.share)).toEqual([0])
    expect(traceRows([trace('a', { durationNs: -5 }), trace('b')], now)[0]?.share).toBe(0)
  })

  test('names show nothing unseen, and are never blank', () => {
    const [row] = traceRows([trace('a', { rootOperation: ' ', services: ['a\u202eb', ''] })], now)
    expect(row?.rootOperation).toBe('(no name)')
    expect(row?.allServices).toBe('a\\u202eb, (no service name)')
  })

  test("the root's service stands first, all are counted, not all are listed", () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`)
    const [row] = traceRows([trace('a', { rootService: 's11', services: names })], now)
    expect(row?.services).toEqual(['s11', 's0', 's1', 's2', 's3', 's4', 's5', 's6'])
    expect(row?.serviceCount).toBe('12')
    expect(row?.allServices).toBe(['s11', ...names.slice(0, 11)].join(', '))
  })
})

describe('the list', () => {
  const a = trace('a')
  const b = trace('b')
  const c = trace('c')

  test('pages follow each other, a trace on two of them stands once', () => {
    expect(listTraces([a, b], [[b, c]], [a, b])).toEqual({ traces: [a, b, c], unseen: 0 })
  })

  test('new traces are counted, not shown', () => {
    expect(listTraces([b], [[c]], [a, b])).toEqual({ traces: [b, c], unseen: 1 })
  })

  test('figures on show keep up', () => {
    const grown = { ...b, spanCount: 9 }
    expect(listTraces([b], [], [grown]).traces).toEqual([grown])
  })

  test('a trace that came into view by paging is not new', () => {
    expect(listTraces([a], [[b]], [a, b]).unseen).toBe(0)
  })
})

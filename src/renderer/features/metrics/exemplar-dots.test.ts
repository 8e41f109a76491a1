import { expect, test } from 'vitest'
import type { MetricExemplar } from '#shared/contract/metric-chart.ts'
import { timeGrid } from '../../ui/chart/time-grid.ts'
import { unitOf } from '../../ui/unit.ts'
import { exemplarDots, highestWithin } from './exemplar-dots.ts'

function exemplar(second: number, value: number): MetricExemplar {
  return {
    timeUnixNano: `${second}000000000`,
    value,
    traceId: `${second}`.padStart(32, '0'),
    spanId: null,
    traceStored: true,
    service: 'shop',
    unit: 's',
  }
}

test('the highest, never two on top of each other', () => {
  const grid = timeGrid('0', 10, 100)
  const dots = exemplarDots([exemplar(500, 1), exemplar(505, 3), exemplar(900, 2)], grid, unitOf('s'))
  expect(dots.map(({ value }) => value)).toEqual([3, 2])
  expect(dots[0]?.label.replaceAll('\u00a0', ' ')).toMatch(/^Open the trace of 3\.00 s at \d\d:\d\d:25 in shop$/)
  expect(
    exemplarDots(
      Array.from({ length: 100 }, (_, index) => exemplar(index * 10, index)),
      grid,
      unitOf('s'),
    ),
  ).toHaveLength(24)
})

test('the highest of a selection', () => {
  const all = [exemplar(1, 5), exemplar(2, 7), exemplar(3, 9)]
  const selection = { startUnixNano: '1000000000', endUnixNano: '3000000000' }
  expect(highestWithin(all, selection)?.value).toBe(7)
  expect(highestWithin(all, { ...selection, minValue: 1, maxValue: 6 })?.value).toBe(5)
  expect(highestWithin(all, { ...selection, minValue: 8 })).toBeUndefined()
})

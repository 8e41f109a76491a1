import { describe, expect, it } from 'vitest'
import { axisDuration, axisNumber } from './axis-text.ts'
import { placeMarks } from './chart-marks.tsx'
import { bucketClock, extentOf, summaryText } from './series-summary.ts'
import { sparklinePath } from './sparkline-path.ts'
import { timeGrid } from './time-grid.ts'

const grid = timeGrid('1795336500000000000', 10, 4)

describe('a chart in words', () => {
  it('finds the latest, highest and lowest values between gaps', () => {
    expect(extentOf([null, 3, 7, 5, null])).toEqual({
      latest: { bucket: 3, value: 5 },
      highest: { bucket: 2, value: 7 },
      lowest: { bucket: 1, value: 3 },
    })
    expect(extentOf([null, Number.NaN])).toBeUndefined()
  })

  it('tells range, latest, highest and lowest of each series', () => {
    const series = [
      { id: 'a', name: 'P99', color: 'red', values: [1, 9, 2, 4] },
      { id: 'b', name: 'P50', color: 'red', values: [null, null, null, null] },
    ]
    expect(summaryText({ grid, series, format: (value) => `${value} s` })).toBe(
      `${bucketClock(grid, 0)} to ${bucketClock(grid, 4)}. P99: latest 4 s, highest 9 s at ${bucketClock(grid, 1)}, lowest 1 s at ${bucketClock(grid, 0)}. P50: no values.`,
    )
  })
})

describe('axis texts', () => {
  it('are short', () => {
    expect([0, 1e6, 5e8, 1e9, 1e10, 60e9].map(axisDuration)).toEqual(['0', '1 ms', '500 ms', '1 s', '10 s', '1 min'])
    expect([0, 0.5, 20, 1_500, 15_000, 2e6].map(axisNumber)).toEqual(['0', '0.5', '20', '1500', '15k', '2M'])
  })
})

describe('sparklinePath', () => {
  const size = { width: 30, height: 20, fromZero: false }
  it('breaks at gaps and shows a value alone', () => {
    expect(sparklinePath([1, 2, null, 3], size)).toBe('M0.0 18.0L10.0 10.0M30.0 2.0h0.1')
  })

  it('runs through the middle when nothing changes, and is empty without values', () => {
    expect(sparklinePath([5, 5], size)).toBe('M0.0 10.0L30.0 10.0')
    expect(sparklinePath([null], size)).toBe('')
  })
})

describe('placeMarks', () => {
  const mark = (second: number, label: string, end?: number) => ({
    id: label,
    label,
    color: 'red',
    startUnixNano: grid.startUnixNano + BigInt(second) * 1_000_000_000n,
    endUnixNano: end === undefined ? undefined : grid.startUnixNano + BigInt(end) * 1_000_000_000n,
  })

  it('leaves out what lies outside, and cuts what reaches out', () => {
    const placed = placeMarks([mark(-20, 'before'), mark(-20, 'into', 10), mark(50, 'after')], grid, 400)
    expect(placed.map(({ mark: { id }, left, right }) => [id, left, right])).toEqual([['into', -2, 100]])
  })

  it('gives labels room beside their line, and none where there is none', () => {
    const placed = placeMarks([mark(20, 'database timeout 30 %'), mark(21, 'deployed 1.2')], grid, 400)
    expect(placed[0]?.label?.side).toBe('left')
    expect(placed[1]?.label?.side).toBe('right')
    const crowded = placeMarks([mark(1, 'a long label of a mark'), mark(2, 'another one, as long')], grid, 80)
    expect(crowded.every(({ label }) => label === undefined)).toBe(true)
  })
})

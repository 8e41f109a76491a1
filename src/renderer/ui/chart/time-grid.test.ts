import { describe, expect, it } from 'vitest'
import { bucketOf, bucketStart, clampBucket, gridEnd, gridPosition, timeGrid } from './time-grid.ts'
import { timeTicks } from './time-ticks.ts'

const grid = timeGrid('1795336500000000000', 10, 90)

describe('a time grid', () => {
  it('keeps every nanosecond of its bucket boundaries', () => {
    const odd = timeGrid('1795336500000000001', 10, 90)
    expect(bucketStart(odd, 3)).toBe(1795336530000000001n)
    expect(gridEnd(odd)).toBe(1795337400000000001n)
  })

  it('finds the bucket of an instant, the start included and the end not', () => {
    expect(bucketOf(grid, 1795336510000000000n)).toBe(1)
    expect(bucketOf(grid, 1795336509999999999n)).toBe(0)
    expect(bucketOf(grid, grid.startUnixNano - 1n)).toBeUndefined()
    expect(bucketOf(grid, gridEnd(grid))).toBeUndefined()
  })

  it('says how far along an instant lies', () => {
    expect(gridPosition(grid, 1795336515000000000n)).toBe(1.5)
    expect(gridPosition(grid, grid.startUnixNano - 10_000_000_000n)).toBe(-1)
  })

  it('keeps a pointer that left the plot in its first or last bucket', () => {
    expect(clampBucket(grid, -3)).toBe(0)
    expect(clampBucket(grid, 90)).toBe(89)
  })
})

describe('timeTicks', () => {
  it('stand at round clock times with enough room between them', () => {
    const ticks = timeTicks(grid, 600, 64)
    expect(ticks.length).toBeGreaterThan(4)
    expect(ticks.every(({ label }) => /^\d\d:\d\d$/.test(label))).toBe(true)
    const gaps = ticks.slice(1).map(({ position }, index) => position - (ticks[index]?.position ?? 0))
    expect(new Set(gaps).size).toBe(1)
    expect(((gaps[0] ?? 0) / 90) * 600).toBeGreaterThanOrEqual(64)
  })

  it('tell seconds in a short range, and dates in a long one', () => {
    expect(timeTicks(timeGrid('1795336500000000000', 1, 60), 600, 64)[0]?.label).toMatch(/^\d\d:\d\d:\d\d$/)
    expect(timeTicks(timeGrid('1795336500000000000', 86_400, 60), 600, 64)[0]?.label).toMatch(/^\d\d-\d\d$/)
  })

  it('are none where there is nothing to draw', () => {
    expect(timeTicks(timeGrid('0', 10, 0), 600, 64)).toEqual([])
    expect(timeTicks(grid, 0, 64)).toEqual([])
  })

  it('span ten years', () => {
    expect(timeTicks(timeGrid('0', 366 * 86_400, 60), 600, 64).length).toBeGreaterThan(1)
  })
})

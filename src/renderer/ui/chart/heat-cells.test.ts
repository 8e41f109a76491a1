import { describe, expect, it } from 'vitest'
import { countWithin, heatCells, highestCount, rowAt, shadeOf, shadeStarts } from './heat-cells.ts'
import { shadePaths } from './heatmap-option.ts'
import { axisFor } from './value-axis.ts'

const heat = {
  bounds: [1, 10, 100],
  counts: [
    [5, 0],
    [0, 1],
  ],
}
const axis = axisFor(heat.bounds, { scale: 'log' })

describe('heat cells', () => {
  it('are only where something was counted', () => {
    expect(heatCells(heat, axis)).toEqual(
      [
        { bucket: 0, bottom: 0, top: 0.5, shade: 4 },
        { bucket: 1, bottom: 0.5, top: 1, shade: 0 },
      ].map((cell) => ({ ...cell, bottom: expect.closeTo(cell.bottom), top: expect.closeTo(cell.top) })),
    )
  })

  it('are shaded so that neither the many nor the few all look alike', () => {
    expect([1, 90, 700, 2_200, 5_200, 10_000].map((count) => shadeOf(count, 10_000))).toEqual([0, 1, 2, 3, 4, 4])
    expect([1, 2, 10, 20, 45].map((count) => shadeOf(count, 45))).toEqual([0, 1, 2, 3, 4])
    expect(shadeOf(1, 1)).toBe(4)
    expect(highestCount(heat)).toBe(5)
    expect(shadeStarts(100_000)).toEqual([1, 801, 6_401, 21_601, 51_201])
    expect(shadeStarts(1_000).map((start) => shadeOf(start, 1_000))).toEqual([0, 1, 2, 3, 4])
  })

  it('are found by height, the nearest row outside of all', () => {
    expect(rowAt(heat, axis, 0.1)).toBe(0)
    expect(rowAt(heat, axis, 0.9)).toBe(1)
    expect(rowAt(heat, axis, 2)).toBe(1)
    expect(rowAt(heat, axis, -1)).toBe(0)
    expect(rowAt({ bounds: [], counts: [] }, axis, 0.5)).toBeUndefined()
  })

  it('add up within a rectangle', () => {
    expect(countWithin(heat, { from: 0, to: 2 }, { from: 0, to: 2 })).toBe(6)
    expect(countWithin(heat, { from: 1, to: 2 }, { from: 0, to: 1 })).toBe(0)
  })

  it('are one path for each shade', () => {
    const paths = shadePaths(heatCells(heat, axis), { bucketPx: 10, height: 100 })
    expect(paths).toHaveLength(5)
    expect(paths[4]).toMatch(/^M0 50h9v/)
    expect(paths[1]).toBe('')
  })
})

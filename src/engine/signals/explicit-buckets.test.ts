import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ExplicitBuckets,
  explicitCells,
  isWellFormed,
  refine,
  subtractExplicit,
  unionOfBounds,
} from './explicit-buckets.ts'
import { heatmapOf } from './heatmap.ts'
import { linear, quantileOf } from './quantile.ts'

const bounds = fc
  .uniqueArray(fc.integer({ min: -50, max: 500 }), { maxLength: 12 })
  .map((list) => list.sort((left, right) => left - right))
const buckets = bounds.chain((each) =>
  fc
    .array(fc.nat({ max: 1000 }), { minLength: each.length + 1, maxLength: each.length + 1 })
    .map((counts): ExplicitBuckets => ({ bounds: each, counts })),
)
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

function fill(values: readonly number[], of: readonly number[]): number[] {
  const counts = new Array<number>(of.length + 1).fill(0)
  for (const value of values) {
    const at = of.findIndex((bound) => value <= bound)
    const index = at < 0 ? of.length : at
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

describe('explicit buckets', () => {
  it('keep every count on finer bounds, and each between the bounds it had', () => {
    fc.assert(
      fc.property(buckets, bounds, (each, other) => {
        const union = unionOfBounds([each.bounds, other])
        const refined = refine(each, union)
        expect(sum(refined)).toBeCloseTo(sum(each.counts), 6)
        each.bounds.forEach((bound, index) => {
          const below = sum(each.counts.slice(0, index + 1))
          expect(sum(refined.slice(0, union.indexOf(bound) + 1))).toBeCloseTo(below, 6)
        })
      }),
    )
  })

  it('of one layout merge to what all values together fill', () => {
    fc.assert(
      fc.property(
        bounds,
        fc.array(fc.integer({ min: -60, max: 600 })),
        fc.array(fc.integer({ min: -60, max: 600 })),
        (of, one, other) => {
          const merged = fill(one, of).map((count, index) => count + (fill(other, of)[index] ?? 0))
          expect(merged).toEqual(fill([...one, ...other], of))
        },
      ),
    )
  })

  it('give quantiles within the width they tell', () => {
    fc.assert(
      fc.property(
        bounds,
        fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (of, values, quantile) => {
          const sorted = values.toSorted((left, right) => left - right)
          const exact = sorted[Math.ceil(quantile * values.length) - 1] ?? 0
          const extremes = { min: sorted[0] ?? null, max: sorted.at(-1) ?? null }
          const found = quantileOf(explicitCells(of, fill(values, of)), quantile, extremes, linear)
          expect(found).toBeDefined()
          if (found?.error !== null)
            expect(Math.abs((found?.value ?? 0) - exact)).toBeLessThanOrEqual((found?.error ?? 0) + 1e-9)
        },
      ),
    )
  })

  it('say that what lies beyond the last bound is a lower limit', () => {
    const cells = explicitCells([1, 2], [0, 0, 5])
    expect(quantileOf(cells, 0.5, { min: null, max: null }, linear)).toEqual({ value: 2, error: null })
    expect(quantileOf(cells, 0.5, { min: null, max: 4 }, linear)).toEqual({ value: 3, error: 2 })
    expect(quantileOf([], 0.5, { min: null, max: null }, linear)).toBeUndefined()
  })

  it('tell a fall, and refuse to compare different bounds', () => {
    const older = { bounds: [1], counts: [3, 4] }
    expect(subtractExplicit({ bounds: [1], counts: [5, 4] }, older)).toEqual({ bounds: [1], counts: [2, 0] })
    expect(subtractExplicit({ bounds: [1], counts: [2, 9] }, older)).toBeUndefined()
    expect(() => subtractExplicit({ bounds: [2], counts: [5, 9] }, older)).toThrow(RangeError)
  })

  it('are malformed when bounds fall or counts are missing', () => {
    expect(isWellFormed({ bounds: [1, 2], counts: [0, 0, 0] })).toBe(true)
    for (const each of [
      { bounds: [2, 1], counts: [0, 0, 0] },
      { bounds: [1, 1], counts: [0, 0, 0] },
      { bounds: [Number.NaN], counts: [0, 0] },
      { bounds: [1], counts: [1] },
    ]) {
      expect(isWellFormed(each)).toBe(false)
    }
  })
})

describe('a heatmap', () => {
  it('keeps every count, in rows that hold them', () => {
    fc.assert(
      fc.property(fc.array(buckets, { minLength: 1, maxLength: 5 }), (all) => {
        const heatmap = heatmapOf(all.map(({ bounds: of, counts }) => explicitCells(of, counts)))
        const hasBounds = all.some(({ bounds: of, counts }) => of.length > 0 && sum(counts) > 0)
        if (!hasBounds) return
        expect(heatmap?.counts.map(sum)).toEqual(all.map(({ counts }) => expect.closeTo(sum(counts), 6)))
        for (const row of heatmap?.counts ?? []) expect(row.length).toBe(heatmap?.rows.length)
      }),
    )
  })

  it('has no empty rows at its ends, and none at all without counts', () => {
    expect(heatmapOf([explicitCells([1, 2, 3], [0, 0, 4, 0])])).toEqual({ rows: [{ from: 2, to: 3 }], counts: [[4]] })
    expect(heatmapOf([[], []])).toBeNull()
  })

  it('shows zeros above zero when nothing lies below', () => {
    const zeros = { from: 0, to: 0, count: 2 }
    expect(heatmapOf([[zeros, { from: 4, to: 8, count: 5 }]])).toEqual({
      rows: [
        { from: 0, to: 4 },
        { from: 4, to: 8 },
      ],
      counts: [[2, 5]],
    })
  })
})

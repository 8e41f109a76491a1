import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addExponential,
  downscale,
  type ExponentialBuckets,
  exponentialBound,
  exponentialCells,
  exponentialRelativeError,
  maxExponentialBuckets,
  subtractExponential,
} from './exponential-buckets.ts'
import { geometric, quantileOf } from './quantile.ts'

const none = { offset: 0, counts: [] }
const nothing: ExponentialBuckets = { scale: 20, zeroCount: 0, zeroThreshold: 0, positive: none, negative: none }

/** What an SDK would keep of one value: bucket i covers (base^i, base^(i+1)]. */
function ofValue(value: number, scale: number): ExponentialBuckets {
  if (value === 0) return { ...nothing, scale, zeroCount: 1 }
  const index = Math.ceil(Math.log2(Math.abs(value)) * 2 ** scale) - 1
  const side = { offset: index, counts: [1] }
  return { ...nothing, scale, [value > 0 ? 'positive' : 'negative']: side }
}

function ofValues(values: readonly number[], scale: number): ExponentialBuckets {
  return values.map((value) => ofValue(value, scale)).reduce((sum, each) => addExponential(sum, each), nothing)
}

function total({ zeroCount, positive, negative }: ExponentialBuckets): number {
  return [...positive.counts, ...negative.counts].reduce((sum, count) => sum + count, zeroCount)
}

/** Without empty buckets at the ends, and on one scale. */
function plain(buckets: ExponentialBuckets, scale: number): unknown {
  return exponentialCells(downscale(buckets, scale))
}

const values = fc.array(
  fc.oneof(
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    fc.double({ min: -1e4, max: -1e-2, noNaN: true }),
    fc.constant(0),
  ),
  { maxLength: 40 },
)
const scale = fc.integer({ min: -4, max: 8 })

describe('exponential buckets', () => {
  it('cover what the data model says', () => {
    expect([exponentialBound(0, 3), exponentialBound(1, 2), exponentialBound(-1, 2)]).toEqual([8, 2, 16])
    expect(exponentialCells(ofValue(4, 0))).toEqual([{ from: 2, to: 4, count: 1 }])
    expect(exponentialCells(ofValue(-4, 0))).toEqual([{ from: -4, to: -2, count: 1 }])
  })

  it('keep every count when the scale is lowered', () => {
    fc.assert(
      fc.property(values, scale, fc.integer({ min: 0, max: 20 }), (list, from, steps) => {
        const before = ofValues(list, from)
        const after = downscale(before, before.scale - steps)
        expect(total(after)).toBe(list.length)
        expect(after.scale).toBe(before.scale - steps)
      }),
    )
  })

  it('are the same whether merged or filled with everything at once', () => {
    fc.assert(
      fc.property(values, values, scale, scale, (left, right, leftScale, rightScale) => {
        const merged = addExponential(ofValues(left, leftScale), ofValues(right, rightScale))
        const atOnce = ofValues([...left, ...right], Math.min(leftScale, rightScale))
        const common = Math.min(merged.scale, atOnce.scale)
        expect(plain(merged, common)).toEqual(plain(atOnce, common))
      }),
    )
  })

  it('stay narrow, whatever is merged', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 }), (exponents) => {
        const merged = ofValues(
          exponents.map((exponent) => 2 ** exponent),
          8,
        )
        expect(merged.positive.counts.length).toBeLessThanOrEqual(maxExponentialBuckets)
        expect(total(merged)).toBe(exponents.length)
      }),
    )
  })

  it('give back what was added since, and tell a fall', () => {
    fc.assert(
      fc.property(values, values, scale, (older, added, at) => {
        const before = ofValues(older, at)
        const after = addExponential(before, ofValues(added, at))
        const difference = subtractExponential(after, before)
        expect(difference && total(difference)).toBe(added.length)
        if (added.length > 0) expect(subtractExponential(before, after)).toBeUndefined()
      }),
    )
  })

  it('put what a wider zero bucket swallows into it', () => {
    const fine = { ...nothing, scale: 0, zeroCount: 1, positive: { offset: -2, counts: [2, 3, 4] } }
    const wide = { ...nothing, scale: 0, zeroCount: 5, zeroThreshold: 0.3 }
    const merged = addExponential(fine, wide)
    // (0.25, 0.5] reaches into the zero bucket, which then ends where it does.
    expect(merged).toMatchObject({ zeroCount: 8, zeroThreshold: 0.5 })
    expect(exponentialCells(merged)).toEqual([
      { from: 0, to: 0.5, count: 8 },
      { from: 0.5, to: 1, count: 3 },
      { from: 1, to: 2, count: 4 },
    ])
    expect(total(addExponential(wide, fine))).toBe(15)
  })

  it('give quantiles within their error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (list, quantile) => {
          const buckets = ofValues(list, 5)
          const sorted = list.toSorted((left, right) => left - right)
          const exact = sorted[Math.ceil(quantile * list.length) - 1] ?? 0
          const found = quantileOf(exponentialCells(buckets), quantile, { min: null, max: null }, geometric)
          expect(Math.abs((found?.value ?? 0) - exact)).toBeLessThanOrEqual((found?.error ?? 0) * (1 + 1e-9))
          const relative = exponentialRelativeError(buckets.scale)
          expect(Math.abs((found?.value ?? 0) - exact) / exact).toBeLessThanOrEqual(relative * (1 + 1e-9))
        },
      ),
    )
  })
})

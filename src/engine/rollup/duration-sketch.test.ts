import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binOf, relativeError, upperEdgeNs } from './duration-bins.ts'
import { DurationSketch } from './duration-sketch.ts'
import { encodeDurations, encodedQuantile, mergeEncoded, removeEncoded } from './encoded-sketch.ts'

const durations = fc.oneof(
  fc.integer({ min: 0, max: 5_000 }),
  fc.integer({ min: 1, max: 2 ** 31 }),
  fc.double({ min: 0, max: 42, noNaN: true }).map((exponent) => Math.floor(Math.exp(exponent))),
)
const quantiles = [0.01, 0.5, 0.9, 0.95, 0.99, 1]

function sketchOf(values: readonly number[]): DurationSketch {
  const sketch = new DurationSketch()
  for (const value of values) sketch.add(value)
  return sketch
}

/** The smallest value that at least `q` of all don't exceed. */
function nearestRank(values: readonly number[], q: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(1, Math.ceil(q * sorted.length - 1e-9)) - 1] as number
}

describe('a duration sketch', () => {
  test('knows every quantile within its relative error', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 400 }), fc.constantFrom(...quantiles), (values, q) => {
        const exact = nearestRank(values, q)
        const found = sketchOf(values).quantile(q)
        expect(Math.abs((found as number) - exact)).toBeLessThanOrEqual(exact * relativeError * (1 + 1e-9))
      }),
    )
  })

  test('merged from parts, encoded or not, is the sketch of everything', () => {
    fc.assert(
      fc.property(fc.array(fc.array(durations, { maxLength: 50 }), { maxLength: 6 }), (parts) => {
        const whole = sketchOf(parts.flat()).encoded()
        const merged = new DurationSketch()
        const fromBytes = new DurationSketch()
        for (const part of parts) {
          merged.merge(sketchOf(part))
          fromBytes.addEncoded(sketchOf(part).encoded())
        }
        expect(merged.encoded()).toEqual(whole)
        expect(fromBytes.encoded()).toEqual(whole)
        expect(DurationSketch.of(whole).count).toBe(parts.flat().length)
      }),
    )
  })

  test('as bytes is the same: made of durations, merged, and with one taken back', () => {
    fc.assert(
      fc.property(
        fc.array(durations, { minLength: 1, maxLength: 80 }),
        fc.array(durations, { maxLength: 80 }),
        (left, right) => {
          const [one, other] = [encodeDurations(left), encodeDurations(right)]
          const both = sketchOf([...left, ...right])
          expect(one).toEqual(sketchOf(left).encoded())
          expect(mergeEncoded(one, other)).toEqual(both.encoded())
          expect(encodedQuantile(mergeEncoded(one, other), both.count, 0.95)).toBe(both.quantile(0.95))
          expect(removeEncoded(one, left[0] as number, 1)).toEqual(sketchOf(left.slice(1)).encoded())
        },
      ),
    )
  })

  test('keeps weights that are no whole numbers', () => {
    const sketch = new DurationSketch()
    sketch.add(1_000, 9.99)
    sketch.add(5_000_000, 0.5)
    const again = DurationSketch.of(sketch.encoded())
    expect([...again.bins()]).toEqual([...sketch.bins()])
    expect(again.count).toBeCloseTo(10.49, 12)
    expect(again.quantile(0.5)).toBeCloseTo(1_000, -1)
  })

  test('counts what took at most so long', () => {
    const sketch = sketchOf([0, 1, 100, 10_000, 1_000_000])
    expect([0, 1, 150, 20_000, 2_000_000].map((limit) => sketch.countAtMost(limit))).toEqual([1, 2, 3, 4, 5])
  })

  test('says nothing of nothing', () => {
    expect(new DurationSketch().quantile(0.99)).toBeNull()
    expect(DurationSketch.of(new DurationSketch().encoded()).count).toBe(0)
  })

  test('refuses bytes that are no sketch', () => {
    expect(() => DurationSketch.of(Uint8Array.of(7))).toThrow(RangeError)
    expect(() => DurationSketch.of(Uint8Array.of(0, 0x80))).toThrow(RangeError)
  })

  test('puts a duration between the edges of its bin', () => {
    fc.assert(
      fc.property(durations, (value) => {
        const bin = binOf(value)
        expect(value).toBeLessThanOrEqual(upperEdgeNs(bin) * (1 + 1e-9))
        if (bin > 0) expect(value).toBeGreaterThan(upperEdgeNs(bin - 1) * (1 - 1e-9) - 1e-9)
      }),
    )
  })
})

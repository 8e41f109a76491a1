import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fallingIsReset } from './counter-lines.ts'
import { isGap, typicalInterval } from './gaps.ts'
import { CumulativeIncreases } from './increases.ts'
import { spread, timeBuckets } from './time-buckets.ts'

const second = 1_000_000_000n

describe('buckets of time', () => {
  it('cover the range with whole steps from the epoch, never too many', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 4_000_000_000n * second }),
        fc.bigInt({ min: 0n, max: 400_000_000n * second }),
        fc.option(fc.integer({ min: 1, max: 366 * 86_400 }), { nil: undefined }),
        (start, length, stepSeconds) => {
          const buckets = timeBuckets(start, start + length, { stepSeconds, preferred: 120, most: 1000 })
          const step = BigInt(buckets.stepSeconds) * second
          expect(buckets.startUnixNano % step).toBe(0n)
          expect(buckets.startUnixNano <= start && start < buckets.startUnixNano + step).toBe(true)
          expect(buckets.endUnixNano >= start + length && buckets.endUnixNano - step < start + length).toBe(true)
          expect(buckets.endUnixNano - buckets.startUnixNano).toBe(BigInt(buckets.count) * step)
          expect(buckets.count).toBeLessThanOrEqual(1000)
          if (stepSeconds !== undefined) expect(buckets.stepSeconds).toBeGreaterThanOrEqual(stepSeconds)
        },
      ),
    )
  })

  it('share an amount out by time, and lose none of it within the range', () => {
    const buckets = timeBuckets(0n, 100n * second, { stepSeconds: 10, preferred: 120, most: 1000 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (one, other) => {
        const [from, to] = [Math.min(one, other) * 1e9, Math.max(one, other) * 1e9]
        let shared = 0
        spread(buckets, from, to, (bucket, part) => {
          expect(bucket >= 0 && bucket < 10).toBe(true)
          shared += part
        })
        expect(shared).toBeCloseTo(from === to && to === 100e9 ? 0 : 1, 9)
      }),
    )
  })
})

describe('cumulative points', () => {
  const run = (points: readonly [time: number, start: number | null, value: number][]) => {
    const increases = new CumulativeIncreases<number>(fallingIsReset)
    return points.map(([time, start, value]) => increases.add({ time, start, value }))
  }

  it('tell what came between them', () => {
    expect(
      run([
        [10, -5, 100],
        [20, -5, 130],
      ]),
    ).toEqual([undefined, { from: 10, to: 20, value: 30, told: false }])
  })

  it('begin with their start when it lies in the range', () => {
    expect(run([[10, 4, 7]])).toEqual([{ from: 4, to: 10, value: 7, told: true }])
  })

  it('begin anew with a new start, even if that was before the range or the value is higher', () => {
    expect(
      run([
        [-10, -100, 50],
        [10, -2, 80],
      ]),
    ).toEqual([undefined, { from: -2, to: 10, value: 80, told: true }])
  })

  it('whose start is their own time say nothing of the time before', () => {
    expect(
      run([
        [10, 10, 7],
        [20, 10, 9],
      ]),
    ).toEqual([undefined, { from: 10, to: 20, value: 2, told: false }])
  })

  it('without a start begin anew when they fall', () => {
    expect(
      run([
        [10, null, 100],
        [20, null, 30],
      ]),
    ).toEqual([undefined, { from: 10, to: 20, value: 30, told: false }])
  })

  it('that were sent twice count once', () => {
    expect(
      run([
        [10, -5, 1],
        [20, -5, 2],
        [20, -5, 2],
      ]).at(-1),
    ).toBeUndefined()
  })

  it('of two senders under one identity are told apart by their starts', () => {
    const increases = new CumulativeIncreases<number>(fallingIsReset)
    const values: number[] = []
    for (let time = 10; time <= 50; time += 10) {
      for (const start of [1, 2]) {
        const increase = increases.add({ time: time + start, start, value: time * start })
        if (increase) values.push(increase.value)
      }
    }
    expect(values.reduce((sum, value) => sum + value)).toBe(50 + 100)
    expect(increases.interleaved).toBe(true)
  })

  it('add up to the last value since each start', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 100 }), { minLength: 1, maxLength: 10 }), { maxLength: 6 }),
        (runs) => {
          const increases = new CumulativeIncreases<number>(fallingIsReset)
          let time = 0
          let counted = 0
          for (const steps of runs) {
            const start = ++time
            let value = 0
            for (const step of steps) {
              value += step
              counted += increases.add({ time: ++time, start, value })?.value ?? 0
            }
          }
          expect(counted).toBe(runs.flat().reduce((sum, step) => sum + step, 0))
        },
      ),
    )
  })
})

describe('gaps', () => {
  const buckets = timeBuckets(0n, 600n * second, { stepSeconds: 10, preferred: 120, most: 1000 })

  it('are longer than two and a half intervals of the series itself', () => {
    expect(isGap(buckets, 0, 60e9, 60e9)).toBe(false)
    expect(isGap(buckets, 0, 140e9, 60e9)).toBe(false)
    expect(isGap(buckets, 0, 160e9, 60e9)).toBe(true)
    expect(isGap(buckets, 0, 30e9, 10e9)).toBe(true)
  })

  it('leave a whole bucket empty', () => {
    expect(isGap(buckets, 1e9, 19e9, 1e9)).toBe(false)
  })

  it('are measured by the usual distance, not by what was missing', () => {
    expect(typicalInterval([0, 10, 20, 90, 100])).toBe(10)
    expect(typicalInterval([5])).toBeUndefined()
    expect(typicalInterval([0, 3600e9])).toBe(120e9)
    expect(typicalInterval([0, 0, 15e9])).toBe(15e9)
  })
})

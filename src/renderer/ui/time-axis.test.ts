import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { niceStep, niceTicks } from './time-axis.ts'

const labels = (start: number, end: number, most: number) =>
  niceTicks(start, end, most).map((tick) => tick.label.replaceAll(' ', ' '))

describe('ticks', () => {
  test('round steps in one unit', () => {
    expect(labels(0, 5_070_000_000, 6)).toEqual(['0', '1 s', '2 s', '3 s', '4 s', '5 s'])
    expect(labels(0, 1_240_000_000, 6)).toEqual(['0', '0.5 s', '1.0 s'])
    expect(labels(0, 38_000_000, 5)).toEqual(['0', '10 ms', '20 ms', '30 ms'])
    expect(labels(0, 700, 4)).toEqual(['0', '200 ns', '400 ns', '600 ns'])
  })

  test('minutes and hours in steps of clocks', () => {
    expect(labels(0, 90_000_000_000, 4)).toEqual(['0', '0.5 min', '1.0 min', '1.5 min'])
    expect(niceStep(3_600_000_000_000, 6)).toBe(600_000_000_000)
  })

  test('a window far inside a long trace is labelled finely enough', () => {
    const ticks = labels(5_000_000_000, 5_000_100_000, 5)
    expect(new Set(ticks).size).toBe(ticks.length)
  })

  test('offsets below zero', () => {
    expect(labels(-10_000_000, 10_000_000, 4)).toEqual(['−10 ms', '−5 ms', '0', '5 ms', '10 ms'])
  })

  test('an empty span has one tick', () => {
    expect(labels(0, 0, 5)).toEqual(['0'])
  })

  test('never many more than wanted, always in order and inside', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 15 }), fc.integer({ min: 2, max: 12 }), (span, most) => {
        const ticks = niceTicks(0, span, most)
        expect(ticks.length).toBeLessThanOrEqual(most + 2)
        ticks.forEach((tick, index) => {
          expect(tick.ns).toBeLessThanOrEqual(span * (1 + 1e-9))
          if (index > 0) expect(tick.ns).toBeGreaterThan(ticks[index - 1]?.ns ?? 0)
        })
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rulerTicks } from './ruler-ticks.ts'

const labels = (start: number, end: number, width = 600) => rulerTicks({ start, end }, width).map(({ label }) => label)

describe('rulerTicks', () => {
  it('reads as people count', () => {
    expect(labels(0, 5.07e9)).toEqual(['0', '1 s', '2 s', '3 s', '4 s', '5 s'])
    expect(labels(0, 18e6)).toEqual(['0', '5 ms', '10 ms', '15 ms'])
    expect(labels(1.02e9, 1.023e9)).toEqual([
      '1.02 s',
      '1.0205 s',
      '1.021 s',
      '1.0215 s',
      '1.022 s',
      '1.0225 s',
      '1.023 s',
    ])
    expect(labels(0, 10)).toEqual(['0', '2 ns', '4 ns', '6 ns', '8 ns', '10 ns'])
    expect(labels(0, 7 * 60e9)).toEqual(['0', '1 min', '2 min', '3 min', '4 min', '5 min', '6 min', '7 min'])
  })

  it('stays in the window, in order, with room and different labels', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e14, noNaN: true }),
        fc.double({ min: 1, max: 14, noNaN: true }),
        fc.integer({ min: 60, max: 3000 }),
        (start, power, width) => {
          const window = { start: Math.round(start), end: Math.round(start) + Math.round(10 ** power) }
          const ticks = rulerTicks(window, width)
          expect(ticks.length).toBeLessThanOrEqual(Math.floor(width / 84) + 2)
          let last = Number.NEGATIVE_INFINITY
          for (const { offsetNs } of ticks) {
            expect(offsetNs).toBeGreaterThanOrEqual(window.start)
            expect(offsetNs).toBeLessThanOrEqual(window.end)
            expect(offsetNs).toBeGreaterThan(last)
            last = offsetNs
          }
          expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
        },
      ),
    )
  })
})

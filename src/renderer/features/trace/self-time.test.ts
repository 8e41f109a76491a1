import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childRows, selfTimeNs } from './self-time.ts'
import { waterfallOf } from './waterfall-fixture.ts'

describe('selfTimeNs', () => {
  it('is what no child covers, counted nanosecond by nanosecond', () => {
    const interval = fc.record({ start: fc.integer({ min: -20, max: 60 }), duration: fc.integer({ min: -5, max: 40 }) })
    fc.assert(
      fc.property(fc.array(interval), (children) => {
        const columns = waterfallOf([
          { depth: 0, start: 0, duration: 50 },
          ...children.map((child) => ({ depth: 1, ...child })),
        ])
        let free = 0
        for (let ns = 0; ns < 50; ns++)
          if (!children.some(({ start, duration }) => start <= ns && ns < start + duration)) free++
        expect(selfTimeNs(columns, 0)).toBe(free)
      }),
    )
  })

  it('counts children, not grandchildren', () => {
    const columns = waterfallOf([
      { depth: 0, start: 0, duration: 100 },
      { depth: 1, start: 10, duration: 10 },
      { depth: 2, start: 50, duration: 40 },
      { depth: 1, start: 90, duration: 50 },
    ])
    expect(childRows(columns, 0)).toEqual([1, 3])
    expect(selfTimeNs(columns, 0)).toBe(80)
  })

  it('is 0 for spans that took no time or less', () => {
    expect(selfTimeNs(waterfallOf([{ depth: 0, duration: 0 }]), 0)).toBe(0)
    expect(selfTimeNs(waterfallOf([{ depth: 0, duration: -5 }]), 0)).toBe(0)
  })
})

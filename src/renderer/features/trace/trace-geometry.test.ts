import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  barAt,
  clampWindow,
  fullWindow,
  indentPx,
  moveEdge,
  offsetAt,
  pan,
  percentAt,
  placeMarks,
  type TimeWindow,
  zoomAround,
} from './trace-geometry.ts'

const full = fullWindow(1e9)
const nanos = fc.integer({ min: -2e9, max: 2e9 })
const view = fc.tuple(nanos, nanos).map(([start, end]) => clampWindow({ start, end }, full))

function expectInside(window: TimeWindow) {
  expect(window.start).toBeGreaterThanOrEqual(full.start)
  expect(window.end).toBeLessThanOrEqual(full.end)
  expect(window.end).toBeGreaterThan(window.start)
}

describe('windows', () => {
  it('stay inside the trace and the right way round whatever is asked', () => {
    fc.assert(
      fc.property(view, nanos, fc.double({ min: 1e-6, max: 100, noNaN: true }), (window, ns, factor) => {
        expectInside(window)
        expectInside(pan(window, ns, full))
        expectInside(zoomAround(window, factor, ns, full))
        expectInside(moveEdge(window, 'start', ns, full))
        expectInside(moveEdge(window, 'end', ns, full))
      }),
    )
  })

  it('keep their length when moved', () => {
    expect(pan({ start: 100, end: 300 }, 1e12, full)).toEqual({ start: 1e9 - 200, end: 1e9 })
    expect(pan({ start: 100, end: 300 }, -1e12, full)).toEqual({ start: 0, end: 200 })
  })

  it('keep the anchor in place when zoomed away from the ends', () => {
    const zoomed = zoomAround({ start: 4e8, end: 6e8 }, 0.5, 4.5e8, full)
    expect(zoomed).toEqual({ start: 4.25e8, end: 5.25e8 })
    expect(percentAt(zoomed, 4.5e8)).toBe(25)
  })

  it('have a width even for a trace without duration', () => {
    expect(fullWindow(0).end).toBeGreaterThan(0)
  })

  it('turn a share of the lane into an offset and back', () => {
    fc.assert(
      fc.property(view, fc.double({ min: 0, max: 1, noNaN: true }), (window, share) => {
        expect(percentAt(window, offsetAt(window, share)) / 100).toBeCloseTo(share, 5)
      }),
    )
  })
})

describe('barAt', () => {
  it('never leaves the lane', () => {
    fc.assert(
      fc.property(view, nanos, nanos, (window, start, duration) => {
        const bar = barAt(window, start, duration)
        if (typeof bar === 'string') return
        expect(bar.left).toBeGreaterThanOrEqual(0)
        expect(bar.width).toBeGreaterThanOrEqual(0)
        expect(bar.left + bar.width).toBeLessThanOrEqual(100 + 1e-9)
      }),
    )
  })

  it('tells which side a bar lies on and where it is cut', () => {
    const window = { start: 100, end: 200 }
    expect(barAt(window, 0, 50)).toBe('before')
    expect(barAt(window, 300, 50)).toBe('after')
    expect(barAt(window, 50, 100)).toEqual({ left: 0, width: 50, cutLeft: true, cutRight: false })
    expect(barAt(window, 150, 100)).toEqual({ left: 50, width: 50, cutLeft: false, cutRight: true })
  })

  it('draws nothing long where nothing took time, and negative durations over what they cover', () => {
    const window = { start: 0, end: 100 }
    expect(barAt(window, 40, 0)).toMatchObject({ left: 40, width: 0 })
    expect(barAt(window, 40, -10)).toMatchObject({ left: 30, width: 10 })
  })
})

describe('placeMarks', () => {
  it('keeps the weightiest of marks that meet and counts the rest', () => {
    const marks = [
      { offsetNs: 10, weight: 1 },
      { offsetNs: 10, weight: 3 },
      { offsetNs: 10, weight: 2 },
      { offsetNs: 90, weight: 1 },
      { offsetNs: 500, weight: 9 },
    ]
    expect(placeMarks({ start: 0, end: 100 }, marks)).toEqual([
      { left: 10, mark: marks[1], count: 3 },
      { left: 90, mark: marks[3], count: 1 },
    ])
  })

  it('counts every mark in the window once and never shows more than there is room for', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ offsetNs: fc.integer({ min: 0, max: 1000 }), weight: fc.nat(5) })), (marks) => {
        const placed = placeMarks({ start: 0, end: 1000 }, marks, 20)
        expect(placed.length).toBeLessThanOrEqual(21)
        expect(placed.reduce((sum, { count }) => sum + count, 0)).toBe(marks.length)
      }),
    )
  })
})

describe('indentPx', () => {
  it('grows with depth and stops in time', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.integer({ min: 120, max: 900 }), (depth, width) => {
        expect(indentPx(depth + 1, width).px).toBeGreaterThanOrEqual(indentPx(depth, width).px)
        expect(indentPx(depth, width).px).toBeLessThanOrEqual(Math.max(28, width / 2))
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { axisDuration } from './axis-text.ts'
import { axisFor, axisPosition } from './value-axis.ts'

const ms = 1e6

describe('axisFor', () => {
  it('begins a linear axis at zero and ends it at a round value', () => {
    expect(axisFor([3, 26, null], { ticks: 3 })).toEqual({ scale: 'linear', min: 0, max: 40, ticks: [0, 20, 40] })
  })

  it('reaches below zero where values do', () => {
    expect(axisFor([-4, 6], { ticks: 3 })).toMatchObject({ min: -5, max: 10, ticks: [-5, 0, 5, 10] })
  })

  it('floats where levels differ by little, if it may', () => {
    expect(axisFor([20.5, 22.5], { ticks: 3, floats: true })).toMatchObject({ min: 20, max: 23 })
    expect(axisFor([5, 22.5], { ticks: 3, floats: true }).min).toBe(0)
    expect(axisFor([7, 7], { floats: true }).min).toBe(0)
    expect(axisFor([20.5, 22.5]).min).toBe(0)
  })

  it('is from 0 to 1 without values', () => {
    expect(axisFor([null, Number.NaN])).toEqual({ scale: 'linear', min: 0, max: 1, ticks: [0] })
  })

  it('ignores what is not finite', () => {
    expect(axisFor([1, Number.POSITIVE_INFINITY], { ticks: 2 })).toMatchObject({ max: 1 })
  })

  it('counts long durations in minutes and sizes in powers of two', () => {
    expect(axisFor([100e9], { ticks: 3, roundIn: 'duration' }).ticks).toEqual([0, 60e9, 120e9])
    expect(axisFor([3_000], { ticks: 3, roundIn: 'binary' }).ticks).toEqual([0, 2_048, 4_096])
    expect(axisFor([600_000], { ticks: 3, roundIn: 'binary' }).ticks).toEqual([0, 524_288, 1_048_576])
  })

  it('gives a log axis whole powers of ten as ticks and at least one decade', () => {
    const axis = axisFor([55 * ms, 5_010 * ms], { scale: 'log' })
    expect(axis).toMatchObject({ scale: 'log', min: 50 * ms, max: 10_000 * ms })
    expect(axis.ticks).toEqual([100 * ms, 1_000 * ms, 10_000 * ms])
    const narrow = axisFor([80 * ms, 85 * ms], { scale: 'log' })
    expect(narrow.max / narrow.min).toBeGreaterThanOrEqual(9.99)
    expect(narrow.ticks.length).toBeGreaterThanOrEqual(3)
  })

  it('tells long durations on a log axis in minutes, hours and days', () => {
    const axis = axisFor([2 * ms, 3_600e9], { scale: 'log', roundIn: 'duration', ticks: 8 })
    expect(axis.ticks.map(axisDuration).map((text) => text.replace(/\s/g, ' '))).toEqual([
      ...['10 ms', '100 ms', '1 s', '10 s', '1 min', '10 min', '1 h'],
    ])
    expect(axisFor([70e9, 1_000e9], { scale: 'log', roundIn: 'duration' }).ticks).toEqual(
      [60, 120, 300, 600].map((seconds) => seconds * 1e9),
    )
    expect(axisFor([1, 4_000_000e9], { scale: 'log', roundIn: 'duration', ticks: 4 }).ticks.length).toBeLessThan(7)
  })

  it('leaves zeros out of a log axis, and is linear when there is nothing else', () => {
    expect(axisFor([0, 20 * ms], { scale: 'log' }).min).toBeGreaterThan(0)
    expect(axisFor([0], { scale: 'log' }).scale).toBe('linear')
  })
})

describe('axisPosition', () => {
  it('is 0 at the bottom and 1 at the top', () => {
    for (const axis of [axisFor([40], { ticks: 3 }), axisFor([1, 900], { scale: 'log' })]) {
      expect(axisPosition(axis, axis.min)).toBeCloseTo(0)
      expect(axisPosition(axis, axis.max)).toBeCloseTo(1)
    }
  })

  it('puts what a log axis can not show at its bottom', () => {
    expect(axisPosition(axisFor([1, 10], { scale: 'log' }), 0)).toBe(0)
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromPosition, sliderEnd, toPosition } from './slider-scale.ts'

const rate = { min: 0.1, max: 200, step: 0.1 }
const share = { min: 1, max: 100, step: 1 }

test('the ends are the ends, and every value comes back', () => {
  for (const scale of [rate, share]) {
    expect(fromPosition(scale, 0)).toBe(scale.min)
    expect(fromPosition(scale, sliderEnd)).toBe(scale.max)
  }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (value) => {
      expect(fromPosition(share, toPosition(share, value))).toBe(value)
    }),
  )
})

test('decades take the same way each', () => {
  expect(toPosition(rate, 1)).toBeGreaterThan(250)
  expect(toPosition(rate, 20)).toBeGreaterThan(650)
  expect(fromPosition(rate, toPosition(rate, 20))).toBe(20)
})

test('what is out of range stands at an end', () => {
  expect(toPosition(share, -5)).toBe(0)
  expect(toPosition(share, 1e6)).toBe(sliderEnd)
})

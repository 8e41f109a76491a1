/** Rates and percentiles of a sliding window. */

import { expect, it } from 'vitest'
import { FlowMeter } from './flow-meter.ts'

it('tells rate, failed share and percentiles of the last ten seconds', () => {
  let now = 0
  const meter = new FlowMeter(() => now)
  for (let second = 0; second < 20; second++) {
    now = second * 1000
    for (let index = 1; index <= 100; index++) meter.record('a', index, index <= 10)
  }
  now = 19_900
  const { rate, errorRatio, p50Ms, p95Ms } = meter.flow('a')
  expect(rate).toBeCloseTo(100, -1)
  expect(errorRatio).toBeCloseTo(0.1)
  expect(p50Ms).toBeGreaterThan(47)
  expect(p50Ms).toBeLessThan(54)
  expect(p95Ms).toBeGreaterThan(89)
  expect(p95Ms).toBeLessThan(102)
})

it('forgets', () => {
  let now = 0
  const meter = new FlowMeter(() => now)
  meter.record('a', 5, true)
  now = 11_000
  expect(meter.flow('a')).toEqual({ rate: 0, errorRatio: 0, p50Ms: null, p95Ms: null })
  expect(meter.flow('never seen').rate).toBe(0)
})

/** Arrivals keep the rate that was asked for, and are as irregular as Poisson arrivals. */

import { describe, expect, it } from 'vitest'
import { labProfiles } from '#shared/contract/loadlab-catalog.ts'
import { arrivals, profileRate } from './arrivals.ts'
import { randomOf } from './random.ts'

function until(endMs: number, ...[profile, rate, random]: Parameters<typeof arrivals>): number[] {
  const moments: number[] = []
  for (const moment of arrivals(profile, rate, random)) {
    if (moment >= endMs) return moments
    moments.push(moment)
  }
  return moments
}

describe('a minute at a steady rate', () => {
  it('has the promised count within 5 %, for 95 of 100 seeds', () => {
    const errors = Array.from({ length: 100 }, (_, seed) => {
      const count = until(60_000, 'steady', 20, randomOf(seed, 'arrivals 0')).length
      return Math.abs(count / 1200 - 1)
    }).sort((left, right) => left - right)
    expect(errors[94]).toBeLessThan(0.05)
  })

  it('is in order, and its gaps vary as those of a Poisson process', () => {
    const moments = until(60_000, 'steady', 50, randomOf(7, 'arrivals 0'))
    const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length)
    // Of exponential gaps, both are the same.
    expect(deviation / mean).toBeGreaterThan(0.9)
    expect(deviation / mean).toBeLessThan(1.1)
  })

  it('repeats with its seed', () => {
    const first = until(20_000, 'steady', 5, randomOf(7, 'arrivals 0'))
    expect(until(20_000, 'steady', 5, randomOf(7, 'arrivals 0'))).toEqual(first)
  })
})

it('sends the slowest rate too', () => {
  expect(until(60_000, 'steady', 0.1, randomOf(1, 'slow'))).toHaveLength(6)
})

describe.each(labProfiles)('%s', (profile) => {
  it('sends what its curve promises', () => {
    const count = until(240_000, profile, 30, randomOf(2, profile)).length
    let promised = 0
    for (let ms = 0; ms < 240_000; ms += 100) promised += profileRate(profile, 30, ms + 50) / 10
    expect(Math.abs(count - promised)).toBeLessThanOrEqual(2)
  })
})

/** Seeded numbers repeat, differ by purpose, and are spread as they should be. */

import { describe, expect, it } from 'vitest'
import { latencyOf, pickWeighted, randomOf, shuffled } from './random.ts'
import { Share } from './share.ts'

const many = (count: number, make: () => number): number[] => Array.from({ length: count }, make)

describe('randomOf', () => {
  it('repeats with seed and purpose, and with no other', () => {
    const first = many(5, randomOf(7, 'a'))
    expect(many(5, randomOf(7, 'a'))).toEqual(first)
    expect(many(5, randomOf(8, 'a'))).not.toEqual(first)
    expect(many(5, randomOf(7, 'b'))).not.toEqual(first)
  })

  it('is even between 0 and 1', () => {
    const numbers = many(20_000, randomOf(1, 'even'))
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    for (let tenth = 0; tenth < 10; tenth++)
      expect(numbers.filter((number) => Math.floor(number * 10) === tenth).length / 20_000).toBeCloseTo(0.1, 1.5)
  })
})

it('makes latencies with the median and the P99 that were asked for', () => {
  const random = randomOf(3, 'latency')
  const sorted = many(20_000, () => latencyOf(random, { p50Ms: 10, p99Ms: 40 })).sort((left, right) => left - right)
  expect(sorted[10_000]).toBeCloseTo(10, 0)
  expect(sorted[19_800]).toBeGreaterThan(36)
  expect(sorted[19_800]).toBeLessThan(44)
  expect(latencyOf(random, { p50Ms: 0, p99Ms: 0 })).toBe(0)
})

it('picks by weight, and nothing when all weigh nothing', () => {
  const random = randomOf(3, 'pick')
  const items = [
    { name: 'a', weight: 1 },
    { name: 'b', weight: 0 },
    { name: 'c', weight: 3 },
  ]
  const picked = Array.from({ length: 4000 }, () => pickWeighted(random, items)?.name)
  expect(picked.filter((name) => name === 'c').length / 4000).toBeCloseTo(0.75, 1.5)
  expect(picked).not.toContain('b')
  expect(pickWeighted(random, [{ weight: 0 }])).toBeUndefined()
})

it('shuffles without losing any', () => {
  expect(shuffled(randomOf(1, 's'), [1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5])
})

describe('Share', () => {
  it.each([1, 7.5, 10, 30, 50, 100])('hits %d %% exactly in the long run, and nearly so at any time', (percent) => {
    const share = new Share(randomOf(1, 'share'))
    let hits = 0
    for (let event = 1; event <= 2000; event++) {
      if (share.next(percent)) hits++
      expect(Math.abs(hits - (event * percent) / 100)).toBeLessThanOrEqual(11)
    }
    expect(hits).toBe((2000 * percent) / 100)
  })
})

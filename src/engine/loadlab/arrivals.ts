/**
 * When requests arrive: a Poisson process, open loop. Blocks of ten seconds get exactly as many arrivals as the rate
 * promises, at independent random moments: that is Poisson given its count, so that bunches and gaps are real while the
 * realised rate of a run is what was asked for.
 */

import type { LabProfile } from '#shared/contract/loadlab-catalog.ts'
import type { Random } from './random.ts'

const blockMs = 10_000
const sliceCount = 100
const rampMs = 120_000
const spikeEveryMs = 60_000
const spikeMs = 10_000
const spikeFactor = 4
const waveMs = 120_000
const waveFloor = 0.2

/** What a profile makes of a rate, so long after its start. */
export function profileRate(profile: LabProfile, rate: number, elapsedMs: number): number {
  if (profile === 'ramp') return rate * Math.min(1, 0.1 + (0.9 * elapsedMs) / rampMs)
  if (profile === 'spike') return elapsedMs % spikeEveryMs >= spikeEveryMs - spikeMs ? rate * spikeFactor : rate
  if (profile === 'wave')
    return rate * (waveFloor + ((1 - waveFloor) * (1 - Math.cos((2 * Math.PI * elapsedMs) / waveMs))) / 2)
  return rate
}

/** Moments in milliseconds since the start, in order, without an end. */
export function* arrivals(profile: LabProfile, rate: number, random: Random): Generator<number, never> {
  // Half an arrival ahead: the first of one in ten seconds comes in the first ten seconds.
  let carry = 0.5
  for (let start = 0; ; start += blockMs) {
    const sliceMs = blockMs / sliceCount
    const weights = Array.from({ length: sliceCount }, (_, slice) =>
      profileRate(profile, rate, start + (slice + 0.5) * sliceMs),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    const expected = (sum * sliceMs) / 1000 + carry
    const count = Math.floor(expected)
    carry = expected - count
    const moments = Array.from({ length: count }, () => momentOf(random() * sum, weights) * sliceMs)
    for (const moment of moments.sort((left, right) => left - right)) yield start + moment
  }
}

/** In slices, where the sum of the weights passes `target`. */
function momentOf(target: number, weights: readonly number[]): number {
  let rest = target
  for (const [slice, weight] of weights.entries()) {
    if (rest < weight) return slice + rest / weight
    rest -= weight
  }
  return weights.length
}

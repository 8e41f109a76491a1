/** What is known of the requests of one kind in one bucket of time, as queries add it up. */

import { DurationSketch } from './duration-sketch.ts'

export interface RollupCell {
  /** Spans folded. */
  n: number
  /** Requests they stand for; equals `n` unless something was sampled before it was sent. */
  count: number
  /** Of all requests together. */
  sumNs: number
  minNs: number
  maxNs: number
  readonly sketch: DurationSketch
}

export function emptyCell(): RollupCell {
  return { n: 0, count: 0, sumNs: 0, minNs: Number.POSITIVE_INFINITY, maxNs: 0, sketch: new DurationSketch() }
}

/** Adds what `source` knows; `source` stays as it is. */
export function mergeCell(target: RollupCell, source: RollupCell): void {
  target.n += source.n
  target.count += source.count
  target.sumNs += source.sumNs
  target.minNs = Math.min(target.minNs, source.minNs)
  target.maxNs = Math.max(target.maxNs, source.maxNs)
  target.sketch.merge(source.sketch)
}

/** A quantile by nearest rank within the sketch's error, and never beyond what was really seen; null when empty. */
export function quantileOf({ sketch, minNs, maxNs }: RollupCell, q: number): number | null {
  const value = sketch.quantile(q)
  if (value === null) return null
  // Nanoseconds are whole; where a fraction of one matters against the error, it stays.
  return Math.min(maxNs, Math.max(minNs, value < roundFromNs ? value : Math.round(value)))
}

const roundFromNs = 10_000

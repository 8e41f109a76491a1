/** What is known of the requests of one kind in one bucket of time: counts, total time, and how long they took. */

import { DurationSketch, upperEdgeNs } from './duration-sketch.ts'
import { chooseExemplars, type RollupExemplar, type RollupExemplars } from './rollup-exemplars.ts'

export interface RollupCell {
  /** Spans folded. */
  n: number
  /** Requests they stand for; equals `n` unless something was sampled before it was sent. */
  count: number
  /** Of all requests together; negative durations count as 0. */
  sumNs: number
  minNs: number
  maxNs: number
  readonly sketch: DurationSketch
  exemplars: RollupExemplars
}

export function emptyCell(): RollupCell {
  return {
    n: 0,
    count: 0,
    sumNs: 0,
    minNs: Number.POSITIVE_INFINITY,
    maxNs: 0,
    sketch: new DurationSketch(),
    exemplars: { max: null, nearP99: null },
  }
}

/** Adds one span. Its exemplars are chosen when the cell is whole. */
export function addToCell(cell: RollupCell, durationNs: number, weight: number): void {
  cell.n++
  cell.count += weight
  cell.sumNs += durationNs * weight
  if (durationNs < cell.minNs) cell.minNs = durationNs
  if (durationNs > cell.maxNs) cell.maxNs = durationNs
  cell.sketch.add(durationNs, weight)
}

/**
 * Takes back a span that turned out to belong elsewhere. What was shortest or longest is then known as well as the sketch
 * knows it.
 */
export function removeFromCell(cell: RollupCell, span: RollupExemplar, weight: number): void {
  const { durationNs } = span
  cell.n--
  cell.count -= weight
  cell.sumNs -= durationNs * weight
  cell.sketch.remove(durationNs, weight)
  const bins = [...cell.sketch.bins()]
  const [lowest, highest] = [bins[0]?.[0], bins.at(-1)?.[0]]
  if (lowest !== undefined && durationNs === cell.minNs) {
    cell.minNs = Math.max(cell.minNs, lowest === 0 ? 0 : Math.floor(upperEdgeNs(lowest - 1)))
  }
  if (highest !== undefined && durationNs === cell.maxNs) {
    cell.maxNs = Math.min(cell.maxNs, Math.ceil(upperEdgeNs(highest)))
  }
  const { max, nearP99 } = cell.exemplars
  if (max && isSame(max, span)) cell.exemplars = { max: nearP99, nearP99: null }
  else if (nearP99 && isSame(nearP99, span)) cell.exemplars = { max, nearP99: null }
}

function isSame(left: RollupExemplar, right: RollupExemplar): boolean {
  return Buffer.compare(left.spanId, right.spanId) === 0 && Buffer.compare(left.traceId, right.traceId) === 0
}

/** Adds what `source` knows; `source` stays as it is. */
export function mergeCell(target: RollupCell, source: RollupCell): void {
  target.n += source.n
  target.count += source.count
  target.sumNs += source.sumNs
  target.minNs = Math.min(target.minNs, source.minNs)
  target.maxNs = Math.max(target.maxNs, source.maxNs)
  target.sketch.merge(source.sketch)
  const candidates = [target.exemplars.max, target.exemplars.nearP99, source.exemplars.max, source.exemplars.nearP99]
  target.exemplars = chooseExemplars(candidates, target.n > 1 ? target.sketch.quantile(0.99) : null)
}

/** A quantile by nearest rank within the sketch's error, and never beyond what was really seen; null when empty. */
export function quantileOf({ sketch, minNs, maxNs }: RollupCell, q: number): number | null {
  const value = sketch.quantile(q)
  if (value === null) return null
  // Nanoseconds are whole; where a fraction of one matters against the error, it stays.
  return Math.min(maxNs, Math.max(minNs, value < roundFromNs ? value : Math.round(value)))
}

const roundFromNs = 10_000

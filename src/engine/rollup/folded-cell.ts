/** What is known of the requests of one kind in one bucket of time, as it is folded and stored: counts, times, a sketch. */

import { upperEdgeNs } from './duration-bins.ts'
import {
  encodeDuration,
  encodeDurations,
  encodedExtent,
  encodedQuantile,
  mergeEncoded,
  removeEncoded,
} from './encoded-sketch.ts'
import { chooseExemplars, type RollupExemplar, type RollupExemplars } from './rollup-exemplars.ts'

/** Never changed once made. */
export interface FoldedCell {
  /** Spans folded. */
  readonly n: number
  /** Requests they stand for; equals `n` unless something was sampled before it was sent. */
  readonly count: number
  /** Of all requests together; negative durations count as 0. */
  readonly sumNs: number
  readonly minNs: number
  readonly maxNs: number
  /** See `encoded-sketch.ts`. */
  readonly sketch: Uint8Array
  readonly exemplars: RollupExemplars
}

export interface WeightedSpan extends RollupExemplar {
  /** How many requests it stands for. */
  readonly weight: number
}

/** At least one span. */
export function cellOfSpans(spans: readonly WeightedSpan[]): FoldedCell {
  let [count, sumNs, minNs, maxNs] = [0, 0, Number.POSITIVE_INFINITY, 0]
  for (const { durationNs, weight } of spans) {
    count += weight
    sumNs += durationNs * weight
    if (durationNs < minNs) minNs = durationNs
    if (durationNs > maxNs) maxNs = durationNs
  }
  const sketch = sketchOf(spans)
  const exemplars = chooseExemplars(spans, spans.length > 1 ? encodedQuantile(sketch, count, 0.99) : null)
  return { n: spans.length, count, sumNs, minNs, maxNs, sketch, exemplars }
}

function sketchOf(spans: readonly WeightedSpan[]): Uint8Array {
  const once = spans.filter(({ weight }) => weight === 1)
  let sketch = encodeDurations(once.map(({ durationNs }) => durationNs))
  if (once.length === spans.length) return sketch
  for (const { durationNs, weight } of spans) {
    if (weight !== 1) sketch = mergeEncoded(sketch, encodeDuration(durationNs, weight))
  }
  return sketch
}

export function mergedCell(left: FoldedCell, right: FoldedCell): FoldedCell {
  const count = left.count + right.count
  const sketch = mergeEncoded(left.sketch, right.sketch)
  const candidates = [left.exemplars.max, left.exemplars.nearP99, right.exemplars.max, right.exemplars.nearP99]
  return {
    n: left.n + right.n,
    count,
    sumNs: left.sumNs + right.sumNs,
    minNs: Math.min(left.minNs, right.minNs),
    maxNs: Math.max(left.maxNs, right.maxNs),
    sketch,
    exemplars: chooseExemplars(candidates, encodedQuantile(sketch, count, 0.99)),
  }
}

/**
 * The cell without a span that turned out to belong elsewhere. What was shortest or longest is then known as well as the sketch
 * knows it.
 */
export function cellWithout(cell: FoldedCell, span: WeightedSpan): FoldedCell {
  const { durationNs, weight } = span
  const sketch = removeEncoded(cell.sketch, durationNs, weight)
  const [lowest, highest] = encodedExtent(sketch) ?? [0, 0]
  const { max, nearP99 } = cell.exemplars
  const isMax = max !== null && isSame(max, span)
  const isNearP99 = nearP99 !== null && isSame(nearP99, span)
  return {
    n: cell.n - 1,
    count: cell.count - weight,
    sumNs: cell.sumNs - durationNs * weight,
    minNs:
      durationNs === cell.minNs && lowest > 0 ? Math.max(cell.minNs, Math.floor(upperEdgeNs(lowest - 1))) : cell.minNs,
    maxNs: durationNs === cell.maxNs ? Math.min(cell.maxNs, Math.ceil(upperEdgeNs(highest))) : cell.maxNs,
    sketch,
    exemplars: { max: isMax ? nearP99 : max, nearP99: isMax || isNearP99 ? null : nearP99 },
  }
}

function isSame(left: RollupExemplar, right: RollupExemplar): boolean {
  return Buffer.compare(left.spanId, right.spanId) === 0 && Buffer.compare(left.traceId, right.traceId) === 0
}

/**
 * Exponential histograms: merged by lowering the finer scale, with a zero bucket and both signs.
 * https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 */

import type { Cell } from './quantile.ts'

/** Counts of the buckets (base^(offset+i), base^(offset+i+1)]. */
export interface IndexedCounts {
  readonly offset: number
  readonly counts: readonly number[]
}

export interface ExponentialBuckets {
  readonly scale: number
  readonly zeroCount: number
  /** Values up to this distance from zero are in the zero bucket. */
  readonly zeroThreshold: number
  readonly positive: IndexedCounts
  readonly negative: IndexedCounts
}

/** As wide as SDKs keep them; a merge that would be wider lowers its scale. */
export const maxExponentialBuckets = 160

/** base^index, where base = 2^(2^-scale). */
export function exponentialBound(scale: number, index: number): number {
  return 2 ** (index * 2 ** -scale)
}

/** Two neighbouring buckets become one at each step down. */
export function downscale(buckets: ExponentialBuckets, scale: number): ExponentialBuckets {
  const steps = buckets.scale - scale
  if (steps <= 0) return buckets
  return {
    ...buckets,
    scale,
    positive: mergedBy(buckets.positive, steps),
    negative: mergedBy(buckets.negative, steps),
  }
}

function mergedBy({ offset, counts }: IndexedCounts, steps: number): IndexedCounts {
  if (counts.length === 0) return { offset: 0, counts }
  const factor = 2 ** steps
  const first = Math.floor(offset / factor)
  const last = Math.floor((offset + counts.length - 1) / factor)
  const merged = new Array<number>(last - first + 1).fill(0)
  counts.forEach((count, index) => {
    const cell = Math.floor((offset + index) / factor) - first
    merged[cell] = (merged[cell] ?? 0) + count
  })
  return { offset: first, counts: merged }
}

/** The span of indices with counts; undefined when there are none. */
function spanOf({ offset, counts }: IndexedCounts): { first: number; last: number } | undefined {
  let first = 0
  let last = counts.length - 1
  while (first <= last && !counts[first]) first++
  while (last >= first && !counts[last]) last--
  return first > last ? undefined : { first: offset + first, last: offset + last }
}

/** Puts the buckets that reach into a wider zero bucket into it; one it ends within moves its threshold outward. */
function widenZero(buckets: ExponentialBuckets, threshold: number): ExponentialBuckets {
  if (threshold <= buckets.zeroThreshold) return buckets
  let reach = threshold
  for (const { offset, counts } of [buckets.positive, buckets.negative]) {
    counts.forEach((count, index) => {
      if (count > 0 && exponentialBound(buckets.scale, offset + index) < threshold) {
        reach = Math.max(reach, exponentialBound(buckets.scale, offset + index + 1))
      }
    })
  }
  let moved = 0
  const outside = ({ offset, counts }: IndexedCounts): IndexedCounts => ({
    offset,
    counts: counts.map((count, index) => {
      if (exponentialBound(buckets.scale, offset + index) >= reach) return count
      moved += count
      return 0
    }),
  })
  const positive = outside(buckets.positive)
  const negative = outside(buckets.negative)
  return { ...buckets, positive, negative, zeroCount: buckets.zeroCount + moved, zeroThreshold: reach }
}

/** Both with one scale and one zero bucket. */
function alike(left: ExponentialBuckets, right: ExponentialBuckets): [ExponentialBuckets, ExponentialBuckets] {
  let scale = Math.min(left.scale, right.scale)
  for (const side of ['positive', 'negative'] as const) {
    const spans = [left, right].flatMap((each) => spanOf(downscale(each, scale)[side]) ?? [])
    let first = Math.min(...spans.map((span) => span.first))
    let last = Math.max(...spans.map((span) => span.last))
    while (last - first >= maxExponentialBuckets) {
      first = Math.floor(first / 2)
      last = Math.floor(last / 2)
      scale--
    }
  }
  let both: [ExponentialBuckets, ExponentialBuckets] = [downscale(left, scale), downscale(right, scale)]
  // Widening one may push its threshold beyond the other's.
  while (both[0].zeroThreshold !== both[1].zeroThreshold) {
    const threshold = Math.max(both[0].zeroThreshold, both[1].zeroThreshold)
    both = [widenZero(both[0], threshold), widenZero(both[1], threshold)]
  }
  return both
}

export function addExponential(left: ExponentialBuckets, right: ExponentialBuckets, weight = 1): ExponentialBuckets {
  const [one, other] = alike(left, right)
  return {
    scale: one.scale,
    zeroThreshold: one.zeroThreshold,
    zeroCount: one.zeroCount + other.zeroCount * weight,
    positive: combined(one.positive, other.positive, weight),
    negative: combined(one.negative, other.negative, weight),
  }
}

/** Undefined when a bucket fell. */
export function subtractExponential(
  newer: ExponentialBuckets,
  older: ExponentialBuckets,
): ExponentialBuckets | undefined {
  const difference = addExponential(newer, older, -1)
  const fell =
    difference.zeroCount < 0 ||
    difference.positive.counts.some((count) => count < 0) ||
    difference.negative.counts.some((count) => count < 0)
  return fell ? undefined : difference
}

function combined(left: IndexedCounts, right: IndexedCounts, weight: number): IndexedCounts {
  const spans = [left, right].flatMap((each) => spanOf(each) ?? [])
  if (spans.length === 0) return { offset: 0, counts: [] }
  const first = Math.min(...spans.map((span) => span.first))
  const last = Math.max(...spans.map((span) => span.last))
  const counts = new Array<number>(last - first + 1).fill(0)
  for (const [side, factor] of [
    [left, 1],
    [right, weight],
  ] as const) {
    side.counts.forEach((count, index) => {
      const cell = side.offset + index - first
      if (count !== 0) counts[cell] = (counts[cell] ?? 0) + count * factor
    })
  }
  return { offset: first, counts }
}

/** Ascending cells of the buckets that hold anything. */
export function exponentialCells({ scale, zeroCount, zeroThreshold, positive, negative }: ExponentialBuckets): Cell[] {
  const cells: Cell[] = []
  for (let index = negative.counts.length - 1; index >= 0; index--) {
    const count = negative.counts[index] ?? 0
    const at = negative.offset + index
    if (count > 0) cells.push({ from: -exponentialBound(scale, at + 1), to: -exponentialBound(scale, at), count })
  }
  if (zeroCount > 0) {
    cells.push({ from: spanOf(negative) ? -zeroThreshold : 0, to: zeroThreshold, count: zeroCount })
  }
  positive.counts.forEach((count, index) => {
    const at = positive.offset + index
    if (count > 0) cells.push({ from: exponentialBound(scale, at), to: exponentialBound(scale, at + 1), count })
  })
  return cells
}

/** Percentiles lie in the same bucket as the true value, so they are off by at most this share of it. */
export function exponentialRelativeError(scale: number): number {
  return 2 ** (2 ** -scale) - 1
}

/** The buckets of a time axis: whole steps that begin at multiples of the step since the epoch. */

import { maxUnixNano, nanosPerSecond } from '#shared/model/time.ts'

export interface TimeBuckets {
  /** A multiple of the step. */
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
  readonly stepSeconds: number
  readonly stepNs: number
  readonly count: number
}

const day = 86_400

/** Steps people read at a glance; beyond them, whole multiples of 30 days. */
const niceSteps = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60),
  ...[1, 2, 3, 6, 12].map((hours) => hours * 3600),
  ...[1, 2, 7, 14, 30].map((days) => days * day),
] as const

function niceStep(atLeastSeconds: number): number {
  return niceSteps.find((step) => step >= atLeastSeconds) ?? Math.ceil(atLeastSeconds / (30 * day)) * 30 * day
}

export interface StepWish {
  /** Undefined: as many buckets as fit into `preferred`. */
  readonly stepSeconds: number | undefined
  readonly preferred: number
  readonly most: number
}

/** Buckets of the range [start, end), widened outward; a step that would make more than `most` of them is widened too. */
export function timeBuckets(start: bigint, end: bigint, wish: StepWish): TimeBuckets {
  const seconds = Number(end - start) / Number(nanosPerSecond)
  let stepSeconds = wish.stepSeconds ?? niceStep(seconds / wish.preferred)
  for (;;) {
    const step = BigInt(stepSeconds) * nanosPerSecond
    const startUnixNano = start - (start % step)
    const count = Number((end - startUnixNano + step - 1n) / step)
    if (count <= wish.most) {
      const wholeEnd = startUnixNano + BigInt(count) * step
      // Beyond the last instant there is nothing to widen into.
      const endUnixNano = wholeEnd < maxUnixNano ? wholeEnd : maxUnixNano
      return { startUnixNano, endUnixNano, stepSeconds, stepNs: Number(step), count }
    }
    stepSeconds = niceStep(Math.max(stepSeconds + 1, seconds / wish.most))
  }
}

/** Index of the bucket that holds a time, in nanoseconds after the start; outside the range below 0 or beyond the last. */
export function bucketAt(buckets: TimeBuckets, time: number): number {
  return Math.floor(time / buckets.stepNs)
}

/**
 * Shares an amount out evenly over the time it covers, (from, to]: calls back with each bucket it lies in, the part of the
 * amount and the nanoseconds covered. Parts outside the buckets are left out. Without any time it goes where `to` lies.
 */
export function spread(
  buckets: TimeBuckets,
  from: number,
  to: number,
  add: (bucket: number, part: number, coveredNs: number) => void,
): void {
  const { stepNs, count } = buckets
  if (from >= to) {
    const bucket = bucketAt(buckets, to)
    if (bucket >= 0 && bucket < count) add(bucket, 1, 0)
    return
  }
  const first = Math.max(0, bucketAt(buckets, from))
  const last = Math.min(count - 1, Math.ceil(to / stepNs) - 1)
  for (let bucket = first; bucket <= last; bucket++) {
    const covered = Math.min(to, (bucket + 1) * stepNs) - Math.max(from, bucket * stepNs)
    if (covered > 0) add(bucket, covered / (to - from), covered)
  }
}

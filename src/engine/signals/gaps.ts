/**
 * When a line is broken: a series has its own rhythm, which may be slower than the buckets, and must not look like holes
 * then; what stays away for longer is a gap.
 */

import { bucketAt, type TimeBuckets } from './time-buckets.ts'

/** Points further apart than this many typical intervals have a gap between them. */
const longestInIntervals = 2.5
/** With a single interval to go by, no more than this is taken for typical. */
const longestGuessNs = 120e9

/** The lower median distance of ascending times in nanoseconds; undefined when there is none. */
export function typicalInterval(times: readonly number[]): number | undefined {
  const distances: number[] = []
  for (let index = 1; index < times.length; index++) {
    const distance = (times[index] ?? 0) - (times[index - 1] ?? 0)
    if (distance > 0) distances.push(distance)
  }
  distances.sort((left, right) => left - right)
  const median = distances[(distances.length - 1) >> 1]
  return median === undefined || distances.length > 1 ? median : Math.min(median, longestGuessNs)
}

/** Whether nothing is known of the time between two points of a series that come right after each other. */
export function isGap(buckets: TimeBuckets, from: number, to: number, interval: number | undefined): boolean {
  const emptyBuckets = bucketAt(buckets, to) - bucketAt(buckets, from) - 1
  return emptyBuckets > 0 && to - from > longestInIntervals * (interval ?? longestGuessNs)
}

/** The last bucket a value still holds for when no other follows: as long as its middle is less than one interval away. */
export function heldUntil(buckets: TimeBuckets, time: number, interval: number | undefined): number {
  return Math.ceil((time + (interval ?? 0)) / buckets.stepNs - 0.5) - 1
}

/** The values of one series by bucket, each held until the next point unless there is a gap between them. */

import { heldUntil, isGap } from './gaps.ts'
import { bucketAt, type TimeBuckets } from './time-buckets.ts'

/** What one series recorded in each bucket; where it only holds an older value, that value alone. */
export class HeldSeries {
  readonly #buckets: TimeBuckets
  readonly #interval: number | undefined
  #previous: { readonly time: number; readonly value: number } | undefined
  readonly last: Float64Array
  readonly sum: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  /** Values behind `sum`; 0 where there is nothing to say. */
  readonly points: Float64Array

  constructor(buckets: TimeBuckets, interval: number | undefined) {
    this.#buckets = buckets
    this.#interval = interval
    this.last = new Float64Array(buckets.count)
    this.sum = new Float64Array(buckets.count)
    this.min = new Float64Array(buckets.count)
    this.max = new Float64Array(buckets.count)
    this.points = new Float64Array(buckets.count)
  }

  /** Points come in the order of their times; those outside the range hold into it, or bridge to it. */
  add(time: number, value: number): void {
    const bucket = bucketAt(this.#buckets, time)
    const previous = this.#previous
    if (previous && !isGap(this.#buckets, previous.time, time, this.#interval)) {
      this.#hold(previous, Math.min(bucket, this.#buckets.count) - 1)
    }
    this.#previous = { time, value }
    if (bucket < 0 || bucket >= this.#buckets.count) return
    const isFirst = this.points[bucket] === 0
    this.last[bucket] = value
    this.sum[bucket] = (this.sum[bucket] ?? 0) + value
    this.min[bucket] = isFirst ? value : Math.min(this.min[bucket] ?? value, value)
    this.max[bucket] = isFirst ? value : Math.max(this.max[bucket] ?? value, value)
    this.points[bucket] = (this.points[bucket] ?? 0) + 1
  }

  /** The line ends here: nothing was recorded, or no point follows. */
  stop(isOver: boolean): void {
    const previous = this.#previous
    this.#previous = undefined
    if (!previous || !isOver) return
    const until = heldUntil(this.#buckets, previous.time, this.#interval)
    this.#hold(previous, Math.min(until, this.#buckets.count - 1))
  }

  #hold({ time, value }: { readonly time: number; readonly value: number }, until: number): void {
    for (let bucket = Math.max(0, bucketAt(this.#buckets, time) + 1); bucket <= until; bucket++) {
      this.last[bucket] = value
      this.sum[bucket] = value
      this.min[bucket] = value
      this.max[bucket] = value
      this.points[bucket] = 1
    }
  }
}

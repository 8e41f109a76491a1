/** What one series counted, shared out over the buckets its points cover. */

import { isGap } from './gaps.ts'
import type { Rhythm } from './group-lines.ts'
import { CumulativeIncreases, DeltaIncreases, type Increase, type Subtract } from './increases.ts'
import { spread, type TimeBuckets } from './time-buckets.ts'

export interface Counting<T> {
  readonly buckets: TimeBuckets
  readonly rhythm: Rhythm
  /** Undefined for delta points, which are differences already. */
  readonly subtract: Subtract<T> | undefined
  /** Takes the part of a value that belongs to a bucket. */
  place(bucket: number, value: T, part: number): void
  /** How much a value counts for when it can't be placed. */
  amount(value: T): number
}

export class CountedSeries<T> {
  readonly #counting: Counting<T>
  readonly #increases: CumulativeIncreases<T> | DeltaIncreases<T>
  /** Nanoseconds of each bucket that points cover. */
  readonly covered: Float64Array
  /** Whether anything was placed in a bucket. */
  readonly touched: Uint8Array
  acrossGaps = 0
  #stopped = false

  constructor(counting: Counting<T>) {
    this.#counting = counting
    this.#increases = counting.subtract
      ? new CumulativeIncreases(counting.subtract, counting.rhythm.bornAfter)
      : new DeltaIncreases<T>(counting.rhythm.interval)
    this.covered = new Float64Array(counting.buckets.count)
    this.touched = new Uint8Array(counting.buckets.count)
  }

  /** Points come in the order of their times. */
  add(time: number, start: number | null, value: T): void {
    const increase = this.#increases.add({ time, start, value })
    const stopped = this.#stopped
    this.#stopped = false
    if (increase) this.#place(increase, stopped)
  }

  /** Nothing was recorded: what is counted until the next point is a gap if a whole bucket lies between. */
  stop(): void {
    this.#stopped = true
  }

  /** Whether two senders took turns under one identity. */
  get interleaved(): boolean {
    return this.#increases instanceof CumulativeIncreases && this.#increases.interleaved
  }

  /** What was added per second of the time covered in a bucket, from what was added in it. */
  rate(bucket: number, added: number): number {
    const { stepNs } = this.#counting.buckets
    const covered = Math.min(this.covered[bucket] ?? 0, stepNs)
    return (added * 1e9) / (covered > 0 ? covered : stepNs)
  }

  #place({ from, to, value, told }: Increase<T>, stopped: boolean): void {
    const { buckets, rhythm, place, amount } = this.#counting
    if (!told && isGap(buckets, from, to, stopped ? 0 : rhythm.interval)) {
      if (to > 0 && from < buckets.count * buckets.stepNs) this.acrossGaps += amount(value)
      return
    }
    spread(buckets, from, to, (bucket, part, coveredNs) => {
      this.covered[bucket] = (this.covered[bucket] ?? 0) + coveredNs
      this.touched[bucket] = 1
      place(bucket, value, part)
    })
  }
}

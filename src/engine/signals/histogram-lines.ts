/** Lines of histograms: how many, how fast, and percentiles from the merged buckets of all series of the group. */

import { type ChartPoint, type Skipped, skipReasons } from './chart-point.ts'
import { CountedSeries } from './counted-series.ts'
import {
  addTo,
  type Column,
  columnOf,
  type GroupLines,
  gaps,
  interleavedWarning,
  type Lines,
  type Rhythm,
  type SeriesSink,
} from './group-lines.ts'
import { type Cell, type Interpolation, quantileOf } from './quantile.ts'
import { averages } from './summary-lines.ts'
import type { TimeBuckets } from './time-buckets.ts'

/** What one kind of histogram does with its buckets. */
export interface BucketStore<B> {
  /** Undefined when they can't be used; the reason is then counted. */
  read(point: ChartPoint, skipped: Skipped): B | undefined
  /** Undefined when a bucket fell. Throws RangeError when the two can't be compared. */
  subtract(newer: B, older: B): B | undefined
  add(bucket: number, value: B, part: number, skipped: Skipped): void
  /** Ascending. */
  cells(bucket: number): readonly Cell[]
  readonly interpolate: Interpolation
  readonly warnings: ReadonlySet<string>
}

interface Observed<B> {
  readonly count: number
  /** Null when the sender left it out, or it is no number. */
  readonly sum: number | null
  readonly min: number | null
  readonly max: number | null
  readonly buckets: B | undefined
}

const percentiles = { p50: 0.5, p95: 0.95, p99: 0.99 } as const

export class HistogramLines<B> implements GroupLines {
  readonly #buckets: TimeBuckets
  readonly #skipped: Skipped
  readonly #isCumulative: boolean
  readonly #store: BucketStore<B>
  readonly #count: Float64Array
  readonly #rate: Float64Array
  readonly #sum: Float64Array
  /** Extremes that every value of the bucket respects; infinite as soon as one point doesn't tell. */
  readonly #min: Float64Array
  readonly #max: Float64Array
  #acrossGaps = 0
  readonly #warnings = new Set<string>()

  constructor(buckets: TimeBuckets, skipped: Skipped, isCumulative: boolean, store: BucketStore<B>) {
    this.#buckets = buckets
    this.#skipped = skipped
    this.#isCumulative = isCumulative
    this.#store = store
    this.#count = gaps(buckets.count)
    this.#rate = gaps(buckets.count)
    this.#sum = new Float64Array(buckets.count)
    this.#min = gaps(buckets.count)
    this.#max = gaps(buckets.count)
  }

  get warnings(): ReadonlySet<string> {
    return new Set([...this.#warnings, ...this.#store.warnings])
  }

  series(rhythm: Rhythm): SeriesSink {
    const counts = new Float64Array(this.#buckets.count)
    const counted = new CountedSeries<Observed<B>>({
      buckets: this.#buckets,
      rhythm,
      subtract: this.#isCumulative ? (newer, older) => this.#subtract(newer, older) : undefined,
      place: (bucket, value, part) => {
        counts[bucket] = (counts[bucket] ?? 0) + value.count * part
        this.#place(bucket, value, part)
      },
      amount: ({ count }) => count,
    })
    return {
      add: (point: ChartPoint) => {
        if (!point.recorded) return counted.stop()
        const { count, min, max } = point
        const sum = point.sum !== null && Number.isFinite(point.sum) ? point.sum : null
        if (point.sum !== null && sum === null) {
          this.#skipped.add(Number.isNaN(point.sum) ? skipReasons.notNumber : skipReasons.infinite)
        }
        const buckets = this.#store.read(point, this.#skipped)
        counted.add(point.time, point.start, { count, sum, min: finite(min), max: finite(max), buckets })
      },
      end: () => {
        counted.touched.forEach((touched, bucket) => {
          if (touched === 0) return
          const amount = counts[bucket] ?? 0
          addTo(this.#count, bucket, amount)
          addTo(this.#rate, bucket, counted.rate(bucket, amount))
        })
        this.#acrossGaps += counted.acrossGaps
        if (counted.interleaved) this.#warnings.add(interleavedWarning)
      },
    }
  }

  #subtract(newer: Observed<B>, older: Observed<B>): Observed<B> | undefined {
    const count = newer.count - older.count
    if (count < 0) return undefined
    const sum = newer.sum === null || older.sum === null ? null : newer.sum - older.sum
    // Extremes count from the start: what came since lies within them.
    const rest = { count, sum, min: newer.min, max: newer.max }
    if (newer.buckets === undefined || older.buckets === undefined) return { ...rest, buckets: undefined }
    try {
      const buckets = this.#store.subtract(newer.buckets, older.buckets)
      return buckets === undefined ? undefined : { ...rest, buckets }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#skipped.add(skipReasons.boundsChanged)
      return { ...rest, buckets: undefined }
    }
  }

  #place(bucket: number, { count, sum, min, max, buckets }: Observed<B>, part: number): void {
    if (count === 0) return
    // A sum that is missing once makes the sum of the bucket unknown: NaN stays NaN.
    this.#sum[bucket] = (this.#sum[bucket] ?? 0) + (sum === null ? Number.NaN : sum * part)
    const low = min ?? Number.NEGATIVE_INFINITY
    const high = max ?? Number.POSITIVE_INFINITY
    if (!((this.#min[bucket] ?? 0) <= low)) this.#min[bucket] = low
    if (!((this.#max[bucket] ?? 0) >= high)) this.#max[bucket] = high
    if (buckets !== undefined) this.#store.add(bucket, buckets, part, this.#skipped)
  }

  lines(): Lines {
    const count = columnOf(this.#count)
    const sum = columnOf(this.#sum).map((value, bucket) => (count[bucket] === null ? null : value))
    const columns: Record<string, Column> = {
      count,
      rate: columnOf(this.#rate),
      sum,
      avg: averages(sum, count),
    }
    if (!this.#isCumulative) {
      columns.min = columnOf(this.#min)
      columns.max = columnOf(this.#max)
    }
    const cells = count.map((value, bucket) => (value === null ? [] : this.#store.cells(bucket)))
    for (const [name, quantile] of Object.entries(percentiles)) {
      const estimates = cells.map((each, bucket) => {
        const extremes = { min: finite(this.#min[bucket] ?? null), max: finite(this.#max[bucket] ?? null) }
        return quantileOf(each, quantile, extremes, this.#store.interpolate)
      })
      columns[name] = estimates.map((estimate) => estimate?.value ?? null)
      columns[`${name}Error`] = estimates.map((estimate) => estimate?.error ?? null)
    }
    const known = count.filter((value) => value !== null)
    return {
      columns,
      rank: known.length === 0 ? null : known.reduce((total, value) => total + value, 0),
      acrossGaps: this.#acrossGaps,
    }
  }

  cells(bucket: number): readonly Cell[] {
    return this.#store.cells(bucket)
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

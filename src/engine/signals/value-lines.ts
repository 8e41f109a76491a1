/** Lines of gauges, and of sums that may fall and are shown like them. */

import { type ChartPoint, type Skipped, usable } from './chart-point.ts'
import {
  addTo,
  columnOf,
  type GroupLines,
  gaps,
  type Lines,
  lastOf,
  type Rhythm,
  type SeriesSink,
} from './group-lines.ts'
import { HeldSeries } from './held-series.ts'
import type { TimeBuckets } from './time-buckets.ts'

export class ValueLines implements GroupLines {
  readonly #buckets: TimeBuckets
  readonly #skipped: Skipped
  /** Totals of several series are added up; of gauges, which mean nothing added, the mean is taken. */
  readonly #isTotal: boolean
  readonly #last: Float64Array
  readonly #sum: Float64Array
  readonly #series: Float64Array
  readonly #points: Float64Array
  readonly #min: Float64Array
  readonly #max: Float64Array
  readonly warnings = new Set<string>()

  constructor(buckets: TimeBuckets, skipped: Skipped, isTotal: boolean) {
    this.#buckets = buckets
    this.#skipped = skipped
    this.#isTotal = isTotal
    this.#last = gaps(buckets.count)
    this.#sum = gaps(buckets.count)
    this.#min = gaps(buckets.count)
    this.#max = gaps(buckets.count)
    this.#series = new Float64Array(buckets.count)
    this.#points = new Float64Array(buckets.count)
  }

  series({ interval }: Rhythm): SeriesSink {
    const held = new HeldSeries(this.#buckets, interval)
    return {
      add: ({ time, recorded, value }: ChartPoint) => {
        if (!recorded) return held.stop(false)
        const number = usable(value, this.#skipped)
        if (number !== undefined) held.add(time, number)
      },
      end: () => {
        held.stop(true)
        this.#fold(held)
      },
    }
  }

  #fold(held: HeldSeries): void {
    held.points.forEach((points, bucket) => {
      if (points === 0) return
      const sum = held.sum[bucket] ?? 0
      addTo(this.#last, bucket, held.last[bucket] ?? 0)
      addTo(this.#sum, bucket, this.#isTotal ? sum / points : sum)
      this.#series[bucket] = (this.#series[bucket] ?? 0) + 1
      this.#points[bucket] = (this.#points[bucket] ?? 0) + points
      const min = held.min[bucket] ?? 0
      const max = held.max[bucket] ?? 0
      // Comparisons with the NaN of an empty bucket are false.
      if (!((this.#min[bucket] ?? 0) <= min)) this.#min[bucket] = min
      if (!((this.#max[bucket] ?? 0) >= max)) this.#max[bucket] = max
    })
  }

  lines(): Lines {
    const divided = (values: Float64Array, by: Float64Array): Float64Array =>
      values.map((value, bucket) => value / (by[bucket] ?? 1))
    const columns: Lines['columns'] = this.#isTotal
      ? { last: columnOf(this.#last), avg: columnOf(this.#sum) }
      : {
          last: columnOf(divided(this.#last, this.#series)),
          avg: columnOf(divided(this.#sum, this.#points)),
          min: columnOf(this.#min),
          max: columnOf(this.#max),
        }
    return { columns, rank: lastOf(columns.last), acrossGaps: 0 }
  }

  cells(): readonly [] {
    return []
  }
}

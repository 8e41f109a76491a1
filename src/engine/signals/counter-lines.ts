/** Lines of counters: what was added, and how fast. */

import { type ChartPoint, type Skipped, usable } from './chart-point.ts'
import { CountedSeries } from './counted-series.ts'
import {
  addTo,
  columnOf,
  type GroupLines,
  gaps,
  interleavedWarning,
  type Lines,
  type Rhythm,
  type SeriesSink,
} from './group-lines.ts'
import type { TimeBuckets } from './time-buckets.ts'

export class CounterLines implements GroupLines {
  readonly #buckets: TimeBuckets
  readonly #skipped: Skipped
  readonly #isCumulative: boolean
  readonly #sum: Float64Array
  readonly #rate: Float64Array
  #acrossGaps = 0
  readonly warnings = new Set<string>()

  constructor(buckets: TimeBuckets, skipped: Skipped, isCumulative: boolean) {
    this.#buckets = buckets
    this.#skipped = skipped
    this.#isCumulative = isCumulative
    this.#sum = gaps(buckets.count)
    this.#rate = gaps(buckets.count)
  }

  series(rhythm: Rhythm): SeriesSink {
    const added = new Float64Array(this.#buckets.count)
    const counted = new CountedSeries<number>({
      buckets: this.#buckets,
      rhythm,
      subtract: this.#isCumulative ? fallingIsReset : undefined,
      place: (bucket, value, part) => {
        added[bucket] = (added[bucket] ?? 0) + value * part
      },
      amount: (value) => value,
    })
    return {
      add: ({ time, start, recorded, value }: ChartPoint) => {
        if (!recorded) return counted.stop()
        const number = usable(value, this.#skipped)
        if (number !== undefined) counted.add(time, start, number)
      },
      end: () => {
        counted.touched.forEach((touched, bucket) => {
          if (touched === 0) return
          const amount = added[bucket] ?? 0
          addTo(this.#sum, bucket, amount)
          addTo(this.#rate, bucket, counted.rate(bucket, amount))
        })
        this.#acrossGaps += counted.acrossGaps
        if (counted.interleaved) this.warnings.add(interleavedWarning)
      },
    }
  }

  lines(): Lines {
    const sum = columnOf(this.#sum)
    const rate = columnOf(this.#rate)
    const known = sum.filter((value) => value !== null)
    return {
      columns: { sum, rate },
      rank: known.length === 0 ? null : known.reduce((total, value) => total + value, 0),
      acrossGaps: this.#acrossGaps,
    }
  }

  cells(): readonly [] {
    return []
  }
}

export function fallingIsReset(newer: number, older: number): number | undefined {
  return newer >= older ? newer - older : undefined
}

/** Lines of summaries: quantiles as they were sent, and what they counted. */

import { type ChartPoint, type Skipped, usable } from './chart-point.ts'
import { CounterLines } from './counter-lines.ts'
import { columnOf, type GroupLines, gaps, type Lines, type Rhythm, type SeriesSink } from './group-lines.ts'
import { HeldSeries } from './held-series.ts'
import type { TimeBuckets } from './time-buckets.ts'

/** Of each group; further ones are left out with a warning. */
const maxQuantiles = 20

export class SummaryLines implements GroupLines {
  readonly #buckets: TimeBuckets
  readonly #skipped: Skipped
  readonly #counts: CounterLines
  readonly #sums: CounterLines
  readonly #quantiles = new Map<number, Float64Array>()
  #series = 0
  readonly warnings = new Set<string>()

  constructor(buckets: TimeBuckets, skipped: Skipped) {
    this.#buckets = buckets
    this.#skipped = skipped
    this.#counts = new CounterLines(buckets, skipped, true)
    this.#sums = new CounterLines(buckets, skipped, true)
  }

  series(rhythm: Rhythm): SeriesSink {
    const counts = this.#counts.series(rhythm)
    const sums = this.#sums.series(rhythm)
    const held = new Map<number, HeldSeries>()
    return {
      add: (point: ChartPoint) => {
        counts.add({ ...point, value: point.count })
        sums.add({ ...point, value: point.sum })
        if (!point.recorded) for (const line of held.values()) line.stop(false)
        else this.#addQuantiles(held, point, rhythm.interval)
      },
      end: () => {
        counts.end()
        sums.end()
        for (const [quantile, line] of held) this.#fold(quantile, line)
        if (++this.#series === 2) {
          this.warnings.add('Quantiles of several series are the largest of them, which no overall quantile exceeds.')
        }
      },
    }
  }

  #addQuantiles(held: Map<number, HeldSeries>, { time, detail }: ChartPoint, interval: number | undefined): void {
    for (const { quantile, value } of detail?.quantileValues ?? []) {
      const number = usable(value, this.#skipped)
      if (number === undefined || !(quantile >= 0 && quantile <= 1)) continue
      let line = held.get(quantile)
      if (!line) {
        if (held.size >= maxQuantiles) {
          this.warnings.add(`A summary has more than ${maxQuantiles} quantiles; the others are left out.`)
          continue
        }
        line = new HeldSeries(this.#buckets, interval)
        held.set(quantile, line)
      }
      line.add(time, number)
    }
  }

  #fold(quantile: number, line: HeldSeries): void {
    line.stop(true)
    let values = this.#quantiles.get(quantile)
    if (!values) {
      if (this.#quantiles.size >= maxQuantiles) return
      values = gaps(this.#buckets.count)
      this.#quantiles.set(quantile, values)
    }
    for (let bucket = 0; bucket < values.length; bucket++) {
      const last = line.last[bucket] ?? 0
      if (line.points[bucket] !== 0 && !((values[bucket] ?? 0) >= last)) values[bucket] = last
    }
  }

  lines(): Lines {
    const { columns, rank, acrossGaps } = this.#counts.lines()
    const count = columns.sum ?? []
    const sum = this.#sums.lines().columns.sum ?? []
    return {
      columns: { count, rate: columns.rate ?? [], sum, avg: averages(sum, count) },
      quantiles: [...this.#quantiles]
        .sort(([left], [right]) => left - right)
        .map(([quantile, values]) => ({ quantile, values: columnOf(values) })),
      rank,
      acrossGaps,
    }
  }

  cells(): readonly [] {
    return []
  }
}

/** Null where nothing was counted. */
export function averages(sum: readonly (number | null)[], count: readonly (number | null)[]): (number | null)[] {
  return sum.map((value, bucket) => {
    const counted = count[bucket] ?? 0
    return value === null || counted <= 0 ? null : value / counted
  })
}

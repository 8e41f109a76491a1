/** The lines of one group of series: what every type of metric has in common. */

import type { ChartPoint } from './chart-point.ts'
import type { Cell } from './quantile.ts'

export type Column = (number | null)[]

export interface Lines {
  readonly columns: Readonly<Record<string, Column>>
  readonly quantiles?: readonly { readonly quantile: number; readonly values: Column }[]
  readonly rank: number | null
  readonly acrossGaps: number
}

/** Takes the points of one series after the other, each in the order of their times. */
export interface SeriesSink {
  add(point: ChartPoint): void
  /** No point of the series follows. */
  end(): void
}

/** When the points of a series come, in nanoseconds; what isn't known is undefined. */
export interface Rhythm {
  /** How far apart they usually are. */
  readonly interval: number | undefined
  /** When it is known not to have been there yet. */
  readonly bornAfter: number | undefined
}

/** Takes the series of one group, one after the other. */
export interface GroupLines {
  series(rhythm: Rhythm): SeriesSink
  lines(): Lines
  /** Cells with counts of a bucket, for a heatmap; none unless the metric is a histogram. */
  cells(bucket: number): readonly Cell[]
  /** Oddities, in sentences. */
  readonly warnings: ReadonlySet<string>
}

/** NaN stands for a gap; what grew beyond any number is one too. */
export function columnOf(values: Float64Array): Column {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null))
}

export function lastOf(column: Column | undefined): number | null {
  return column?.findLast((value) => value !== null) ?? null
}

export function gaps(count: number): Float64Array {
  return new Float64Array(count).fill(Number.NaN)
}

/** Adds to a column of gaps. */
export function addTo(values: Float64Array, bucket: number, amount: number): void {
  const before = values[bucket] ?? Number.NaN
  values[bucket] = Number.isNaN(before) ? amount : before + amount
}

export const interleavedWarning = 'Two senders write the same series; they are told apart by their start times.'

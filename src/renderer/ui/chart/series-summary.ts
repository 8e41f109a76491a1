/** A chart in words, for those who don't see it: its range, the latest values, the highest and the lowest points. */

import { formatClock } from '../format.ts'
import type { ChartSeries } from './series.ts'
import { bucketStart, gridEnd, type TimeGrid } from './time-grid.ts'

export interface Peak {
  readonly bucket: number
  readonly value: number
}

export interface SeriesExtent {
  readonly latest: Peak
  readonly highest: Peak
  readonly lowest: Peak
}

/** Undefined for a series without values. */
export function extentOf(values: readonly (number | null)[]): SeriesExtent | undefined {
  let extent: SeriesExtent | undefined
  for (const [bucket, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) continue
    const point = { bucket, value }
    extent = {
      latest: point,
      highest: extent === undefined || value > extent.highest.value ? point : extent.highest,
      lowest: extent === undefined || value < extent.lowest.value ? point : extent.lowest,
    }
  }
  return extent
}

/** The local time a bucket begins, without the milliseconds it never has. */
export function bucketClock(grid: TimeGrid, bucket: number): string {
  return clockText(bucketStart(grid, bucket))
}

export function clockText(unixNano: bigint): string {
  return formatClock(unixNano).slice(0, -'.000'.length)
}

export interface SummaryInput {
  readonly grid: TimeGrid
  readonly series: readonly ChartSeries[]
  readonly format: (value: number) => string
}

/** `12:00:00 to 12:15:00. P99: latest 1.84 s, highest 5.01 s at 12:10:20, lowest 310 ms at 12:01:00.` */
export function summaryText({ grid, series, format }: SummaryInput): string {
  const range = `${clockText(grid.startUnixNano)} to ${clockText(gridEnd(grid))}.`
  const parts = series.map(({ name, values }) => {
    const extent = extentOf(values)
    if (extent === undefined) return `${name}: no values.`
    const { latest, highest, lowest } = extent
    return `${name}: latest ${format(latest.value)}, highest ${format(highest.value)} at ${bucketClock(grid, highest.bucket)}, lowest ${format(lowest.value)} at ${bucketClock(grid, lowest.bucket)}.`
  })
  return [range, ...parts].join(' ')
}

/** When a bucket is: `12:10:20 – 12:10:30`. */
export function bucketRangeText(grid: TimeGrid, bucket: number): string {
  return `${bucketClock(grid, bucket)} – ${bucketClock(grid, bucket + 1)}`
}

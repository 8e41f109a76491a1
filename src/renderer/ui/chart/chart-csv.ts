/** What a chart shows as a table (RFC 4180): every value as it is, in its unit, with the times of its buckets. */

import type { DrawnChart, DrawnPlot } from './chart-sheet.ts'
import type { ChartMark, ChartSeries } from './series.ts'
import { bucketStart, type TimeGrid } from './time-grid.ts'

const nanosPerSecond = 1_000_000_000n

/**
 * Series: a row for each bucket, a column for each series, and one of what was marked then, if anything was.
 * Heatmaps: a row for each cell that holds something. Times are those at which buckets begin.
 */
export function chartCsv({ plot, data }: Pick<DrawnChart, 'plot' | 'data'>): string {
  const rows = data.kind === 'series' ? seriesRows(plot, data) : heatRows(plot, data)
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

type Cell = string | number | null | undefined

function seriesRows(
  { grid, marks }: DrawnPlot,
  { series, unit }: { series: readonly ChartSeries[]; unit: string },
): Cell[][] {
  const marked = marksByBucket(marks, grid)
  const rows: Cell[][] = [
    ['time', 'unix_nano', ...series.map(({ name }) => withUnit(name, unit)), ...(marked.size > 0 ? ['marks'] : [])],
  ]
  for (let bucket = 0; bucket < grid.count; bucket++) {
    const labels = marked.get(bucket)
    rows.push([
      ...timesOf(grid, bucket),
      ...series.map(({ values }) => values[bucket]),
      ...(marked.size > 0 ? [labels?.join('; ') ?? ''] : []),
    ])
  }
  return rows
}

interface HeatData {
  readonly heat: { readonly bounds: readonly number[]; readonly counts: readonly (readonly number[])[] }
  readonly unit: string
  readonly noun: string
}

function heatRows({ grid }: DrawnPlot, { heat, unit, noun }: HeatData): Cell[][] {
  const rows: Cell[][] = [['time', 'unix_nano', withUnit('from', unit), withUnit('to', unit), noun]]
  for (const [bucket, counts] of heat.counts.entries())
    for (const [row, count] of counts.entries())
      if (count > 0) rows.push([...timesOf(grid, bucket), heat.bounds[row], heat.bounds[row + 1], count])
  return rows
}

function timesOf(grid: TimeGrid, bucket: number): [iso: string, unixNano: string] {
  const at = bucketStart(grid, bucket)
  return [isoNanos(at), at.toString()]
}

function isoNanos(unixNano: bigint): string {
  const nanos = ((unixNano % nanosPerSecond) + nanosPerSecond) % nanosPerSecond
  const seconds = new Date(Number((unixNano - nanos) / 1_000_000n)).toISOString().slice(0, 19)
  return `${seconds}.${nanos.toString().padStart(9, '0')}Z`
}

function withUnit(name: string, unit: string): string {
  return unit === '' ? name : `${name} (${unit})`
}

function marksByBucket(marks: readonly ChartMark[], grid: TimeGrid): ReadonlyMap<number, readonly string[]> {
  const labels = new Map<number, string[]>()
  for (const { startUnixNano, endUnixNano, label } of marks) {
    const first = bucketBefore(grid, startUnixNano)
    const last = endUnixNano === undefined ? first : bucketBefore(grid, endUnixNano)
    for (let bucket = Math.max(0, first); bucket <= Math.min(grid.count - 1, last); bucket++)
      labels.set(bucket, [...(labels.get(bucket) ?? []), label])
  }
  return labels
}

/** Below 0 and above the count outside of the grid. */
function bucketBefore(grid: TimeGrid, unixNano: bigint): number {
  const offset = unixNano - grid.startUnixNano
  return offset < 0n ? -1 : Number(offset / grid.stepNs)
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front, which it shows as text. */
function cell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

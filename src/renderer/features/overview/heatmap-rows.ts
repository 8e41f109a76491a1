/** The latency heatmap's axis, and the heatmap in words. */

import type { Heatmap } from '#shared/contract/overview.ts'
import { clockText } from '../../ui/chart/series-summary.ts'
import { bucketStart, gridEnd, timeGrid } from '../../ui/chart/time-grid.ts'
import { axisFor, type ValueAxis } from '../../ui/chart/value-axis.ts'
import { formatCount, formatDuration } from '../../ui/format.ts'

const options = { scale: 'log', roundIn: 'duration', ticks: 6 } as const

/** A row that begins at zero is drawn as high as the next one: a log axis has no zero. */
export function heatmapAxis(bounds: readonly number[]): ValueAxis {
  const [first, second, third] = bounds
  const last = bounds.at(-1)
  if (first === undefined || second === undefined || last === undefined) return axisFor([1e6, 1e9], options)
  const factor = third === undefined ? 1.33 : third / second
  return axisFor([first > 0 ? first : second / factor, last], options)
}

/** Range, the fullest cell, and when the slowest requests were. */
export function heatmapText({ startUnixNano, stepSeconds, boundsNs, counts }: Heatmap, many: string): string {
  const grid = timeGrid(startUnixNano, stepSeconds, counts.length)
  const range = `${clockText(grid.startUnixNano)} to ${clockText(gridEnd(grid))}.`
  let fullest = { bucket: 0, row: 0, count: 0 }
  let slowest = { bucket: 0, row: -1, count: 0 }
  for (const [bucket, rows] of counts.entries())
    for (const [row, count] of rows.entries()) {
      if (count > fullest.count) fullest = { bucket, row, count }
      if (count > 0 && row > slowest.row) slowest = { bucket, row, count }
    }
  if (fullest.count === 0) return `${range} No ${many}.`
  const spanOf = (row: number) => `${formatDuration(boundsNs[row] ?? 0)} to ${formatDuration(boundsNs[row + 1] ?? 0)}`
  const timeOf = (bucket: number) => clockText(bucketStart(grid, bucket))
  return `${range} Most ${many} in a cell: ${formatCount(fullest.count)} of ${spanOf(fullest.row)} at ${timeOf(fullest.bucket)}. Slowest: ${formatCount(slowest.count)} of ${spanOf(slowest.row)} at ${timeOf(slowest.bucket)}.`
}

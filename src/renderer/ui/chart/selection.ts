/** From drags and keys to selections: whole buckets, whole rows, exact instants. */

import type { HeatGrid } from './heat-cells.ts'
import type { ChartSelection } from './series.ts'
import { bucketStart, type TimeGrid } from './time-grid.ts'

/** A point of the plot: a bucket, and on a heatmap a row. */
export interface PlotPlace {
  readonly bucket: number
  readonly row?: number | undefined
}

/** Everything from one place to another, both included, in whichever order they were reached. */
export function selectionBetween(
  grid: TimeGrid,
  from: PlotPlace,
  to: PlotPlace,
  bounds: HeatGrid['bounds'] | undefined,
): ChartSelection {
  const times = {
    startUnixNano: String(bucketStart(grid, Math.min(from.bucket, to.bucket))),
    endUnixNano: String(bucketStart(grid, Math.max(from.bucket, to.bucket) + 1)),
  }
  if (bounds === undefined || from.row === undefined || to.row === undefined) return times
  const minValue = bounds[Math.min(from.row, to.row)]
  const maxValue = bounds[Math.max(from.row, to.row) + 1]
  return minValue === undefined || maxValue === undefined ? times : { ...times, minValue, maxValue }
}

/** Where an arrow, Page, Home or End key leads; undefined for other keys. */
export function placeAfterKey(
  key: string,
  place: PlotPlace,
  { buckets, rows }: { readonly buckets: number; readonly rows: number },
): PlotPlace | undefined {
  const page = Math.max(1, Math.round(buckets / 10))
  const to = (bucket: number): PlotPlace => ({ ...place, bucket: Math.min(buckets - 1, Math.max(0, bucket)) })
  const up = (step: number): PlotPlace | undefined =>
    rows === 0 ? undefined : { ...place, row: Math.min(rows - 1, Math.max(0, (place.row ?? 0) + step)) }
  switch (key) {
    case 'ArrowLeft':
      return to(place.bucket - 1)
    case 'ArrowRight':
      return to(place.bucket + 1)
    case 'PageUp':
      return to(place.bucket - page)
    case 'PageDown':
      return to(place.bucket + page)
    case 'Home':
      return to(0)
    case 'End':
      return to(buckets - 1)
    case 'ArrowUp':
      return up(1)
    case 'ArrowDown':
      return up(-1)
    default:
      return undefined
  }
}

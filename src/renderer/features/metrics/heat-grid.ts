/** A metric's heatmap as a chart takes it: rows without holes, and edges that have an end. */

import type { MetricHeatmap } from '#shared/contract/metric-chart.ts'
import type { HeatGrid } from '../../ui/chart/heat-cells.ts'

export interface MetricHeatGrid extends HeatGrid {
  /** The lowest row has no lower end: its lower edge is only where drawing it stops. */
  readonly isOpenBelow: boolean
  /** The same of the highest row. */
  readonly isOpenAbove: boolean
}

/** Undefined when nothing was counted. */
export function metricHeatGrid({ rows, counts }: MetricHeatmap): MetricHeatGrid | undefined {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined || counts.every((bucket) => bucket.every((count) => count === 0)))
    return undefined
  const bounds: number[] = [first.from ?? lowerEnd(first.to, rows[1]?.to ?? null)]
  /** Where each row stands once holes have rows of their own. */
  const places: number[] = []
  for (const { from, to } of rows) {
    const edge = bounds.at(-1) ?? 0
    if (from !== null && from > edge) bounds.push(from)
    places.push(bounds.length - 1)
    bounds.push(to ?? upperEnd(from, edge))
  }
  return {
    bounds,
    counts: counts.map((bucket) => {
      const placed = new Array<number>(bounds.length - 1).fill(0)
      for (const [row, count] of bucket.entries()) placed[places[row] ?? 0] = count
      return placed
    }),
    isOpenBelow: first.from === null,
    isOpenAbove: last.to === null,
  }
}

/**
 * Where a logarithmic axis of these edges begins: at the lowest. A row that reaches down to zero would take all of it, and is
 * drawn about as high as its neighbour.
 */
export function lowestDrawn([lowest = 0, second, third]: readonly number[]): number {
  return lowest > 0 || second === undefined ? lowest : lowerEnd(second, third ?? null)
}

/** As far below the lowest bound as makes a row about as high as its neighbour. */
function lowerEnd(to: number | null, next: number | null): number {
  if (to === null) return 0
  if (to > 0) return next !== null && next > to ? (to * to) / next : to / 2
  return next !== null && next > to ? to - (next - to) : to - 1
}

function upperEnd(from: number | null, edge: number): number {
  const bound = from ?? edge
  return bound > 0 ? bound * 2 : bound + 1
}

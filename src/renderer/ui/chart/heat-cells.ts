/** The cells of a heatmap: where each lies, and which of five shades its count has. */

import { axisPosition, type ValueAxis } from './value-axis.ts'

/** Counts by time and value. */
export interface HeatGrid {
  /** Edges of the rows, ascending: one more than there are rows. */
  readonly bounds: readonly number[]
  /** For every bucket of the time grid the count of each row: `counts[bucket][row]`. */
  readonly counts: readonly (readonly number[])[]
}

export const shadeCount = 5

export interface HeatCell {
  readonly bucket: number
  /** Heights on the axis, 0 to 1. */
  readonly bottom: number
  readonly top: number
  /** 0 few to 4 many. */
  readonly shade: number
}

/** The highest count of one cell. */
export function highestCount({ counts }: HeatGrid): number {
  let highest = 0
  for (const rows of counts) for (const count of rows) highest = Math.max(highest, count)
  return highest
}

/** Between the logarithm, by which everything but the few is many, and the count itself, by which all but the many is few. */
const root = 3

/**
 * Which shade a count has: counts of one chart differ by orders of magnitude, a single slow request must stay visible beside
 * thousands of fast ones, and so must the ridge along which most of them lie.
 */
export function shadeOf(count: number, highest: number): number {
  if (highest <= 1) return shadeCount - 1
  return Math.min(
    shadeCount - 1,
    Math.floor(Math.max(0, (count - 1) / (highest - 1)) ** (1 / root) * shadeCount + 1e-9),
  )
}

/** Where each shade begins: counts for the legend, ascending. */
export function shadeStarts(highest: number): readonly number[] {
  return Array.from({ length: shadeCount }, (_, shade) =>
    Math.ceil(1 + Math.max(0, highest - 1) * (shade / shadeCount) ** root - 1e-9),
  )
}

/** Every cell that holds something. */
export function heatCells(grid: HeatGrid, axis: ValueAxis): readonly HeatCell[] {
  const highest = highestCount(grid)
  const heights = grid.bounds.map((bound) => Math.min(1, Math.max(0, axisPosition(axis, bound))))
  const cells: HeatCell[] = []
  for (const [bucket, rows] of grid.counts.entries())
    for (const [row, count] of rows.entries()) {
      const [bottom, top] = [heights[row], heights[row + 1]]
      if (count > 0 && bottom !== undefined && top !== undefined)
        cells.push({ bucket, bottom, top, shade: shadeOf(count, highest) })
    }
  return cells
}

/** The row at a height of the plot, 0 to 1; the nearest one outside of all rows; undefined without rows. */
export function rowAt(grid: HeatGrid, axis: ValueAxis, height: number): number | undefined {
  const rows = grid.bounds.length - 1
  if (rows < 1) return undefined
  for (let row = 0; row < rows; row++) if (height < axisPosition(axis, grid.bounds[row + 1] ?? 0)) return row
  return rows - 1
}

/** How much lies in a rectangle of buckets and rows; both ends excluded. */
export function countWithin(
  grid: HeatGrid,
  buckets: { readonly from: number; readonly to: number },
  rows: { readonly from: number; readonly to: number },
): number {
  let sum = 0
  for (const counts of grid.counts.slice(Math.max(0, buckets.from), buckets.to))
    for (const count of counts.slice(rows.from, rows.to)) sum += count
  return sum
}

/** A heatmap from the cells of every bucket: rows that are alike for all of them. */

import type { Cell } from './quantile.ts'

/** More rows are merged two by two: nobody tells them apart. */
const maxRows = 80

export interface Heatmap {
  /** Ascending; null is without end. */
  readonly rows: { readonly from: number | null; readonly to: number | null }[]
  /** `counts[bucket][row]`. */
  readonly counts: number[][]
}

/** Null when there are no cells at all. */
export function heatmapOf(buckets: readonly (readonly Cell[])[]): Heatmap | null {
  const edges = new Set<number>()
  for (const cells of buckets) {
    for (const { from, to, count } of cells) {
      if (count > 0 && Number.isFinite(from)) edges.add(from)
      if (count > 0 && Number.isFinite(to)) edges.add(to)
    }
  }
  if (edges.size === 0) return null
  let bounds = [...edges].sort((left, right) => left - right)
  while (bounds.length > maxRows) {
    bounds = bounds.filter((_, index) => index % 2 === 0 || index === bounds.length - 1)
  }
  const counts = buckets.map((cells) => {
    const row = new Array<number>(bounds.length + 1).fill(0)
    for (const cell of cells) if (cell.count > 0) addCell(row, bounds, cell)
    return row
  })
  return withoutEmptyEnds(bounds, counts)
}

/** A cell wider than a row is shared out by width. */
function addCell(row: number[], bounds: readonly number[], { from, to, count }: Cell): void {
  const give = (index: number, amount: number): void => {
    row[index] = (row[index] ?? 0) + amount
  }
  const first = countWhile(bounds, (bound) => bound <= from)
  const last = countWhile(bounds, (bound) => bound < to)
  // Without width or without end there is nothing to share by: it stays next to the edge it has. The row below the lowest
  // edge is of values without a lower end, and holds none that lie at that edge, such as zeros.
  if (first >= last || !Number.isFinite(from) || !Number.isFinite(to)) {
    const isLowestEdge = from === to && last === 0
    give(Number.isFinite(to) && !isLowestEdge ? last : first, count)
    return
  }
  let given = 0
  for (let index = first; index < last; index++) {
    const amount = (count * ((bounds[index] ?? to) - Math.max(from, bounds[index - 1] ?? from))) / (to - from)
    give(index, amount)
    given += amount
  }
  give(last, count - given)
}

/** How many of ascending values fulfil what only the first ones can. */
function countWhile(values: readonly number[], holds: (value: number) => boolean): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(values[middle] ?? 0)) low = middle + 1
    else high = middle
  }
  return low
}

function withoutEmptyEnds(bounds: readonly number[], counts: readonly number[][]): Heatmap {
  const isEmpty = (row: number): boolean => counts.every((each) => (each[row] ?? 0) === 0)
  let first = 0
  let last = bounds.length
  while (first < last && isEmpty(first)) first++
  while (last > first && isEmpty(last)) last--
  return {
    rows: Array.from({ length: last - first + 1 }, (_, index) => ({
      from: bounds[first + index - 1] ?? null,
      to: bounds[first + index] ?? null,
    })),
    counts: counts.map((each) => each.slice(first, last + 1)),
  }
}

/** Percentiles of values that are only known to lie in cells, with how far off they may be. */

/** Values above `from` and not above `to`; both may be infinite. */
export interface Cell {
  readonly from: number
  readonly to: number
  readonly count: number
}

export interface Estimate {
  readonly value: number
  /** The true value is at most this far away; null when the cell has no end. */
  readonly error: number | null
}

/** Where in a cell a value lies, from the share of the cell's values below it. */
export type Interpolation = (from: number, to: number, share: number) => number

/** Values lie evenly in their cell. */
export const linear: Interpolation = (from, to, share) => from + (to - from) * share

/** The logarithms of values lie evenly in their cell; across or at zero, the values. */
export const geometric: Interpolation = (from, to, share) => {
  if (from > 0) return from * (to / from) ** share
  if (to < 0) return -(-from * (to / from) ** share)
  return linear(from, to, share)
}

export interface Extremes {
  readonly min: number | null
  readonly max: number | null
}

/**
 * The nearest-rank quantile of ascending cells: the cell is exact, the place within it interpolated. Known extremes narrow
 * the cell. Beyond the last bound the bound itself is given, as a lower limit. Undefined without values.
 */
export function quantileOf(
  cells: readonly Cell[],
  quantile: number,
  extremes: Extremes,
  interpolate: Interpolation,
): Estimate | undefined {
  let total = 0
  for (const { count } of cells) total += count
  if (!(total > 0)) return undefined
  const rank = quantile * total
  let below = 0
  let found: Cell | undefined
  for (const cell of cells) {
    if (cell.count <= 0) continue
    found = cell
    if (below + cell.count >= rank) break
    below += cell.count
  }
  if (!found) return undefined
  const from = extremes.min === null ? found.from : Math.max(found.from, Math.min(extremes.min, found.to))
  const to = extremes.max === null ? found.to : Math.min(found.to, Math.max(extremes.max, found.from))
  if (!Number.isFinite(from)) return Number.isFinite(to) ? { value: to, error: null } : undefined
  if (!Number.isFinite(to)) return { value: from, error: null }
  const share = Math.min(1, Math.max(0, (rank - below) / found.count))
  return { value: interpolate(from, to, share), error: to - from }
}

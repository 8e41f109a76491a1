/** Which rows of a waterfall are visible: columns and what the reader folded, focused and filtered → row numbers. */

import type { WaterfallColumns } from '#shared/contract/waterfall.ts'
import type { SpanIndex, SpanKey } from './span-index.ts'

/**
 * What is folded, by span and not by row, so that it survives spans that arrive later.
 * `base` is what "fold all" and "expand all" set; `flipped` are the spans that differ from it.
 */
export interface FoldState {
  readonly base: 'open' | 'folded'
  readonly flipped: ReadonlySet<SpanKey>
}

export const allOpen: FoldState = { base: 'open', flipped: new Set() }
export const allFolded: FoldState = { base: 'folded', flipped: new Set() }

export function isFolded(folds: FoldState, key: SpanKey): boolean {
  return (folds.base === 'folded') !== folds.flipped.has(key)
}

/** The same folds with these spans folded or opened; the same object when nothing changes. */
export function withFolded(folds: FoldState, keys: Iterable<SpanKey>, folded: boolean): FoldState {
  let flipped: Set<SpanKey> | undefined
  for (const key of keys) {
    if (isFolded(folds, key) === folded) continue
    flipped ??= new Set(folds.flipped)
    if (!flipped.delete(key)) flipped.add(key)
  }
  return flipped ? { base: folds.base, flipped } : folds
}

/** One byte per row: 1 where the row has children and is folded. */
export function foldedRows(columns: WaterfallColumns, index: SpanIndex, folds: FoldState): Uint8Array {
  const folded = new Uint8Array(columns.rowCount)
  if (folds.base === 'folded')
    for (let row = 0; row < columns.rowCount; row++) folded[row] = columns.descendants[row] === 0 ? 0 : 1
  for (const key of folds.flipped) {
    const row = index.rowOf(key)
    if (row !== undefined) folded[row] = folds.base === 'open' && columns.descendants[row] !== 0 ? 1 : 0
  }
  return folded
}

export interface VisibleInput {
  /** One byte per row (see `foldedRows`). */
  readonly folded: Uint8Array
  /** Only this row and what lies below it. */
  readonly focusRow: number | undefined
  /** One byte per row, 1 = matches. Then only matches and their ancestors show, folded or not. */
  readonly onlyMatches: Uint8Array | undefined
}

/** Visible rows in order. Rows are in pre-order, so a fold skips as many rows as there are descendants. */
export function visibleRows(columns: WaterfallColumns, { folded, focusRow, onlyMatches }: VisibleInput): Uint32Array {
  const { descendants } = columns
  const first = focusRow ?? 0
  const end = focusRow === undefined ? columns.rowCount : focusRow + (descendants[focusRow] ?? 0) + 1
  const kept = onlyMatches && withAncestors(columns, onlyMatches)
  const rows = new Uint32Array(end - first)
  let count = 0
  for (let row = first; row < end; ) {
    if (kept) {
      if (kept[row]) rows[count++] = row
      row++
    } else {
      rows[count++] = row
      row += folded[row] ? (descendants[row] ?? 0) + 1 : 1
    }
  }
  return rows.subarray(0, count)
}

function withAncestors({ parent, rowCount }: WaterfallColumns, matches: Uint8Array): Uint8Array {
  const kept = matches.slice()
  // Children come after their parents: backwards, each row is complete before its parent is looked at.
  for (let row = rowCount - 1; row >= 0; row--) {
    const above = parent[row] ?? -1
    if (kept[row] && above >= 0) kept[above] = 1
  }
  return kept
}

/** Where a row stands among the visible ones, or -1. */
export function positionOf(visible: Uint32Array, row: number): number {
  let low = 0
  let high = visible.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const value = visible[middle] ?? 0
    if (value === row) return middle
    if (value < row) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The row itself or its nearest ancestor that is visible; -1 when there is none. */
export function nearestVisible(columns: WaterfallColumns, visible: Uint32Array, row: number): number {
  for (let current = row; current >= 0; current = columns.parent[current] ?? -1)
    if (positionOf(visible, current) >= 0) return current
  return -1
}

/** Sums of errors before each row: `sums[b] - sums[a]` errors lie in rows a to b-1. */
export function errorSums({ status, rowCount }: WaterfallColumns, errorCode: number): Uint32Array {
  const sums = new Uint32Array(rowCount + 1)
  for (let row = 0; row < rowCount; row++) sums[row + 1] = (sums[row] ?? 0) + (status[row] === errorCode ? 1 : 0)
  return sums
}

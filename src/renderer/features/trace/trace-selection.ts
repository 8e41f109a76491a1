/** Keyboard movement over the rows of a waterfall; every function answers with a row, or `undefined` to stay. */

import type { WaterfallColumns } from '#shared/contract/waterfall.ts'
import { StatusCode } from '#shared/model/span.ts'
import { type SpanKey, spanKeyAt } from './span-index.ts'
import { positionOf } from './trace-rows.ts'

/** The visible row `by` steps from `row`, stopping at the ends; from nothing, the first or last. */
export function moveBy(visible: Uint32Array, row: number | undefined, by: number): number | undefined {
  const position = row === undefined ? -1 : positionOf(visible, row)
  if (position < 0) return by > 0 ? visible[0] : visible[visible.length - 1]
  return visible[Math.min(visible.length - 1, Math.max(0, position + by))]
}

/** The visible parent. */
export function parentRow(columns: WaterfallColumns, visible: Uint32Array, row: number): number | undefined {
  const above = columns.parent[row] ?? -1
  return above >= 0 && positionOf(visible, above) >= 0 ? above : undefined
}

/** The first visible child. */
export function firstChild(columns: WaterfallColumns, visible: Uint32Array, row: number): number | undefined {
  const next = visible[positionOf(visible, row) + 1]
  return next !== undefined && next <= row + (columns.descendants[row] ?? 0) ? next : undefined
}

export interface RowRange {
  readonly first: number
  /** Not included. */
  readonly end: number
}

/** The rows under focus, or all. */
export function rowRange(columns: WaterfallColumns, focusRow: number | undefined): RowRange {
  if (focusRow === undefined) return { first: 0, end: columns.rowCount }
  return { first: focusRow, end: focusRow + (columns.descendants[focusRow] ?? 0) + 1 }
}

/** The next row in error after (or before) `from`, folded away or not, going round at the end of the range. */
export function nextError(
  columns: WaterfallColumns,
  from: number | undefined,
  step: 1 | -1,
  { first, end }: RowRange,
): number | undefined {
  const count = end - first
  const origin = from === undefined || from < first || from >= end ? (step > 0 ? end - 1 : first) : from
  for (let distance = 1; distance <= count; distance++) {
    const row = first + ((((origin - first + step * distance) % count) + count) % count)
    if (columns.status[row] === StatusCode.error) return row
  }
  return undefined
}

/** The next of some ascending rows after (or before) `from`, going round. */
export function nextOf(rows: Uint32Array, from: number | undefined, step: 1 | -1): number | undefined {
  if (rows.length === 0) return undefined
  if (from === undefined) return step > 0 ? rows[0] : rows[rows.length - 1]
  if (step > 0) return rows.find((row) => row > from) ?? rows[0]
  return rows.findLast((row) => row < from) ?? rows[rows.length - 1]
}

/** The spans that must be unfolded for a row to show, nearest first. */
export function ancestorKeys(columns: WaterfallColumns, row: number): readonly SpanKey[] {
  const keys: SpanKey[] = []
  for (let above = columns.parent[row] ?? -1; above >= 0; above = columns.parent[above] ?? -1)
    keys.push(spanKeyAt(columns, above))
  return keys
}

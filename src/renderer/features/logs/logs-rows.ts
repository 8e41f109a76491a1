/** The rows of the log list: pages put together in order and without duplicates, and a count of what arrived. */

import type { Log } from '#shared/contract/logs.ts'
import { compareRows, type LogRow, toLogRow } from './log-row.ts'

/** Where the next older page begins: on from a cursor, or everything before an instant (exclusive). */
interface OlderFrom {
  readonly cursor?: string
  readonly end?: string
}

/** The part of the matching records that is loaded: ascending in time and without a gap. */
export interface LogWindow {
  readonly rows: readonly LogRow[]
  /** Null when the oldest matching record is among the rows. */
  readonly older: OlderFrom | null
  /** What arrives later has a higher id; -1 while there is no row. */
  readonly newestId: number
  /** How many rows live tail has added since the window was opened. */
  readonly arrived: number
  /** More arrived than was worth loading while nobody looked: the newest rows are missing. */
  readonly behind: boolean
}

export interface LogPage {
  readonly logs: readonly Log[]
  readonly nextCursor: string | null
}

/** While following, the oldest rows are let go beyond this many; scrolling up loads them again. */
export const maxFollowedRows = 20_000
/** How many rows may arrive below a list that is scrolled up before it stops loading them. */
export const maxUnseenRows = 10_000

/** The window on the newest page. */
export function openWindow(page: LogPage): LogWindow {
  const rows = sortedRows(page.logs)
  return {
    rows,
    older: page.nextCursor === null ? null : { cursor: page.nextCursor },
    newestId: highestId(rows, -1),
    arrived: 0,
    behind: false,
  }
}

/** The window with an older page on top, which was asked for with `before.older`. */
export function withOlderPage(before: LogWindow, page: LogPage): LogWindow {
  const end = before.older?.end
  return {
    ...before,
    rows: mergeRows(before.rows, sortedRows(page.logs)),
    older: page.nextCursor === null ? null : { ...(end === undefined ? {} : { end }), cursor: page.nextCursor },
  }
}

/** The window with what arrived after `before.newestId`; late records take the place their time gives them. */
export function withArrivals(before: LogWindow, logs: readonly Log[]): LogWindow {
  const arrivals = sortedRows(logs)
  const newestId = highestId(arrivals, before.newestId)
  const rows = mergeRows(before.rows, arrivals)
  const added = rows.length - before.rows.length
  if (added === 0 && newestId === before.newestId) return before
  return { ...before, rows, newestId, arrived: before.arrived + added }
}

/** Only the newest `count` rows; what goes can be loaded again as an older page. */
export function keepNewest(before: LogWindow, count: number): LogWindow {
  if (before.rows.length <= count) return before
  const rows = before.rows.slice(before.rows.length - count)
  return { ...before, rows, older: olderThan(rows) ?? before.older }
}

/** The bound takes the oldest row's whole nanosecond along: merging drops what is there already. */
function olderThan(rows: readonly LogRow[]): OlderFrom | null {
  const oldest = rows[0]
  return oldest === undefined ? null : { end: String(BigInt(oldest.timeUnixNano) + 1n) }
}

/** Two ascending lists as one, each record once. Either list as it is when the other adds nothing. */
export function mergeRows(a: readonly LogRow[], b: readonly LogRow[]): readonly LogRow[] {
  const firstA = a[0]
  const firstB = b[0]
  const lastA = a.at(-1)
  const lastB = b.at(-1)
  if (!firstB || !lastB) return a
  if (!firstA || !lastA) return b
  if (compareRows(lastA, firstB) < 0) return a.concat(b)
  if (compareRows(lastB, firstA) < 0) return b.concat(a)
  const merged: LogRow[] = []
  let indexA = 0
  let indexB = 0
  for (;;) {
    const rowA = a[indexA]
    const rowB = b[indexB]
    if (!rowA && !rowB) break
    const order = !rowA ? 1 : !rowB ? -1 : compareRows(rowA, rowB)
    if (order <= 0 && rowA) merged.push(rowA)
    else if (rowB) merged.push(rowB)
    if (order <= 0) indexA++
    if (order >= 0) indexB++
  }
  return merged.length === a.length ? a : merged
}

/** Index of the row with this id, or -1. Rows are few enough to look at, and newest ones are asked for most. */
export function indexOfRow(rows: readonly LogRow[], id: number | undefined): number {
  return id === undefined ? -1 : rows.findLastIndex((row) => row.id === id)
}

/** The row `step` rows away from the selected one; from none, the newest. */
export function stepRow(rows: readonly LogRow[], id: number | undefined, step: number): LogRow | undefined {
  const index = indexOfRow(rows, id)
  if (index < 0) return rows.at(-1)
  return rows[Math.min(rows.length - 1, Math.max(0, index + step))]
}

/** `12 new`, or `10,000+ new` when counting stopped. */
export function arrivalsLabel(count: number, behind: boolean): string {
  return `${count.toLocaleString('en-US')}${behind ? '+' : ''} new`
}

function sortedRows(logs: readonly Log[]): readonly LogRow[] {
  return logs.map(toLogRow).sort(compareRows)
}

function highestId(rows: readonly LogRow[], least: number): number {
  return rows.reduce((highest, row) => Math.max(highest, row.id), least)
}

/** The result of a statement, run in this thread or wherever events come from. */

import { runStatement } from '../../src/engine/sql/run-statement.ts'
import {
  rowsOf,
  type SqlColumn,
  type SqlEvent,
  type SqlRow,
  type SqlTruncation,
} from '../../src/shared/contract/sql.ts'

export interface SqlResult {
  readonly columns: readonly SqlColumn[]
  readonly rows: readonly SqlRow[]
  readonly pages: number
  readonly truncated: SqlTruncation | null
}

interface Limits {
  readonly maxRows?: number
  readonly maxBytes?: number
  readonly maxCellBytes?: number
}

const enough = { maxRows: 10_000, maxBytes: 10_000_000, maxCellBytes: 100_000 }

export function requestOf(databasePath: string, query: string, limits: Limits = {}) {
  return { databasePath, query, ...enough, ...limits }
}

/** Runs it in this thread. */
export function sqlResult(databasePath: string, query: string, limits: Limits = {}): SqlResult {
  return resultOf([...runStatement(requestOf(databasePath, query, limits))])
}

/** Throws when it was never said that the result ended. */
export function resultOf(events: readonly SqlEvent[]): SqlResult {
  const [first] = events
  const last = events.at(-1)
  if (first?.type !== 'columns' || last?.type !== 'end') throw new Error('a result begins with columns and has an end')
  const pages = events.filter((event) => event.type === 'rows')
  const rows = pages.flatMap(rowsOf)
  if (rows.length !== last.rowCount) throw new Error(`${rows.length} rows came, ${last.rowCount} were told`)
  return { columns: first.columns, rows, pages: pages.length, truncated: last.truncated }
}

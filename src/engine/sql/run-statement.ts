/** Runs one statement and hands its rows over in pages. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { SqlColumn, SqlEvent, SqlTruncation } from '#shared/contract/sql.ts'
import { openForSql } from '../store/sql-reader.ts'
import { requireReading } from './allowed.ts'
import { sqlCell } from './cells.ts'
import { explainFailure } from './explain-failure.ts'
import type { SqlRequest } from './sql-messages.ts'

const pageRows = 1_000
const pageBytes = 128 * 1024
/** The first rows of a slow statement are shown while it goes on. */
const pageMs = 100

/** Columns, pages of rows, the end. Each page is made when it is asked for. Throws `SpanlightError`. */
export function* runStatement(request: SqlRequest): Generator<SqlEvent, void> {
  const startedMs = performance.now()
  /** While nobody asked for more. */
  let waitedMs = 0
  const { databasePath, query, maxRows, maxBytes, maxCellBytes } = request
  const db = openForSql(databasePath)
  try {
    requireReading(query)
    const statement = db.prepare(query).safeIntegers(true)
    // Whatever a word list may have missed: SQLite itself knows whether a statement reads.
    if (!statement.reader || !statement.readonly)
      throw new SpanlightError('BAD_QUERY', 'Only statements that read can be used here.')
    statement.raw(true)
    yield { type: 'columns', columns: statement.columns().map(sqlColumn) }

    let truncated: SqlTruncation | null = null
    let rowCount = 0
    let bytes = 0
    let page: string[] = []
    let pageSize = 0
    let pageStartedMs = 0
    for (const values of statement.iterate() as IterableIterator<readonly unknown[]>) {
      if (rowCount === maxRows || bytes >= maxBytes) {
        truncated = rowCount === maxRows ? 'rows' : 'bytes'
        break
      }
      const row = JSON.stringify(values.map((value) => sqlCell(value, maxCellBytes)))
      if (page.length === 0) pageStartedMs = performance.now()
      page.push(row)
      rowCount++
      bytes += row.length
      pageSize += row.length
      if (page.length < pageRows && pageSize < pageBytes && performance.now() - pageStartedMs < pageMs) continue
      const pausedMs = performance.now()
      yield rowsEvent(page)
      waitedMs += performance.now() - pausedMs
      page = []
      pageSize = 0
    }
    const tookMs = performance.now() - startedMs - waitedMs
    if (page.length > 0) yield rowsEvent(page)
    yield { type: 'end', rowCount, tookMs, truncated }
  } catch (error) {
    throw explainFailure(error, query, databasePath, db)
  } finally {
    db.close()
  }
}

function rowsEvent(rows: readonly string[]): SqlEvent {
  return { type: 'rows', rows: `[${rows.join(',')}]` }
}

function sqlColumn({ name, column, table }: { name: string; column: string | null; table: string | null }): SqlColumn {
  return { name, origin: table === null || column === null ? null : { table, column } }
}

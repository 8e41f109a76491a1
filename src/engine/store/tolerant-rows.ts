/** Reads a table of a damaged file row by row around its broken pages, and counts what could not be read. */

import type { ReadDb } from './database.ts'

const pieceRows = 512
/** Where not even the last id can be read: more rows than any page holds. */
const mostRowsPerPage = 200n

export interface TolerantRows {
  /** Ids of rows that are there, as far as can be told, but can't be read. */
  lost: number
}

/** Rows in pieces, by ascending id; one may be empty. What can't be read is left out and counted in `tally`. */
export function* tolerantRows<Row>(db: ReadDb, table: string, tally: TolerantRows): Generator<Row[]> {
  // One of a newer schema than this file's.
  if (!db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table)) return
  const read = db.prepare(`SELECT * FROM ${table} WHERE id BETWEEN ? AND ?`)
  const last = lastId(db, table)
  for (let first = 1n; first <= last; ) {
    const end = first + BigInt(pieceRows) - 1n
    const rows: Row[] = []
    collect(first, end < last ? end : last, rows)
    yield rows
    first = rows.length > 0 || tally.lost > 0 ? end + 1n : nextId(end)
  }

  /** Halves a piece that fails until what fails is one row. */
  function collect(from: bigint, to: bigint, rows: Row[]): void {
    try {
      rows.push(...(read.all(from, to) as Row[]))
      return
    } catch (error) {
      if (!isDamage(error)) throw error
    }
    if (from === to) {
      tally.lost++
      return
    }
    const middle = (from + to) / 2n
    collect(from, middle, rows)
    collect(middle + 1n, to, rows)
  }

  /** Pruning leaves long stretches without rows: they are skipped. */
  function nextId(end: bigint): bigint {
    try {
      const next = db.prepare(`SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT 1`).pluck().get(end)
      return (next as bigint | undefined) ?? last + 1n
    } catch {
      return end + 1n
    }
  }
}

/** Rows of a small table, all or, where one can't be read, those before it. */
export function readableRows<Row>(db: ReadDb, sql: string, tally: TolerantRows): Row[] {
  const rows: Row[] = []
  try {
    for (const row of db.prepare(sql).iterate()) rows.push(row as Row)
  } catch (error) {
    if (!isDamage(error)) throw error
    tally.lost++
  }
  return rows
}

/** An index knows the ids too, and lies in other pages. */
function lastId(db: ReadDb, table: string): bigint {
  for (const id of ['id', '+id']) {
    try {
      return (db.prepare(`SELECT max(${id}) FROM ${table}`).pluck().get() as bigint | null) ?? 0n
    } catch (error) {
      if (!isDamage(error)) throw error
    }
  }
  return (db.pragma('page_count', { simple: true }) as bigint) * mostRowsPerPage
}

/** A page that is broken. */
function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(CORRUPT|IOERR|NOTADB|ERROR)/.test(code)
}

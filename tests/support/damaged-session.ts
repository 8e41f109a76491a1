/** Damages a session file so that it can't be opened and most of it can be read. */

import { readFileSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/** Fills the first page of a table with noise. The file must not be open, nor have a log beside it. */
export function damageTable(file: string, table: string): void {
  const db = new Sqlite(file, { readonly: true })
  const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number
  const pageBytes = db.pragma('page_size', { simple: true }) as number
  db.close()
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0xa5, (page - 1) * pageBytes, page * pageBytes))
}

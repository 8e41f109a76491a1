/** Opens the database for statements that people write. */

import { openReader, type ReadDb } from './database.ts'

/**
 * A read handle that trusts nothing: the file may come from anywhere, and so may the statement. Besides what every reader has
 * (`SQLITE_OPEN_READONLY`, `query_only`), functions with side effects can't hide in the file's own views and triggers.
 * better-sqlite3 opens every handle defensive (`SQLITE_DBCONFIG_DEFENSIVE`) unless `unsafeMode` is called, and its SQLite has
 * no `load_extension()` for SQL, no `writefile()`, and no URIs. Sorting stays in memory: nothing is written anywhere, and the
 * process is watched. Throws `SpanlightError`.
 */
export function openForSql(file: string): ReadDb {
  const db = openReader(file)
  db.pragma('trusted_schema = OFF')
  db.pragma('temp_store = MEMORY')
  return db
}

/** One Spanlight per database: an exclusive SQLite lock on a file beside it, which dies with the process that holds it. */

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { SpanlightError } from '#shared/contract/errors.ts'
import { storeErrorOf } from './store-error.ts'

export interface StoreLock {
  release(): void
}

/** Takes the lock at once, making the folder if need be. Throws `STORE_LOCKED` when another process has it. */
export function lockStore(file: string): StoreLock {
  const db = openLockFile(file)
  try {
    // Nothing is ever written: the lock alone matters, so no journal may be left behind.
    db.pragma('journal_mode = MEMORY')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new SpanlightError(
        'STORE_LOCKED',
        `Another Spanlight has ${file} open. Close it there, or use another file here.`,
      )
    }
    throw storeErrorOf(error, file)
  }
  return { release: () => db.close() }
}

function openLockFile(file: string): Database {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return new Sqlite(`${file}.lock`, { timeout: 0 })
  } catch (error) {
    throw storeErrorOf(error, file)
  }
}

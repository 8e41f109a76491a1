/** Opens the one SQLite file: a single write handle, and read handles that cannot write. */

import { existsSync, statSync } from 'node:fs'
import Sqlite, { type Database } from 'better-sqlite3'
import { SpanlightError } from '#shared/contract/errors.ts'
import { migrate, refuseFuture } from './migrate.ts'
import { storeErrorOf } from './store-error.ts'

declare const writeBrand: unique symbol
declare const readBrand: unique symbol

/** The handle of the one writer. */
export type WriteDb = Database & { readonly [writeBrand]: true }
/** A handle that SQLite itself keeps from writing. */
export type ReadDb = Database & { readonly [readBrand]: true }

/** "SPLT": marks the file as Spanlight's in SQLite's header. */
export const applicationId = 0x53504c54

const writerCacheKiB = 64 * 1024
const readerCacheKiB = 8 * 1024
/** 64 MiB of log before it is copied into the file: big transactions, few checkpoints. */
const walPages = 16_384
/** A foreign lock on the writer soon turns into "try again later"; senders give up after ten seconds. */
const writerBusyTimeoutMs = 1_000
const readerBusyTimeoutMs = 5_000

export interface OpenOptions {
  /** Wait for the disk at each commit, so that a power cut loses nothing either. */
  readonly durable: boolean
}

/**
 * Opens or creates the database and brings its schema up to date.
 * Throws `SpanlightError`: STORE_FROM_FUTURE, STORE_CORRUPT, STORE_READONLY, DISK_FULL; the file is then untouched.
 */
export function openWriter(file: string, options: OpenOptions): WriteDb {
  try {
    const db = new Sqlite(file, { timeout: writerBusyTimeoutMs })
    try {
      db.defaultSafeIntegers(true)
      // Before any pragma that writes: a file that isn't for us stays as it is, byte for byte.
      checkOwner(db, file)
      refuseFuture(db, file)
      refuseDamaged(db, file)
      if (db.pragma('page_count', { simple: true }) === 0n) {
        // Both only count before the first table: freed pages can be given back later without rewriting the file.
        db.pragma('auto_vacuum = INCREMENTAL')
        db.pragma(`application_id = ${applicationId}`)
      }
      db.pragma('journal_mode = WAL')
      db.pragma(`synchronous = ${options.durable ? 'FULL' : 'NORMAL'}`)
      db.pragma(`cache_size = -${writerCacheKiB}`)
      db.pragma(`wal_autocheckpoint = ${walPages}`)
      db.pragma(`journal_size_limit = ${walPages * 4096}`)
      db.pragma('temp_store = MEMORY')
      migrate(db, file)
      return db as WriteDb
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw storeErrorOf(error, file)
  }
}

/** Opens an existing database for reading. Throws `SpanlightError`. */
export function openReader(file: string): ReadDb {
  if (!existsSync(file)) throw new SpanlightError('NOT_FOUND', `There is no database at ${file}.`)
  try {
    const db = new Sqlite(file, { readonly: true, timeout: readerBusyTimeoutMs })
    db.defaultSafeIntegers(true)
    db.pragma('query_only = ON')
    db.pragma(`cache_size = -${readerCacheKiB}`)
    return db as ReadDb
  } catch (error) {
    throw storeErrorOf(error, file)
  }
}

/**
 * Opens a database that nobody else may have open, to read it and leave no trace: where there is no log beside it, a handle
 * that could write takes the one it makes away again, and one that can't would leave it behind. Throws as SQLite does.
 */
export function openAlone(file: string): ReadDb {
  const db = new Sqlite(file, {
    readonly: existsSync(`${file}-wal`),
    fileMustExist: true,
    timeout: readerBusyTimeoutMs,
  })
  try {
    db.defaultSafeIntegers(true)
    db.pragma('query_only = ON')
    db.pragma(`cache_size = -${readerCacheKiB}`)
    // SQLite opens late: only now it is known whether it can be read.
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return db as ReadDb
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Looks where damage shows at once: whether the file is as long as it says, and at the ends of every table. The rest is only known
 * when it is read. Throws STORE_CORRUPT, or as SQLite does.
 */
export function refuseDamaged(db: Database, file: string): void {
  const said =
    (db.pragma('page_count', { simple: true }) as bigint) * (db.pragma('page_size', { simple: true }) as bigint)
  // A log beside it may hold pages that the file doesn't have yet.
  if (existsSync(file) && !existsSync(`${file}-wal`) && BigInt(statSync(file).size) < said) {
    throw new Sqlite.SqliteError('the file is cut short', 'SQLITE_CORRUPT')
  }
  // By its key, or an index would answer for the table.
  const tables = db
    .prepare(
      `SELECT name, iif(wr, (SELECT '"' || name || '"' FROM pragma_table_info(list.name) WHERE pk = 1), 'rowid') AS key
         FROM pragma_table_list AS list WHERE schema = 'main' AND type = 'table'`,
    )
    .all() as { name: string; key: string }[]
  for (const { name, key } of tables) db.prepare(`SELECT 1 FROM "${name}" ORDER BY ${key} DESC LIMIT 1`).get()
}

/** Throws STORE_CORRUPT for a database of another program. */
export function checkOwner(db: Database, file: string): void {
  const owner = db.pragma('application_id', { simple: true })
  const objects = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()
  if (owner !== BigInt(applicationId) && (owner !== 0n || objects !== 0n)) {
    throw new SpanlightError('STORE_CORRUPT', `${file} is a database of another program. Choose another file.`)
  }
}

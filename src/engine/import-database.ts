/** Reads a session among imported files: it is put on disk beside the database first, because SQLite needs all of it at hand. */

import { readdirSync, rmSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SpanlightError } from '#shared/contract/errors.ts'
import { exportSelectionSchema, noRedaction } from '#shared/contract/exports.ts'
import { exportPieces } from './export/export-pieces.ts'
import { OtlpBatches } from './export/otlp-batches.ts'
import { recordsOf } from './export/records-of-batch.ts'
import { Redactor } from './export/redactor.ts'
import { UnreadablePart } from './import/broken-import.ts'
import type { ByteStream, Peeked } from './import/byte-source.ts'
import type { DatabasePiece } from './import/database-part.ts'
import { applicationId, openReader, openWriter, type ReadDb } from './store/database.ts'
import { storedNotes } from './store/merge-notes.ts'
import { schemaVersion } from './store/migrate.ts'
import { storeErrorOf } from './store/store-error.ts'

/** Far beyond what a session is kept at, so that nobody fills a disk by mistake. */
const maxBytes = 64 * 1024 ** 3
/** Where SQLite's header has its numbers. */
const Header = { userVersion: 60, applicationId: 68, length: 100 } as const

const damaged =
  'the session is damaged or cut short. Save what can be read with spanlight recover FILE -o NEW.db, and import NEW.db'

/** Whatever is read of a session. */
const tables = [
  'service',
  'resource',
  'scope',
  'operation',
  'trace',
  'span',
  'log_record',
  'metric',
  'series',
  'point',
].concat('exemplar', 'note')

/** Throws `UnreadablePart` for what is no whole session, TOO_LARGE, DISK_FULL. */
export async function* readDatabase(databasePath: string, { head, all }: Peeked): AsyncGenerator<DatabasePiece> {
  refuseForeign(head)
  const folder = await orDiskTrouble(databasePath, () => mkdtemp(spoolPrefix(databasePath)))
  try {
    const file = join(folder, 'session.db')
    await spool(all, file, databasePath)
    yield* pieces(file, databasePath)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a process that was killed left behind. Nothing may be imported into this database. */
export function clearSpools(databasePath: string): void {
  const folder = dirname(databasePath)
  const prefix = basename(spoolPrefix(databasePath))
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true })
    }
  } catch {
    // What can't be removed costs space and keeps nobody from importing.
  }
}

function spoolPrefix(databasePath: string): string {
  return `${databasePath}.import-`
}

/** Before a byte of it is kept. */
function refuseForeign(head: Buffer): void {
  if (head.length < Header.length) throw new UnreadablePart('it is a SQLite database that is cut off in its header')
  if (head.readUInt32BE(Header.applicationId) !== applicationId) {
    throw new UnreadablePart('it is a SQLite database of another program, not a Spanlight session')
  }
  const version = head.readUInt32BE(Header.userVersion)
  if (version > schemaVersion) {
    throw new UnreadablePart(
      `the session was made by a newer Spanlight (schema ${version}, this one knows ${schemaVersion}). ` +
        'Update Spanlight and import it again',
    )
  }
}

async function spool(bytes: ByteStream, file: string, databasePath: string): Promise<void> {
  const handle = await orDiskTrouble(databasePath, () => open(file, 'wx', 0o600))
  try {
    let size = 0
    for await (const chunk of bytes) {
      size += chunk.length
      if (size > maxBytes) {
        throw new SpanlightError('TOO_LARGE', 'The session is larger than 64 GiB. Open it by itself instead.')
      }
      await orDiskTrouble(databasePath, () => written(handle, chunk))
    }
  } finally {
    await handle.close()
  }
}

async function written(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await handle.write(chunk, at)).bytesWritten
}

async function orDiskTrouble<T>(databasePath: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw diskTrouble(databasePath, error instanceof Error ? error.message : String(error))
  }
}

function diskTrouble(databasePath: string, why: string): SpanlightError {
  return new SpanlightError(
    'DISK_FULL',
    `A session is put on disk while it is imported, and that failed in ${dirname(databasePath)}: ${why}. ` +
      'Free some space there and import it again.',
  )
}

/** A view in the place of a table could make rows without end. */
function refuseOdd(db: ReadDb): void {
  const found = db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").pluck().all()
  if (!tables.every((name) => found.includes(name))) throw new UnreadablePart(damaged)
}

async function* pieces(file: string, databasePath: string): AsyncGenerator<DatabasePiece> {
  try {
    // It is our own copy: one of an older Spanlight is brought up to date.
    openWriter(file, { durable: false }).close()
    const db = openReader(file)
    try {
      refuseOdd(db)
      const redactor = new Redactor(noRedaction, new Uint8Array(0))
      const signals = { traces: true, logs: 'filtered', metrics: true } as const
      const context = { db, signal: new AbortController().signal }
      const selection = exportSelectionSchema.parse({})
      const batches = new OtlpBatches()
      for await (const piece of exportPieces(context, { selection, signals, redactor, apart: false })) {
        for (const batch of batches.add(piece)) yield recordsOf(batch)
      }
      for (const batch of batches.rest()) yield recordsOf(batch)
      for (const notes of storedNotes(db)) yield { notes }
    } finally {
      db.close()
    }
  } catch (error) {
    const known = storeErrorOf(error, file)
    if (known instanceof SpanlightError && known.code === 'DISK_FULL') {
      throw diskTrouble(databasePath, 'the disk is full, or refuses to read or write')
    }
    throw new UnreadablePart(damaged)
  }
}

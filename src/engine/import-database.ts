/** Reads a session among imported files: it is put on disk beside the database first, because SQLite needs all of it at hand. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { exportSelectionSchema, noRedaction } from '#shared/contract/exports.ts'
import { refusalReasons } from '#shared/contract/imports.ts'
import { exportPieces } from './export/export-pieces.ts'
import { OtlpBatches } from './export/otlp-batches.ts'
import { recordsOf } from './export/records-of-batch.ts'
import { Redactor } from './export/redactor.ts'
import { UnreadablePart } from './import/broken-import.ts'
import type { Peeked } from './import/byte-source.ts'
import type { DatabasePiece } from './import/database-part.ts'
import { FileSpool, spoolTrouble } from './import-spool.ts'
import { applicationId, openReader, openWriter, type ReadDb } from './store/database.ts'
import { storedNotes } from './store/merge-notes.ts'
import { schemaVersion } from './store/migrate.ts'
import { storeErrorOf } from './store/store-error.ts'

/** Where SQLite's header has its numbers. */
const Header = { userVersion: 60, applicationId: 68, length: 100 } as const

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
  const spool = new FileSpool(databasePath)
  try {
    for await (const chunk of all) spool.write(chunk)
    yield* pieces(spool.path, databasePath)
  } finally {
    spool.close()
  }
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

/** A view in the place of a table could make rows without end. */
function refuseOdd(db: ReadDb): void {
  const found = db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").pluck().all()
  if (!tables.every((name) => found.includes(name))) throw new UnreadablePart(refusalReasons.damagedSession)
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
      throw spoolTrouble(databasePath, 'the disk is full, or refuses to read or write')
    }
    throw new UnreadablePart(refusalReasons.damagedSession)
  }
}

/** An export without an engine, for the command line: reads the file while another Spanlight may be writing it. */

import { randomBytes } from 'node:crypto'
import type { ExportRequest, Redaction } from '#shared/contract/exports.ts'
import { exportChunks } from './export/export-run.ts'
import type { ExportTally } from './export/export-tally.ts'
import { Redactor } from './export/redactor.ts'
import { readSettings } from './queries/settings.ts'
import { openReader } from './store/database.ts'
import { storeErrorOf } from './store/store-error.ts'

export interface ExportOptions {
  /** Beside the redaction of the request, or that kept in the database. */
  readonly alsoRedact: Pick<Redaction, 'names' | 'patterns'>
  readonly tally: ExportTally
  readonly signal: AbortSignal
}

/** Errors: NOT_FOUND for a database or trace that isn't there, BAD_INPUT, CANCELLED, and what keeps a file from being read. */
export async function* exportDatabase(
  databasePath: string,
  request: ExportRequest,
  { alsoRedact, tally, signal }: ExportOptions,
): AsyncGenerator<Uint8Array> {
  const db = openReader(databasePath)
  try {
    const { rules, names, patterns } = request.redaction ?? readSettings({ db, signal }, undefined).redaction
    const redaction = {
      rules,
      names: [...names, ...alsoRedact.names],
      patterns: [...patterns, ...alsoRedact.patterns],
    }
    const redactor = new Redactor(redaction, randomBytes(32))
    yield* exportChunks({ db, signal }, request, { redactor, tally })
  } catch (error) {
    throw storeErrorOf(error, databasePath)
  } finally {
    db.close()
  }
}

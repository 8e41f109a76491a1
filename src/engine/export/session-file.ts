/** A selection as a session of its own: a database that Spanlight opens like any other, redacted, with the notes on its traces. */

import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExportSelection } from '#shared/contract/exports.ts'
import type { NoteRecord } from '#shared/model/note-record.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { QueryContext } from '../queries/context.ts'
import { listNotes } from '../queries/notes.ts'
import { openWriter } from '../store/database.ts'
import { storeErrorOf } from '../store/store-error.ts'
import { StoreWriter } from '../store/write.ts'
import { exportPieces } from './export-pieces.ts'
import type { ExportTally } from './export-tally.ts'
import { type OtlpBatch, OtlpBatches } from './otlp-batches.ts'
import { recordsOf } from './records-of-batch.ts'
import type { Redactor } from './redactor.ts'
import type { SelectedSignals } from './selected-signals.ts'

export interface SessionFileOptions {
  readonly selection: ExportSelection
  readonly signals: SelectedSignals
  readonly redactor: Redactor
  readonly tally: ExportTally
}

const nothing = new Uint8Array(0)

/**
 * A database can't be written front to back: it is made in the system's folder for temporary files first, while empty chunks tell
 * that work goes on. Errors: DISK_FULL, CANCELLED, and those of the selection.
 */
export async function* sessionFile(context: QueryContext, options: SessionFileOptions): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'spanlight-export-'))
  const file = join(folder, 'session.db')
  try {
    yield* filled(context, file, options)
    if (options.tally.isEmpty) return
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      const bytes = chunk as Buffer
      options.tally.bytes += bytes.length
      yield bytes
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* filled(
  context: QueryContext,
  file: string,
  { selection, signals, redactor, tally }: SessionFileOptions,
): AsyncGenerator<Uint8Array> {
  const db = openWriter(file, { durable: false })
  try {
    const store = new StoreWriter(db)
    const batches = new OtlpBatches()
    const traceIds: string[] = []
    const onTraces = (ids: { readonly count: number; readonly spanCount: number }): void => {
      tally.selected = { traces: ids.count, spans: ids.spanCount }
    }
    for await (const piece of exportPieces(context, { selection, signals, redactor, apart: false, onTraces })) {
      for (const batch of batches.add(piece)) {
        store.transaction(() => write(store, batch))
        tally.redacted = redactor.found
        yield nothing
      }
      if (piece.kind === 'trace' && piece.last) traceIds.push(piece.traceId)
      tally.note(piece)
    }
    store.transaction(() => {
      for (const batch of batches.rest()) write(store, batch)
    })
    store.transaction(() => {
      for (const notes of notesOn(context, traceIds, redactor)) store.writeNotes(notes)
    })
    tally.redacted = redactor.found
    // One file, without a log beside it.
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    throw storeErrorOf(error, file)
  } finally {
    db.close()
  }
}

function write(store: StoreWriter, batch: OtlpBatch): void {
  const now = fromUnixMillis(Date.now())
  const { traces, logs, metrics } = recordsOf(batch)
  if (traces) store.writeTraces([traces], now)
  if (logs) store.writeLogs([logs], now)
  if (metrics) store.writeMetrics([metrics], now)
}

/** As they were written, when and on what, whether or not the selection has it. */
function* notesOn(context: QueryContext, traceIds: readonly string[], redactor: Redactor): Generator<NoteRecord[]> {
  const noted = context.db.prepare('SELECT 1 FROM note WHERE trace_id = ?').pluck()
  for (const traceId of traceIds) {
    const id = Buffer.from(traceId, 'hex')
    if (noted.get(id) === undefined) continue
    yield listNotes(context, { traceId }).notes.map((note) => ({
      traceId: id,
      spanId: note.spanId === null ? null : Buffer.from(note.spanId, 'hex'),
      at: BigInt(note.atUnixNano),
      end: null,
      about: redactor.text('note', note.about),
      text: redactor.text('note', note.text),
      created: BigInt(note.createdUnixNano),
      changed: BigInt(note.changedUnixNano),
    }))
  }
}

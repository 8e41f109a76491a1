/** Notes of another session: read in pieces, and added here unless the same is noted already. */

import type { NoteRecord } from '#shared/model/note-record.ts'
import type { ReadDb, WriteDb } from './database.ts'
import { maxNotes } from './write-notes.ts'

/** Texts of notes may be long. */
const pieceNotes = 50
export function* storedNotes(db: ReadDb): Generator<NoteRecord[]> {
  const read = db.prepare(
    `SELECT id, trace_id AS traceId, span_id AS spanId, at_unix_nano AS at, end_unix_nano AS end, about, text,
            created_unix_nano AS created, changed_unix_nano AS changed
       FROM note WHERE id > ? ORDER BY id LIMIT ${pieceNotes}`,
  )
  for (let last: bigint | undefined = 0n; last !== undefined; ) {
    const notes = read.all(last) as (NoteRecord & { readonly id: bigint })[]
    if (notes.length > 0) yield notes
    last = notes.at(-1)?.id
  }
}

/** Within the caller's transaction. Answers how many were left out because a session holds no more. */
export function mergeNotes(db: WriteDb, notes: readonly NoteRecord[]): number {
  if (notes.length === 0) return 0
  const isNoted = db
    .prepare(
      `SELECT 1 FROM note WHERE trace_id IS @traceId AND span_id IS @spanId AND at_unix_nano = @at AND end_unix_nano IS @end
                            AND text = @text`,
    )
    .pluck()
  const add = db.prepare(
    `INSERT INTO note (trace_id, span_id, at_unix_nano, end_unix_nano, about, text, created_unix_nano, changed_unix_nano)
     VALUES (@traceId, @spanId, @at, @end, @about, @text, @created, @changed)`,
  )
  let room = maxNotes - Number(db.prepare('SELECT count(*) FROM note').pluck().get())
  let leftOut = 0
  for (const note of notes) {
    if (isNoted.get(note) !== undefined) continue
    if (room-- > 0) add.run(note)
    else leftOut++
  }
  return leftOut
}

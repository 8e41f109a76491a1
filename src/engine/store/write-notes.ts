/** Notes at rest: written with what they are about, so that they can be read when that was pruned. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { fromHex } from '#shared/model/ids.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { WriteDb } from './database.ts'

/** Written by hand: this many would mean that a program writes them. */
export const maxNotes = 10_000
const maxAboutLength = 300

/** A trace, a span of it, or a time. */
export type NoteSubject =
  | { readonly traceId: string; readonly spanId?: string | undefined }
  | { readonly atUnixNano: string; readonly endUnixNano?: string | undefined }

export type NoteCommand =
  | { readonly name: 'addNote'; readonly subject: NoteSubject; readonly text: string }
  | { readonly name: 'editNote'; readonly id: number; readonly text: string }
  | { readonly name: 'removeNote'; readonly id: number }

export function isNoteCommand(command: { readonly name: string }): command is NoteCommand {
  return command.name === 'addNote' || command.name === 'editNote' || command.name === 'removeNote'
}

/** Within the caller's transaction. Throws NOT_FOUND, BAD_INPUT, TOO_LARGE. */
export function runNoteCommand(db: WriteDb, command: NoteCommand): void {
  const now = fromUnixMillis(Date.now())
  if (command.name === 'addNote') {
    addNote(db, command.subject, command.text, now)
    return
  }
  const { changes } =
    command.name === 'editNote'
      ? db.prepare('UPDATE note SET text = ?, changed_unix_nano = ? WHERE id = ?').run(command.text, now, command.id)
      : db.prepare('DELETE FROM note WHERE id = ?').run(command.id)
  if (changes === 0) throw new SpanlightError('NOT_FOUND', 'This note is gone: it was deleted elsewhere.')
}

function addNote(db: WriteDb, subject: NoteSubject, text: string, now: bigint): void {
  const count = db.prepare('SELECT count(*) FROM note').pluck().get() as bigint
  if (count >= BigInt(maxNotes)) {
    throw new SpanlightError('TOO_LARGE', `A session holds ${maxNotes} notes at most. Delete some first.`)
  }
  const { traceId, spanId, at, end, about } = 'traceId' in subject ? aboutTrace(db, subject) : aboutTime(subject)
  db.prepare(
    `INSERT INTO note (trace_id, span_id, at_unix_nano, end_unix_nano, about, text, created_unix_nano, changed_unix_nano)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(traceId, spanId, at, end, about.slice(0, maxAboutLength), text, now, now)
}

interface About {
  readonly traceId: Uint8Array | null
  readonly spanId: Uint8Array | null
  readonly at: bigint
  readonly end: bigint | null
  readonly about: string
}

function aboutTime({ atUnixNano, endUnixNano }: Exclude<NoteSubject, { traceId: string }>): About {
  const at = BigInt(atUnixNano)
  const end = endUnixNano === undefined ? null : BigInt(endUnixNano)
  if (end !== null && end < at) throw new SpanlightError('BAD_INPUT', 'The note ends before it starts.')
  return { traceId: null, spanId: null, at, end, about: '' }
}

interface SubjectRow {
  readonly at: bigint
  readonly service: string
  readonly name: string
}

const traceSubject = `
  SELECT trace.start_unix_nano AS at, service.name AS service, operation.name AS name
    FROM trace
    JOIN operation ON operation.id = trace.root_operation_id
    JOIN service ON service.id = operation.service_id
   WHERE trace.trace_id = ?`
const spanSubject = `
  SELECT span.start_unix_nano AS at, service.name AS service, operation.name AS name
    FROM span
    JOIN operation ON operation.id = span.operation_id
    JOIN service ON service.id = operation.service_id
   WHERE span.trace_id = ? AND span.span_id = ?
   ORDER BY span.twin
   LIMIT 1`

function aboutTrace(db: WriteDb, subject: Extract<NoteSubject, { traceId: string }>): About {
  const traceId = fromHex(subject.traceId) ?? null
  const spanId = subject.spanId === undefined ? null : (fromHex(subject.spanId) ?? null)
  const row = (
    spanId === null ? db.prepare(traceSubject).get(traceId) : db.prepare(spanSubject).get(traceId, spanId)
  ) as SubjectRow | undefined
  if (!row) {
    const what = spanId === null ? `trace ${subject.traceId}` : `span ${subject.spanId} of trace ${subject.traceId}`
    throw new SpanlightError('NOT_FOUND', `There is no ${what} in this session, so the note was not kept.`)
  }
  return { traceId, spanId, at: row.at, end: null, about: `${row.service}: ${row.name}` }
}

/** Notes on traces, spans and times, and which traces have any. */

import type { Note } from '#shared/contract/notes.ts'
import { toHex } from '#shared/model/ids.ts'
import { maxUnixNano } from '#shared/model/time.ts'
import type { QueryContext } from './context.ts'

const maxListed = 1_000

interface NoteRow {
  readonly id: bigint
  readonly trace_id: Buffer | null
  readonly span_id: Buffer | null
  readonly at_unix_nano: bigint
  readonly end_unix_nano: bigint | null
  readonly about: string
  readonly text: string
  readonly created_unix_nano: bigint
  readonly changed_unix_nano: bigint
  readonly stored: bigint
}

export interface NoteFilter {
  readonly traceId?: string | undefined
  readonly start?: string | undefined
  readonly end?: string | undefined
}

const columns =
  'note.*, trace_id IS NULL OR EXISTS (SELECT 1 FROM trace WHERE trace.trace_id = note.trace_id) AS stored'

/** Of one trace in order of writing; else those of the range, newest time first. */
export function listNotes(
  { db }: QueryContext,
  { traceId, start, end }: NoteFilter,
): { notes: Note[]; noteCount: number } {
  const range = { start: BigInt(start ?? 0), end: end === undefined ? maxUnixNano : BigInt(end) }
  const within = 'at_unix_nano < @end AND (at_unix_nano >= @start OR end_unix_nano >= @start)'
  const [where, order, bound] =
    traceId === undefined
      ? ([within, 'at_unix_nano DESC, id DESC', range] as const)
      : ([`trace_id = @traceId AND ${within}`, 'id', { ...range, traceId: Buffer.from(traceId, 'hex') }] as const)
  const rows = db
    .prepare(`SELECT ${columns} FROM note WHERE ${where} ORDER BY ${order} LIMIT ${maxListed}`)
    .all(bound) as NoteRow[]
  const count = db.prepare(`SELECT count(*) FROM note WHERE ${where}`).pluck().get(bound)
  return { notes: rows.map(toNote), noteCount: Number(count) }
}

export function listNotedTraces(
  { db }: QueryContext,
  _input: undefined,
): { traces: { traceId: string; count: number }[] } {
  const rows = db
    .prepare('SELECT trace_id, count(*) AS count FROM note WHERE trace_id IS NOT NULL GROUP BY trace_id')
    .all() as { trace_id: Buffer; count: bigint }[]
  return { traces: rows.map(({ trace_id, count }) => ({ traceId: toHex(trace_id), count: Number(count) })) }
}

function toNote(row: NoteRow): Note {
  return {
    id: Number(row.id),
    traceId: row.trace_id === null ? null : toHex(row.trace_id),
    spanId: row.span_id === null ? null : toHex(row.span_id),
    atUnixNano: row.at_unix_nano.toString(),
    endUnixNano: row.end_unix_nano === null ? null : row.end_unix_nano.toString(),
    about: row.about,
    text: row.text,
    createdUnixNano: row.created_unix_nano.toString(),
    changedUnixNano: row.changed_unix_nano.toString(),
    stored: row.stored === 1n,
  }
}

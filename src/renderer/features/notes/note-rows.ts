/** Notes as the list of them tells them: what each is about, and where that can be seen. */

import type { Note } from '#shared/contract/notes.ts'
import { exactInstant, formatInstant } from '../../ui/format.ts'
import { printableLine } from '../../ui/printable.ts'

/** Shown around a moment, so that its mark stands in the middle of the charts. */
const aroundNs = 150_000_000_000n

export type NotePlace =
  | { readonly to: 'trace'; readonly traceId: string; readonly spanId: string | undefined }
  | { readonly to: 'time'; readonly start: string; readonly end: string }
  /** Its trace was deleted. */
  | { readonly to: 'gone'; readonly traceId: string }

export interface NoteRow {
  readonly note: Note
  readonly kind: 'Trace' | 'Span' | 'Time'
  readonly about: string
  readonly when: string
  readonly exactWhen: string
  readonly place: NotePlace
}

export function noteRows(notes: readonly Note[], today: Date): readonly NoteRow[] {
  return notes.map((note) => {
    const when = clock(note.atUnixNano, today)
    const until = note.endUnixNano === null ? '' : ` to ${clock(note.endUnixNano, today)}`
    return {
      note,
      kind: note.traceId === null ? 'Time' : note.spanId === null ? 'Trace' : 'Span',
      about: note.traceId === null ? `${when}${until}` : printableLine(note.about, 200),
      when,
      exactWhen: exactInstant(note.atUnixNano),
      place: placeOf(note),
    }
  })
}

function placeOf({ traceId, spanId, atUnixNano, endUnixNano, stored }: Note): NotePlace {
  if (traceId !== null) {
    return stored ? { to: 'trace', traceId, spanId: spanId ?? undefined } : { to: 'gone', traceId }
  }
  const at = BigInt(atUnixNano)
  const start = at > aroundNs ? at - aroundNs : 0n
  return { to: 'time', start: String(start), end: String(BigInt(endUnixNano ?? atUnixNano) + aroundNs) }
}

function clock(instant: string, today: Date): string {
  return formatInstant(instant, today).replace(/\.\d+$/, '')
}

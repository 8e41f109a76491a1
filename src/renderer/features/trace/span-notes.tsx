/** Notes on the selected span, among its details. */

import { useChangeNotes, useTraceNotes } from '../../client/notes.ts'
import { NoteList } from '../../ui/note-list.tsx'
import { DetailSection } from './detail-section.tsx'

export interface SpanNotesProps {
  readonly traceId: string
  readonly spanId: string
}

export function SpanNotes({ traceId, spanId }: SpanNotesProps) {
  const notes = useTraceNotes(traceId).filter((note) => note.spanId === spanId)
  const change = useChangeNotes()
  if (notes.length === 0 && change === undefined) return null
  return (
    <DetailSection title="Notes" {...(notes.length > 0 ? { count: notes.length } : {})}>
      <NoteList
        label="Notes on this span"
        notes={notes}
        changes={change && { ...change, add: (text) => change.add({ traceId, spanId }, text) }}
      />
    </DetailSection>
  )
}

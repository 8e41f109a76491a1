/** Notes on the trace as a whole: behind a button in its head line, and bare where the trace itself is gone. */

import { Popover, UnstyledButton } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import { useState } from 'react'
import { useChangeNotes, useTraceNotes } from '../../client/notes.ts'
import { formatQuantity } from '../../ui/format.ts'
import { NoteList } from '../../ui/note-list.tsx'
import styles from './trace-notes.module.css'

export function TraceNotes({ traceId }: { readonly traceId: string }) {
  const [isOpen, setOpen] = useState(false)
  const all = useTraceNotes(traceId)
  const notes = all.filter(({ spanId }) => spanId === null)
  const change = useChangeNotes()
  if (all.length === 0 && change === undefined) return null
  const onSpans = all.length - notes.length
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={380} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={(all.length > 0 ? styles.some : styles.none) ?? ''}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconNote size={14} aria-hidden="true" />
          {all.length === 0 ? 'Add a note' : formatQuantity(all.length, 'note')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown ?? ''}>
        <NoteList
          label="Notes on this trace"
          notes={notes}
          startsOpen={all.length === 0}
          changes={change && { ...change, add: (text) => change.add({ traceId }, text) }}
        />
        {onSpans > 0 ? (
          <p className={styles.spans}>{formatQuantity(onSpans, 'note')} on spans: marked in the waterfall.</p>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

/** What was written about a trace that is not stored any more. */
export function GoneTraceNotes({ traceId }: { readonly traceId: string }) {
  const notes = useTraceNotes(traceId)
  const change = useChangeNotes()
  if (notes.length === 0) return null
  return (
    <section className={styles.gone}>
      <h2 className={styles.title}>Notes on {notes[0]?.about}</h2>
      {notes.map((note) => (
        <NoteList
          key={note.id}
          label={note.spanId === null ? 'Note on the trace' : `Note on ${note.about}`}
          notes={[note]}
          changes={change && { edit: change.edit, remove: change.remove }}
        />
      ))}
    </section>
  )
}

/** Every note of the session, newest first by the time it is about, each with the way to it. */

import { IconNote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { orpc } from '../../client/api.ts'
import { live } from '../../client/live.ts'
import { type ChangeNotes, useChangeNotes } from '../../client/notes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCount, formatQuantity } from '../../ui/format.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { NoteList } from '../../ui/note-list.tsx'
import { type NoteRow, noteRows } from './note-rows.ts'
import styles from './notes-view.module.css'

export function NotesView() {
  const query = useQuery({ ...orpc.notes.list.queryOptions({ input: {} }), ...live })
  const change = useChangeNotes()
  const today = new Date().toDateString()
  const rows = useMemo(() => noteRows(query.data?.notes ?? [], new Date(today)), [query.data, today])
  const count = query.data?.noteCount ?? 0
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>Notes</h1>
        {count > 0 ? <span className="muted">{formatQuantity(count, 'note')}</span> : null}
      </header>
      <Loaded query={query} rows={6} label="Loading the notes">
        {() =>
          rows.length === 0 ? (
            <EmptyState icon={<IconNote size={24} />} title="No notes yet">
              Write one on a trace (in its head line), on a span (in its details) or on a time (Mark this moment, on the
              Overview). They are kept in this session's file.
            </EmptyState>
          ) : (
            <>
              <ul className={styles.list} aria-label="Notes">
                {rows.map((row) => (
                  <Row key={row.note.id} row={row} change={change} />
                ))}
              </ul>
              {count > rows.length ? <p className="muted">The newest {formatCount(rows.length)} are shown.</p> : null}
            </>
          )
        }
      </Loaded>
    </div>
  )
}

function Row({ row, change }: { readonly row: NoteRow; readonly change: ChangeNotes | undefined }) {
  const { note, kind, about, when, exactWhen } = row
  return (
    <li className={styles.row}>
      <div className={styles.subject}>
        <span className={styles.kind}>{kind}</span>
        <Place row={row}>{about === '' ? '(no name)' : about}</Place>
        {kind === 'Time' ? null : (
          <span className={styles.when} title={exactWhen}>
            {when}
          </span>
        )}
      </div>
      <NoteList
        label={`Note on ${about}`}
        notes={[note]}
        changes={change && { edit: change.edit, remove: change.remove }}
      />
    </li>
  )
}

function Place({ row: { place }, children }: { readonly row: NoteRow; readonly children: string }) {
  if (place.to === 'time')
    return (
      <Link to="/overview" search={{ start: place.start, end: place.end }} className={styles.link ?? ''}>
        {children}
      </Link>
    )
  return (
    <>
      <Link
        to="/traces/$traceId"
        params={{ traceId: place.traceId }}
        search={place.to === 'trace' && place.spanId !== undefined ? { span: place.spanId } : {}}
        className={styles.link ?? ''}
      >
        {children}
      </Link>
      {place.to === 'gone' ? <span className={styles.gone}>trace deleted</span> : null}
    </>
  )
}

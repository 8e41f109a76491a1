/** Notes under each other, with what it takes to write, change and delete them where that may be done. */

import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { errorText } from './error-text.ts'
import { exactInstant, formatInstant } from './format.ts'
import styles from './note-list.module.css'

const maxLength = 4_000

export interface NoteItem {
  readonly id: number
  readonly text: string
  readonly createdUnixNano: string
  readonly changedUnixNano: string
}

/** Each rejects with why it could not be done. */
export interface NoteChanges {
  /** Undefined where no more can be written. */
  readonly add?: (text: string) => Promise<unknown>
  readonly edit: (id: number, text: string) => Promise<unknown>
  readonly remove: (id: number) => Promise<unknown>
}

export interface NoteListProps {
  /** What they are notes on: `Notes on this span`. */
  readonly label: string
  readonly notes: readonly NoteItem[]
  /** Undefined where notes are only read. */
  readonly changes: NoteChanges | undefined
  /** The field for a new note is open at once. */
  readonly startsOpen?: boolean
}

type Open = { readonly at: 'new' } | { readonly at: 'edit' | 'remove'; readonly id: number } | undefined

export function NoteList({ label, notes, changes, startsOpen = false }: NoteListProps) {
  const [open, setOpen] = useState<Open>(startsOpen ? { at: 'new' } : undefined)
  const root = useRef<HTMLDivElement>(null)
  function close(): void {
    setOpen(undefined)
    // What had the focus goes: it stays here, not with the whole page and its keys.
    root.current?.focus({ preventScroll: true })
  }
  const isOpen = (at: 'edit' | 'remove', id: number): boolean => open?.at === at && 'id' in open && open.id === id
  return (
    <div ref={root} tabIndex={-1} className={styles.notes}>
      {notes.length === 0 ? null : (
        <ul className={styles.list} aria-label={label}>
          {notes.map((note) => (
            <li key={note.id} className={styles.note}>
              {changes !== undefined && isOpen('edit', note.id) ? (
                <NoteForm
                  label="Change the note"
                  text={note.text}
                  onSave={(text) => changes.edit(note.id, text)}
                  onClose={close}
                />
              ) : (
                <>
                  <p className={styles.text}>{note.text}</p>
                  <div className={styles.foot}>
                    <When note={note} />
                    {changes === undefined ? null : isOpen('remove', note.id) ? (
                      <Removal onRemove={() => changes.remove(note.id)} onClose={close} />
                    ) : (
                      <>
                        <button
                          type="button"
                          className={styles.link}
                          onClick={() => setOpen({ at: 'edit', id: note.id })}
                        >
                          Edit
                        </button>
                        <button
                          type="button"
                          className={styles.link}
                          onClick={() => setOpen({ at: 'remove', id: note.id })}
                        >
                          Delete
                        </button>
                      </>
                    )}
                  </div>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {changes?.add === undefined ? null : open?.at === 'new' ? (
        <NoteForm label="New note" text="" onSave={changes.add} onClose={close} />
      ) : (
        <div>
          <Button size="compact-xs" onClick={() => setOpen({ at: 'new' })}>
            Add a note
          </Button>
        </div>
      )}
    </div>
  )
}

function When({ note: { createdUnixNano: created, changedUnixNano: changed } }: { readonly note: NoteItem }) {
  const exact = `Written ${exactInstant(created)}${changed === created ? '' : `\nChanged ${exactInstant(changed)}`}`
  return (
    <span className={styles.when} title={exact}>
      {formatInstant(created).replace(/:\d\d\.\d+$/, '')}
      {changed === created ? '' : ', changed'}
    </span>
  )
}

interface NoteFormProps {
  readonly label: string
  readonly text: string
  readonly onSave: (text: string) => Promise<unknown>
  readonly onClose: () => void
}

function NoteForm({ label, text: before, onSave, onClose }: NoteFormProps) {
  const [text, setText] = useState(before)
  const { error, isPending, run } = useDoing(onClose)
  const canSave = text.trim() !== '' && text.trim() !== before && !isPending

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (canSave) run(onSave(text.trim()))
    } else if (event.key === 'Escape') {
      // The popover or pane around it stays.
      event.stopPropagation()
      onClose()
    }
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (canSave) run(onSave(text.trim()))
      }}
    >
      <Textarea
        aria-label={label}
        size="xs"
        autosize
        minRows={2}
        maxRows={12}
        autoFocus
        maxLength={maxLength}
        placeholder="What you found; Ctrl+Enter saves"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={error}
      />
      <div className={styles.actions}>
        <Button size="compact-xs" onClick={onClose}>
          Cancel
        </Button>
        <Button size="compact-xs" type="submit" variant="filled" disabled={!canSave} loading={isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}

function Removal({ onRemove, onClose }: { readonly onRemove: () => Promise<unknown>; readonly onClose: () => void }) {
  const { error, isPending, run } = useDoing(onClose)
  return (
    <span className={styles.removal}>
      {error === undefined ? 'Delete this note?' : <span className="bad">{error}</span>}
      <button type="button" className={styles.danger} disabled={isPending} onClick={() => run(onRemove())}>
        Delete
      </button>
      <button type="button" className={styles.link} onClick={onClose}>
        Keep
      </button>
    </span>
  )
}

/** Something under way: why it failed, or `onDone`. */
function useDoing(onDone: () => void): {
  readonly error: string | undefined
  readonly isPending: boolean
  readonly run: (work: Promise<unknown>) => void
} {
  const [error, setError] = useState<string>()
  const [isPending, setPending] = useState(false)
  return {
    error,
    isPending,
    run: (work) => {
      setPending(true)
      work.then(onDone, (reason: unknown) => {
        setPending(false)
        setError(reason instanceof Error ? reason.message : errorText(reason).title)
      })
    },
  }
}

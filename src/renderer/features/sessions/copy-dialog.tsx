/** Saves a copy of the open session while data comes in: how far it is, and a way to stop it. */

import { Checkbox, Progress, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, orpc } from '../../client/api.ts'
import { formatBytes, formatShare } from '../../ui/format.ts'
import { SessionDialogFrame } from './session-dialog.tsx'
import styles from './sessions-view.module.css'

export interface CopyDialogProps {
  readonly folder: string
  readonly suggested: string
  readonly onClose: () => void
  readonly onDone: (text: string) => void
}

export function CopyDialog({ folder, suggested, onClose, onDone }: CopyDialogProps) {
  const queryClient = useQueryClient()
  const [path, setPath] = useState(suggested)
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<unknown>(null)
  const [replace, setReplace] = useState(false)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const isTaken = isExisting(error)

  async function copy(): Promise<void> {
    const cancel = new AbortController()
    running.current = cancel
    setError(null)
    setShare(0)
    try {
      const events = await api.sessions.saveCopy({ path: path.trim(), replace }, { signal: cancel.signal })
      for await (const event of events) {
        if (event.type === 'progress') setShare(event.done / Math.max(1, event.total))
        else {
          onDone(`Saved ${event.path} (${formatBytes(event.bytes)}).`)
          await queryClient.invalidateQueries({ queryKey: orpc.sessions.key() })
        }
      }
    } catch (failure) {
      if (!cancel.signal.aborted) setError(failure)
    } finally {
      setShare(undefined)
    }
  }

  return (
    <SessionDialogFrame
      title="Save a copy"
      action={replace ? 'Replace' : 'Save'}
      canAct={path.trim() !== ''}
      isPending={share !== undefined}
      error={error}
      onAct={() => void copy()}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label="Save as"
        description={`One file that opens anywhere, with notes and saved views. A name alone lies in ${folder}.`}
        value={path}
        disabled={share !== undefined}
        onChange={(event) => {
          setPath(event.currentTarget.value)
          setReplace(false)
        }}
      />
      {isTaken || replace ? (
        <Checkbox
          label="Replace the file that is there"
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
      ) : null}
      {share === undefined ? null : (
        <div className={styles.progress}>
          <Progress value={share * 100} aria-label="Copied" />
          <span>{formatShare(share)} copied</span>
        </div>
      )}
    </SessionDialogFrame>
  )
}

function isExisting(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('data' in error)) return false
  const { data } = error
  return typeof data === 'object' && data !== null && 'exists' in data
}

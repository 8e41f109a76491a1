/** Saves a copy of the open session while data comes in: how far it is, and a way to stop it. */

import { Checkbox, Progress, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CopyEvent } from '#shared/contract/sessions.ts'
import { api } from '../../client/api.ts'
import { errorData } from '../../ui/error-text.ts'
import { formatBytes, formatShare } from '../../ui/format.ts'
import { SessionDialogFrame } from './session-dialog.tsx'
import styles from './sessions-view.module.css'
import { useSessionTask } from './use-session-task.ts'

export interface CopyDialogProps {
  readonly folder: string
  readonly suggested: string
  readonly onClose: () => void
  readonly onDone: (text: string) => void
}

export function CopyDialog({ folder, suggested, onClose, onDone }: CopyDialogProps) {
  const [path, setPath] = useState(suggested)
  const [replace, setReplace] = useState(false)
  const { share, error, run } = useSessionTask<Extract<CopyEvent, { type: 'done' }>>(({ path: saved, bytes }) =>
    onDone(`Saved ${saved} (${formatBytes(bytes)}).`),
  )
  const isTaken = 'exists' in errorData(error)

  return (
    <SessionDialogFrame
      title="Save a copy"
      action={replace ? 'Replace' : 'Save'}
      canAct={path.trim() !== ''}
      isPending={share !== undefined}
      error={error}
      onAct={() => run((signal) => api.sessions.saveCopy({ path: path.trim(), replace }, { signal }))}
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

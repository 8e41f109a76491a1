/** Saves what can be read of a damaged session into a new file beside it: how far it is, what was saved, and the way into it. */

import { Progress, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RecoverEvent } from '#shared/contract/sessions.ts'
import { api } from '../../client/api.ts'
import { formatShare } from '../../ui/format.ts'
import { SessionDialogFrame } from './session-dialog.tsx'
import { recoveredName, recoveryText } from './session-rows.ts'
import styles from './sessions-view.module.css'
import { useSessionTask } from './use-session-task.ts'
import { useSwitch } from './use-switch.ts'

type Recovered = Extract<RecoverEvent, { type: 'done' }>

export interface RecoverDialogProps {
  /** The damaged one. */
  readonly file: string
  readonly onClose: () => void
}

export function RecoverDialog({ file, onClose }: RecoverDialogProps) {
  const [newPath, setNewPath] = useState(recoveredName(file))
  const [recovered, setRecovered] = useState<Recovered>()
  const { share, error, run } = useSessionTask<Recovered>(setRecovered)
  const opening = useSwitch('/')
  if (recovered !== undefined) {
    return (
      <SessionDialogFrame
        title="Saved what can be read"
        action="Open it"
        dismissal="Close"
        canAct
        isPending={opening.isPending}
        error={opening.error}
        onAct={() => opening.run(() => api.sessions.open({ path: recovered.path, readOnly: false }))}
        onClose={onClose}
      >
        <p role="status" className={styles.notice}>
          {recoveryText(recovered)}
        </p>
        <p className={`mono ${styles.file}`}>{recovered.path}</p>
      </SessionDialogFrame>
    )
  }
  return (
    <SessionDialogFrame
      title="Save what can be read"
      action="Save"
      canAct={newPath.trim() !== ''}
      isPending={share !== undefined}
      error={error}
      onAct={() => run((signal) => api.sessions.recover({ path: file, newPath: newPath.trim() }, { signal }))}
      onClose={onClose}
    >
      <p className={styles.notice}>
        <span className="mono">{file}</span> is damaged. What can be read of it goes into a new file; the damaged one
        stays as it is.
      </p>
      <TextInput
        data-autofocus
        label="New file"
        value={newPath}
        disabled={share !== undefined}
        onChange={(event) => setNewPath(event.currentTarget.value)}
      />
      {share === undefined ? null : (
        <div className={styles.progress}>
          <Progress value={share * 100} aria-label="Saved" />
          <span>{formatShare(share)} read</span>
        </div>
      )}
    </SessionDialogFrame>
  )
}

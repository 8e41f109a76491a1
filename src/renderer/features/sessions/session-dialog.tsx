/** The frame of every dialog about sessions: fields, what went wrong, and its two buttons. */

import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { SessionFailure } from './session-failure.tsx'
import styles from './sessions-view.module.css'

export interface SessionDialogFrameProps {
  readonly title: string
  readonly action: string
  readonly canAct: boolean
  readonly isPending: boolean
  readonly error: unknown
  readonly dismissal?: string
  readonly onAct: () => void
  readonly onRecover?: (path: string) => void
  readonly onClose: () => void
  readonly children: ReactNode
}

export function SessionDialogFrame(props: SessionDialogFrameProps) {
  const { title, action, dismissal = 'Cancel', canAct, isPending, error, onAct, onRecover, onClose, children } = props
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (canAct && !isPending) onAct()
        }}
      >
        {children}
        <SessionFailure error={error} onRecover={onRecover} />
        <div className={styles.foot}>
          <Button onClick={onClose}>{dismissal}</Button>
          <Button type="submit" variant="filled" disabled={!canAct} loading={isPending}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

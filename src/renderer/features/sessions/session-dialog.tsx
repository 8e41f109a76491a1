/** The frame of every dialog about sessions: fields, what went wrong, and its two buttons. */

import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { errorText } from '../../ui/error-text.ts'
import styles from './sessions-view.module.css'

export interface SessionDialogFrameProps {
  readonly title: string
  readonly action: string
  readonly canAct: boolean
  readonly isPending: boolean
  readonly error: unknown
  readonly onAct: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

export function SessionDialogFrame(props: SessionDialogFrameProps) {
  const { title, action, canAct, isPending, error, onAct, onClose, children } = props
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
        {error === null || error === undefined ? null : (
          <p role="alert" className={styles.failed}>
            {error instanceof Error ? error.message : errorText(error).title}
          </p>
        )}
        <div className={styles.foot}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={!canAct} loading={isPending}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

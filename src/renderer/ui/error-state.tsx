/** A failed call, shown where its result would have been, with a retry where that may help. */

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './empty-state.module.css'
import { errorText } from './error-text.ts'

export interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry?: () => void
  /** Says more precisely than the code what is missing or failed, such as "This trace is not in the store". */
  readonly title?: string
  /** In place of the error's own message and advice. */
  readonly children?: ReactNode
}

export function ErrorState({ error, onRetry, title, children }: ErrorStateProps) {
  const text = errorText(error)
  const message = error instanceof Error ? error.message : ''
  return (
    <div className={styles.state} role="alert">
      <div className={styles.error} aria-hidden="true">
        <IconAlertTriangle size={20} />
      </div>
      <p className={styles.title}>{title ?? text.title}</p>
      <div className={styles.text}>
        {children ?? (
          <>
            {message} {text.advice}
          </>
        )}
      </div>
      {onRetry === undefined || !text.retry ? null : (
        <div className={styles.actions}>
          <Button leftSection={<IconRefresh size={14} />} onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
    </div>
  )
}

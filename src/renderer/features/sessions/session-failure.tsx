/** Why a session couldn't be opened, and the way on where its file is damaged. */

import { Button } from '@mantine/core'
import { errorData, errorText } from '../../ui/error-text.ts'
import styles from './sessions-view.module.css'

export interface SessionFailureProps {
  readonly error: unknown
  /** Offered for a file that is damaged. */
  readonly onRecover?: ((path: string) => void) | undefined
}

export function SessionFailure({ error, onRecover }: SessionFailureProps) {
  if (error === null || error === undefined) return null
  const { damaged } = errorData(error)
  return (
    <div role="alert" className={styles.failed}>
      <p>{error instanceof Error ? error.message : errorText(error).title}</p>
      {onRecover === undefined || typeof damaged !== 'string' ? null : (
        <Button onClick={() => onRecover(damaged)}>Save what can be read…</Button>
      )}
    </div>
  )
}

/** Says that the connection is lost, or that the engine can't store what it receives. */

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import { connection, useConnectionState } from '../../client/connection.ts'
import { useStatusValue } from '../../client/live.ts'
import styles from './frame.module.css'

export function ConnectionBanner() {
  const state = useConnectionState()
  const problem = useStatusValue((status) => status.problem)
  if (state === 'reconnecting')
    return (
      <div className={styles.banner} role="alert">
        <IconPlugConnectedX size={16} aria-hidden="true" />
        <span>
          The connection to Spanlight is lost; what you see is from before. Reconnecting… Is it still running in its
          terminal?
        </span>
        <Button onClick={connection.retryNow}>Retry now</Button>
      </div>
    )
  if (typeof problem === 'string')
    return (
      <div className={styles.problem} role="alert">
        <IconAlertTriangle size={16} aria-hidden="true" />
        <span>{problem}</span>
      </div>
    )
  return null
}

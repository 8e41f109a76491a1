/** Says that the connection is lost, or that the engine can't store what it receives; goes when that is over. */

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { connection, useConnectionState } from '../../client/connection.ts'
import { useStatusValue } from '../../client/live.ts'
import styles from './connection-banner.module.css'

export function ConnectionBanner() {
  const state = useConnectionState()
  const problem = useStatusValue((status) => status.problem)
  return (
    <>
      {state === 'reconnecting' ? (
        <Banner
          icon={<IconPlugConnectedX size={16} aria-hidden="true" />}
          title="The connection to Spanlight is lost."
          actions={<Button onClick={connection.retryNow}>Retry now</Button>}
        >
          What you see is from before. Reconnecting… Is it still running in its terminal?
        </Banner>
      ) : typeof problem === 'string' ? (
        <Banner icon={<IconAlertTriangle size={16} aria-hidden="true" />} title="Nothing can be stored now." isError>
          {problem} What was acknowledged before is safe; what arrives meanwhile is refused, and exporters are told to
          send it again.
        </Banner>
      ) : null}
    </>
  )
}

interface BannerProps {
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly isError?: boolean
}

function Banner({ icon, title, children, actions, isError = false }: BannerProps) {
  return (
    <div className={isError ? styles.error : styles.banner} role="alert">
      <span className={styles.icon}>{icon}</span>
      <span className={styles.text}>
        <strong>{title}</strong> {children}
      </span>
      {actions}
    </div>
  )
}

/** Says that the connection is lost or the engine was restarted, or that it can't store what it receives. */

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX, IconRefreshAlert } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { EngineState } from '#shared/contract/host.ts'
import { connection, useConnectionState } from '../../client/connection.ts'
import { host, useEngineState } from '../../client/host.ts'
import { useStatusValue } from '../../client/live.ts'
import styles from './connection-banner.module.css'

export function ConnectionBanner() {
  const state = useConnectionState()
  const problem = useStatusValue((status) => status.problem)
  return (
    <>
      {state === 'reconnecting' && host !== undefined ? (
        <Banner icon={<IconPlugConnectedX size={16} aria-hidden="true" />} title="Spanlight's engine stopped.">
          It is being started again. What you see is from before; what was acknowledged is stored.
        </Banner>
      ) : state === 'reconnecting' ? (
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
      ) : (
        <StartNotice />
      )}
    </>
  )
}

/** What the desktop app has to say about how the engine was started, until it is put away. */
function StartNotice() {
  const engine = useEngineState()
  const [seen, setSeen] = useState<EngineState>()
  if (engine?.kind !== 'running' || engine === seen) return null
  const { restarts, notices } = engine
  if (restarts === 0 && notices.length === 0) return null
  const icon = <IconRefreshAlert size={16} aria-hidden="true" />
  const dismiss = <Button onClick={() => setSeen(engine)}>Dismiss</Button>
  if (restarts === 0)
    return (
      <Banner icon={icon} title="Not everything is where exporters expect it." actions={dismiss}>
        {notices.join(' ')}
      </Banner>
    )
  return (
    <Banner icon={icon} title="Spanlight's engine was restarted." actions={dismiss}>
      It had stopped by itself. Nothing that was acknowledged is lost. {notices.join(' ')}
    </Banner>
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

/** What stands around every screen: the rail, the top bar, and what to know when the connection is gone. */

import type { ReactNode } from 'react'
import { useConnectionState } from '../../client/connection.ts'
import { useStatusValue } from '../../client/live.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import styles from './frame.module.css'
import { Rail } from './rail.tsx'
import { TopBar, type TopBarProps } from './top-bar.tsx'

export interface FrameProps extends TopBarProps {
  /** The screen. */
  readonly children: ReactNode
}

export function Frame({ children, onSearch, tools }: FrameProps) {
  const connection = useConnectionState()
  const isKnown = useStatusValue(() => true) ?? false
  if (connection === 'refused')
    return (
      <main className={styles.refused}>
        <EmptyState title="Spanlight was restarted">
          This page belongs to the run before. Open the new address printed in its terminal.
        </EmptyState>
      </main>
    )
  return (
    <div className={styles.frame}>
      <Rail />
      <div className={styles.column}>
        <TopBar onSearch={onSearch} tools={tools} />
        <ConnectionBanner />
        <main className={styles.main}>
          {isKnown ? children : <SkeletonRows rows={12} label="Connecting to Spanlight" />}
        </main>
      </div>
    </div>
  )
}

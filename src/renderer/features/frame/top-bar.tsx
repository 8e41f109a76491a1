/** The bar above every screen: what is looked at, where to go, and what comes in. */

import { IconSearch } from '@tabler/icons-react'
import { IngestStatus } from './ingest-status.tsx'
import { ServiceSelect } from './service-select.tsx'
import { SessionLink } from './session-link.tsx'
import { TimeRangeControl } from './time-range-control.tsx'
import styles from './top-bar.module.css'

const isApple = /mac|iphone|ipad/i.test(navigator.platform)

export interface TopBarProps {
  /** Opens the command palette. */
  readonly onSearch: () => void
}

export function TopBar({ onSearch }: TopBarProps) {
  return (
    <header className={styles.bar}>
      <TimeRangeControl />
      <ServiceSelect />
      <button
        type="button"
        className={styles.search}
        aria-label="Search or run a command"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={onSearch}
      >
        <IconSearch size={14} aria-hidden="true" />
        <span className="ellipsis">Search or run a command</span>
        <span className={`kbd ${styles.keys}`}>{isApple ? '⌘ K' : 'Ctrl K'}</span>
      </button>
      <div className={styles.end}>
        <SessionLink />
        <IngestStatus />
      </div>
    </header>
  )
}

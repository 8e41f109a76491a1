/** The bar above every screen: what is looked at, where to go, and what comes in. */

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconFileExport, IconFileImport, IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { openExport } from '../../client/export-offer.ts'
import { openFiles } from '../../client/imports.ts'
import { useStatusValue } from '../../client/live.ts'
import { IngestStatus } from './ingest-status.tsx'
import { ServiceSelect } from './service-select.tsx'
import { SessionLink } from './session-link.tsx'
import { TimeRangeControl } from './time-range-control.tsx'
import styles from './top-bar.module.css'

const isApple = /mac|iphone|ipad/i.test(navigator.platform)

export interface TopBarProps {
  /** Opens the command palette. */
  readonly onSearch: () => void
  /** Beside the filters that all screens share. */
  readonly tools?: ReactNode
}

export function TopBar({ onSearch, tools }: TopBarProps) {
  const isReadOnly = useStatusValue(({ state }) => state === 'read-only') ?? false
  return (
    <header className={styles.bar}>
      <TimeRangeControl />
      <ServiceSelect />
      {tools}
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
        {isReadOnly ? null : (
          <Tooltip label="Open a file, or drop it anywhere on the window">
            <ActionIcon aria-label="Open files" onClick={() => void openFiles()}>
              <IconFileImport size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Export what this screen shows">
          <ActionIcon aria-label="Export" onClick={() => openExport()}>
            <IconFileExport size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <SessionLink />
        <IngestStatus />
      </div>
    </header>
  )
}

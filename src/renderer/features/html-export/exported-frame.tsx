/** What stands around the screens of an exported file: what the file is, and light or dark. */

import { UnstyledButton } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { ExportManifest } from '#shared/contract/html-export.ts'
import { ColorSchemeControl } from '../../ui/color-scheme-control.tsx'
import { exactInstant, formatMinute } from '../../ui/format.ts'
import { AboutFile } from './about-file.tsx'
import { redactionSummary } from './about-text.ts'
import styles from './exported-frame.module.css'

export interface ExportedFrameProps {
  readonly manifest: ExportManifest
  /** The screen. */
  readonly children: ReactNode
}

export function ExportedFrame({ manifest, children }: ExportedFrameProps) {
  const [isAboutShown, setAboutShown] = useState(false)
  return (
    <div className={styles.frame}>
      <header className={styles.bar}>
        <span className={styles.brand}>
          <svg width="16" height="16" viewBox="0 0 18 18" aria-hidden="true">
            <rect x="1" y="2.5" width="12" height="3" rx="1.5" fill="var(--accent)" />
            <rect x="4" y="7.5" width="9" height="3" rx="1.5" fill="var(--p95)" />
            <rect x="8" y="12.5" width="9" height="3" rx="1.5" fill="var(--p50)" />
          </svg>
          Spanlight
        </span>
        <span className={styles.facts}>
          <span title={exactInstant(manifest.exportedUnixNano)}>
            Exported {formatMinute(manifest.exportedUnixNano, new Date(0))}
          </span>
          {' · '}
          {redactionSummary(manifest.redaction)}
        </span>
        <UnstyledButton className={styles.about ?? ''} onClick={() => setAboutShown(true)}>
          <IconInfoCircle size={14} stroke={1.6} aria-hidden="true" />
          About this file
        </UnstyledButton>
        <div className={styles.end}>
          <ColorSchemeControl />
        </div>
      </header>
      <main className={styles.main}>{children}</main>
      <AboutFile manifest={manifest} opened={isAboutShown} onClose={() => setAboutShown(false)} />
    </div>
  )
}

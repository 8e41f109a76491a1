/** One section of the Settings screen: its anchor, heading and what it is about. */

import type { ReactNode } from 'react'
import { type SectionId, sections } from './sections.ts'
import styles from './settings-view.module.css'

export interface SettingsSectionProps {
  readonly id: SectionId
  /** What a person should know, in a sentence or two. */
  readonly intro?: ReactNode
  readonly isDanger?: boolean
  readonly children: ReactNode
}

export function SettingsSection({ id, intro, isDanger = false, children }: SettingsSectionProps) {
  return (
    <section aria-labelledby={id} className={isDanger ? styles.danger : styles.section}>
      {/* Focusable, so that the keyboard goes on from here after a jump to it. */}
      <h2 id={id} tabIndex={-1} className={styles.heading}>
        {sections.find((section) => section.id === id)?.title}
      </h2>
      {intro === undefined ? null : <p className={styles.intro}>{intro}</p>}
      {children}
    </section>
  )
}

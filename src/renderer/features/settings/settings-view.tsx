/** The Settings screen: what a person can set, what is stored, what was lost. */

import { useDocumentTitle } from '@mantine/hooks'
import { useRef } from 'react'
import { AboutSection } from './about-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { DeleteSection } from './delete-section.tsx'
import { LossesSection } from './losses-section.tsx'
import { ReceiversSection } from './receivers-section.tsx'
import { RetentionSection } from './retention-section.tsx'
import { sections } from './sections.ts'
import styles from './settings-view.module.css'
import { StoredSection } from './stored-section.tsx'
import { useActiveSection } from './use-active-section.ts'
import { useAnchor } from './use-anchor.ts'

export function SettingsView() {
  useDocumentTitle('Settings · Spanlight')
  const scroller = useRef<HTMLDivElement>(null)
  const active = useActiveSection(scroller)
  useAnchor(scroller)
  return (
    <div className={styles.screen} ref={scroller}>
      <div className={styles.page}>
        <h1 className={styles.title}>Settings</h1>
        <nav aria-label="Sections" className={styles.sections}>
          <ul>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`} className={styles.anchor} aria-current={active === id ? 'location' : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.content}>
          <ReceiversSection />
          <RetentionSection />
          <StoredSection />
          <LossesSection />
          <AppearanceSection />
          <DeleteSection />
          <AboutSection />
        </div>
      </div>
    </div>
  )
}

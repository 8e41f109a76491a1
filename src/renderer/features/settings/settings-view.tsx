/** The Settings screen: what a person can set, what is stored, what was lost. */

import { useDocumentTitle, useScrollSpy } from '@mantine/hooks'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { AboutSection } from './about-section.tsx'
import { AppearanceSection } from './appearance-section.tsx'
import { DeleteSection } from './delete-section.tsx'
import { LossesSection } from './losses-section.tsx'
import { ReceiversSection } from './receivers-section.tsx'
import { RetentionSection } from './retention-section.tsx'
import { sections } from './sections.ts'
import styles from './settings-view.module.css'
import { StoredSection } from './stored-section.tsx'

export function SettingsView() {
  useDocumentTitle('Settings · Spanlight')
  const scroller = useRef<HTMLDivElement>(null)
  const hash = useLocation({ select: (location) => location.hash })
  const spy = useScrollSpy({ selector: `.${styles.heading}`, scrollHost: scroller, offset: 60 })
  useEffect(() => goTo(hash), [hash])
  return (
    <div className={styles.screen} ref={scroller}>
      <div className={styles.page}>
        <nav aria-label="Sections" className={styles.sections}>
          <ul>
            {sections.map(({ id, title }, index) => (
              <li key={id}>
                <Link
                  to="."
                  hash={id}
                  search={(search: object) => search}
                  className={styles.anchor}
                  aria-current={spy.active === index ? 'location' : undefined}
                  activeProps={{ 'aria-current': undefined }}
                  onClick={() => goTo(id)}
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.content}>
          <h1 className={styles.title}>Settings</h1>
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

function goTo(id: string): void {
  const heading = sections.some((section) => section.id === id) ? document.getElementById(id) : null
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

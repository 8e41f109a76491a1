/** A titled part of the span details. */

import type { ReactNode } from 'react'
import styles from './span-details.module.css'

export interface DetailSectionProps {
  readonly title: string
  readonly count?: number
  readonly children: ReactNode
}

export function DetailSection({ title, count, children }: DetailSectionProps) {
  return (
    <section className={styles.section}>
      <h3 className={styles.sectionTitle}>
        {title} {count === undefined ? null : <span className={styles.count}>{count}</span>}
      </h3>
      {children}
    </section>
  )
}

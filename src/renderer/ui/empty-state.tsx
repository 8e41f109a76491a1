/** Nothing to show: says why and what to do. */

import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

export interface EmptyStateProps {
  readonly title: string
  /** Why there is nothing, in a sentence. */
  readonly children?: ReactNode
  /** What can be done: buttons or links. */
  readonly actions?: ReactNode
  readonly icon?: ReactNode
}

export function EmptyState({ title, children, actions, icon }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {icon === undefined ? null : (
        <div className={styles.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <p className={styles.title}>{title}</p>
      {children === undefined ? null : <div className={styles.text}>{children}</div>}
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

/** A share as a bar in a cell of a table; the figure stands beside it. */

import styles from './share-bar.module.css'

export interface ShareBarProps {
  /** From 0 to 1. */
  readonly share: number
  readonly isError?: boolean
  readonly className?: string | undefined
}

export function ShareBar({ share, isError = false, className = '' }: ShareBarProps) {
  return (
    <span className={`${styles.track} ${className}`} aria-hidden="true">
      <span className={styles.bar} data-error={isError || undefined} style={{ width: `${share * 100}%` }} />
    </span>
  )
}

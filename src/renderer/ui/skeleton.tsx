/** Placeholders with the shape of what is being loaded. */

import { Skeleton } from '@mantine/core'
import styles from './skeleton.module.css'

export interface SkeletonRowsProps {
  readonly rows: number
  /** Height of one row in px. */
  readonly rowHeight?: number
  /** What is loading, for a screen reader. */
  readonly label: string
}

// Uneven widths look like text, and fixed ones don't dance when the component renders again.
const widths = [62, 48, 71, 55, 80, 44, 66, 58]

export function SkeletonRows({ rows, rowHeight = 28, label }: SkeletonRowsProps) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className={styles.row} style={{ height: rowHeight }}>
          <Skeleton height={9} width={`${widths[row % widths.length]}%`} radius="sm" />
        </div>
      ))}
    </div>
  )
}

/** The trace screen's shape while it loads. */

import { Skeleton } from '@mantine/core'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import headerStyles from './trace-header.module.css'
import { BackLink } from './trace-header.tsx'
import styles from './trace-view.module.css'
import { rowHeightPx } from './waterfall-row.tsx'

export function TraceSkeleton() {
  return (
    <div className={styles.screen}>
      <header className={headerStyles.header}>
        <BackLink />
        <Skeleton height={16} width={220} />
        <Skeleton height={12} width={260} />
      </header>
      <div className={styles.skeletonBar} />
      <div className={styles.skeletonMap}>
        <Skeleton height={40} />
      </div>
      <div className={styles.skeletonBody}>
        <SkeletonRows rows={16} rowHeight={rowHeightPx} label="Loading the trace" />
        <div className={styles.skeletonSide}>
          <SkeletonRows rows={10} label="Loading the span" />
        </div>
      </div>
    </div>
  )
}

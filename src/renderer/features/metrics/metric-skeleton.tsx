/** A metric that is being loaded, in the shape it will have. */

import { Skeleton } from '@mantine/core'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import frame from './chart-frame.module.css'
import styles from './metric-details.module.css'

export function MetricSkeleton() {
  return (
    <div className={styles.details}>
      <HeaderSkeleton />
      <div className={styles.toolbarSkeleton} />
      <ChartSkeleton />
    </div>
  )
}

export function HeaderSkeleton() {
  return (
    <div className={styles.headerSkeleton}>
      <Skeleton height={16} width={260} radius="sm" />
      <Skeleton height={10} width={380} radius="sm" />
    </div>
  )
}

export function ChartSkeleton() {
  return (
    <div className={frame.card}>
      <ChartCard title="Loading" height={236} isLoading>
        {null}
      </ChartCard>
      <SkeletonRows rows={4} label="Loading metric" />
    </div>
  )
}

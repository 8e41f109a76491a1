/** A card with a chart: a figure with its title, legend and controls, or in their place skeleton, error or emptiness. */

import { Skeleton } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { ErrorState } from '../error-state.tsx'
import styles from './chart-card.module.css'
import { ChartMenu } from './chart-menu.tsx'
import { ChartSheetContext, chartSheet } from './chart-sheet.ts'

export interface ChartCardProps {
  /** The figure's accessible name. */
  readonly title: string
  /** What the chart is of, where its title alone doesn't say: for files made of it. */
  readonly subject?: string
  /** What is counted and how, short. */
  readonly sub?: ReactNode
  /** The chart in words: range, latest values, highest point. */
  readonly description?: string
  readonly legend?: ReactNode
  readonly controls?: ReactNode
  /** Height of what stands below the title, in px, whatever it is: nothing jumps when data arrives. */
  readonly height: number
  readonly isLoading?: boolean
  readonly error?: unknown
  readonly onRetry?: () => void
  /** The chart, or why there is none. */
  readonly children: ReactNode
}

export function ChartCard(props: ChartCardProps) {
  const {
    title,
    subject,
    sub,
    description,
    legend,
    controls,
    height,
    isLoading = false,
    error,
    onRetry,
    children,
  } = props
  const id = useId()
  const [isDrawn, setDrawn] = useState(false)
  const [sheet] = useState(() => chartSheet(setDrawn))
  return (
    <figure className={styles.card} aria-labelledby={`${id}t`} aria-describedby={`${id}d`} aria-busy={isLoading}>
      <figcaption className={styles.head}>
        <h2 id={`${id}t`} className={styles.title}>
          {title}
        </h2>
        <span className={styles.sub}>{sub}</span>
        <div className={styles.end}>
          {legend}
          {controls}
          {isDrawn ? (
            <ChartMenu title={title} subject={subject} sub={typeof sub === 'string' ? sub : ''} sheet={sheet} />
          ) : null}
        </div>
      </figcaption>
      <p id={`${id}d`} className="visually-hidden">
        {description ?? (isLoading ? 'Loading' : '')}
      </p>
      <div className={styles.body} style={{ height }}>
        {error !== undefined && error !== null ? (
          <ErrorState error={error} {...(onRetry === undefined ? {} : { onRetry })} />
        ) : isLoading ? (
          <div className={styles.skeleton}>
            <Skeleton height={height - 20} radius="sm" />
          </div>
        ) : (
          <ChartSheetContext value={sheet}>{children}</ChartSheetContext>
        )}
      </div>
    </figure>
  )
}

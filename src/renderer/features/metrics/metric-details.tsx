/** One metric: what it is, how it is grouped and filtered, and its charts; or why there is nothing to draw. */

import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Metric } from '#shared/contract/metrics.ts'
import { useSetTimeRange, useTimeRange } from '../../client/time-range.ts'
import type { SetUrlState } from '../../client/url-state.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { exactInstant, formatAge } from '../../ui/format.ts'
import { serviceText } from '../../ui/names.ts'
import { printableLine } from '../../ui/printable.ts'
import { useNow } from '../../ui/use-now.ts'
import frame from './chart-frame.module.css'
import { GroupColors } from './group-colors.ts'
import { MetricCard } from './metric-card.tsx'
import styles from './metric-details.module.css'
import { MetricHeader } from './metric-header.tsx'
import { isDrawn } from './metric-notes.ts'
import { ChartSkeleton, HeaderSkeleton } from './metric-skeleton.tsx'
import { MetricToolbar } from './metric-toolbar.tsx'
import { groupKeysOf, groupKeysParam, type MetricsUrl } from './metrics-url.ts'
import { rangeUpTo } from './range-bounds.ts'
import { useMarks } from './use-marks.ts'
import { useMetricChart } from './use-metric-chart.ts'

export interface MetricDetailsProps {
  readonly name: string
  /** As listed; empty when there is no such metric, undefined while the list is awaited. */
  readonly variants: readonly Metric[] | undefined
  readonly service: string | undefined
  readonly onAllServices: () => void
  readonly url: MetricsUrl
  readonly setUrl: SetUrlState<MetricsUrl>
}

/** Give it another key for another metric. */
export function MetricDetails(props: MetricDetailsProps) {
  const { name, variants, service, onAllServices, url, setUrl } = props
  const range = useTimeRange()
  const marks = useMarks(range)
  const [colors] = useState(() => new GroupColors())
  const attr = url.attr ?? noFilters
  const { chart, error, isStale, retry } = useMetricChart({ name, service, range, groupBy: groupKeysOf(url), attr })

  if (variants !== undefined && variants.length === 0)
    return (
      <EmptyState
        title={`There is no metric ${printableLine(name, 200)}`}
        actions={service === undefined ? null : <Button onClick={onAllServices}>Look in all services</Button>}
      >
        {service === undefined
          ? 'Nothing of this name is stored: its points may have been pruned, or the link is of another store.'
          : `${serviceText(service)} has sent nothing of this name.`}
      </EmptyState>
    )
  const drawn = chart?.variants.filter(isDrawn) ?? []
  return (
    <div className={styles.details}>
      {variants === undefined ? <HeaderSkeleton /> : <MetricHeader name={name} variants={variants} />}
      {chart === undefined ? (
        <div className={styles.toolbarSkeleton} />
      ) : (
        <MetricToolbar
          chart={chart}
          attr={attr}
          onGroupBy={(keys) => setUrl({ by: groupKeysParam(keys), only: undefined })}
          onAttr={(filters) => setUrl({ attr: [...filters], only: undefined })}
        />
      )}
      {error !== null && error !== undefined ? (
        <div className={frame.card}>
          <ErrorState error={error} onRetry={retry} />
        </div>
      ) : chart === undefined ? (
        <ChartSkeleton />
      ) : drawn.length === 0 ? (
        <div className={frame.card}>
          <NothingHere
            isFiltered={attr.length > 0}
            onClearFilters={() => setUrl({ attr: undefined })}
            newest={newestOf(variants ?? [])}
          />
        </div>
      ) : (
        <div className={styles.cards} data-stale={isStale || undefined}>
          {drawn.length > 1 ? (
            <p className={styles.variants}>
              In this time range it came in {drawn.length} variants: its type, unit or temporality changed. They are not
              comparable, so each has its own chart.
            </p>
          ) : null}
          {drawn.map((variant) => (
            <MetricCard
              key={`${variant.type} ${variant.unit} ${variant.temporality} ${variant.monotonic}`}
              chart={chart}
              variant={variant}
              range={range}
              marks={marks}
              colors={colors}
              url={url}
              onChange={setUrl}
              service={service}
              isOneOfSeveral={drawn.length > 1}
            />
          ))}
        </div>
      )}
    </div>
  )
}

const noFilters: readonly string[] = []

function newestOf(variants: readonly Metric[]): string | undefined {
  return variants
    .flatMap(({ lastTimeUnixNano }) => (lastTimeUnixNano === null ? [] : [lastTimeUnixNano]))
    .sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1))[0]
}

interface NothingHereProps {
  readonly isFiltered: boolean
  readonly onClearFilters: () => void
  readonly newest: string | undefined
}

function NothingHere({ isFiltered, onClearFilters, newest }: NothingHereProps) {
  const setRange = useSetTimeRange()
  const now = useNow()
  const jump =
    newest === undefined ? null : <Button onClick={() => setRange(rangeUpTo(newest))}>Go to its newest point</Button>
  if (isFiltered)
    return (
      <EmptyState
        title="No series matches the filters in this time range"
        actions={
          <>
            <Button variant="filled" onClick={onClearFilters}>
              Clear filters
            </Button>
            {jump}
          </>
        }
      />
    )
  return (
    <EmptyState title="No points in this time range" actions={jump}>
      {newest === undefined ? (
        'All its points were pruned.'
      ) : (
        <span title={exactInstant(newest)}>Its newest point came {formatAge(newest, now)}.</span>
      )}
    </EmptyState>
  )
}

/** The Operations table: which operation is slow, fails, or takes the time; a click narrows the charts to it. */

import type { RefObject } from 'react'
import { redactedCsv } from '../../client/redacted-table.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { formatCount } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import type { ChartContext } from './chart-context.ts'
import styles from './operations.module.css'
import { operationsCsv } from './operations-csv.ts'
import { OperationsTable } from './operations-table.tsx'
import type { OperationSort } from './overview-url.ts'
import { useCoveredSeconds, useOperations } from './use-overview.ts'

export interface OperationsCardProps {
  readonly context: ChartContext
  /** All operations of this service, or of all, are listed. */
  readonly service: string | undefined
  readonly range: TimeRange
  /** What the table scrolls in. */
  readonly scroller: RefObject<HTMLDivElement | null>
}

const sortNames: Readonly<Record<OperationSort, string>> = {
  service: 'by service',
  operation: 'by name',
  kind: 'by kind',
  rate: 'by rate',
  errors: 'by errors',
  p50: 'by P50',
  p95: 'by P95',
  p99: 'by P99',
  apdex: 'by Apdex',
  share: 'by share of time',
}

export function OperationsCard({ context, service, range, scroller }: OperationsCardProps) {
  const query = useOperations({ view: context.view, service }, range)
  const { data } = query
  const coveredSeconds = useCoveredSeconds({ view: context.view, ...(service === undefined ? {} : { service }) }, range)
  return (
    <section
      className={styles.card}
      aria-labelledby="operations-title"
      data-stale={query.isPlaceholderData || undefined}
    >
      <header className={styles.head}>
        <h2 id="operations-title" className={styles.title}>
          Operations
        </h2>
        {data === undefined ? null : (
          <span className={styles.sub}>
            {data.operationCount > data.operations.length
              ? `the first ${formatCount(data.operations.length)} of ${formatCount(data.operationCount)} by share of time`
              : `${formatCount(data.operationCount)} ${sortNames[context.url.sort ?? 'share']}`}
          </span>
        )}
        {data === undefined ? null : (
          <CsvButton
            label="Save operations as CSV"
            name="operations"
            text={() => redactedCsv(operationsCsv(data.operations))}
          />
        )}
      </header>
      {data !== undefined ? (
        <OperationsTable context={context} answer={data} coveredSeconds={coveredSeconds} scroller={scroller} />
      ) : query.error === null ? (
        <SkeletonRows rows={7} label="Loading operations" />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </section>
  )
}

/** Why the Traces table is empty, and the way out. */

import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { openFiles } from '../../client/imports.ts'
import { useStatusValue } from '../../client/live.ts'
import { useSetTimeRange } from '../../client/time-range.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatQuantity } from '../../ui/format.ts'

export interface TracesEmptyProps {
  readonly isFiltered: boolean
  readonly range: TimeRange
  readonly onClearFilters: () => void
}

export function TracesEmpty({ isFiltered, range, onClearFilters }: TracesEmptyProps) {
  const traces = useStatusValue((status) => status.counts.traces) ?? 0
  const logs = useStatusValue((status) => status.counts.logs) ?? 0
  const setRange = useSetTimeRange()
  const isEverything = range.name === 'all'

  if (traces === 0)
    return (
      <EmptyState
        title="No traces yet"
        actions={
          <>
            <Button component={Link} to="/connect" variant="filled">
              Connect a service
            </Button>
            <Button onClick={() => void openFiles()}>Open a file…</Button>
            {logs > 0 ? (
              <Button component={Link} to="/logs">
                Show logs
              </Button>
            ) : null}
          </>
        }
      >
        {logs > 0
          ? `${formatQuantity(logs, 'log record')} arrived, but no span. Check that the service has a traces exporter too.`
          : 'They appear here as soon as a service sends its first span.'}
      </EmptyState>
    )

  const showEverything = isEverything ? null : <Button onClick={() => setRange('all')}>Show everything</Button>
  if (isFiltered)
    return (
      <EmptyState
        title="No trace matches the filters"
        actions={
          <>
            <Button variant="filled" onClick={onClearFilters}>
              Clear filters
            </Button>
            {showEverything}
          </>
        }
      >
        {isEverything
          ? `There are ${formatQuantity(traces, 'trace')} in the store.`
          : `There are ${formatQuantity(traces, 'trace')} in the store; some may lie outside this time range.`}
      </EmptyState>
    )
  return (
    <EmptyState title="No traces in this time range" actions={showEverything}>
      There are {formatQuantity(traces, 'trace')} in the store.
    </EmptyState>
  )
}

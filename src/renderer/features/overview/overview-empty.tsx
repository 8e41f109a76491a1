/** Why the Overview has nothing to show, and the way out. */

import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { openFiles } from '../../client/imports.ts'
import { useStatusValue } from '../../client/live.ts'
import { useServiceFilter } from '../../client/service-filter.ts'
import { useSetTimeRange } from '../../client/time-range.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatAge, formatQuantity } from '../../ui/format.ts'
import { operationText, serviceText } from '../../ui/names.ts'
import { useNow } from '../../ui/use-now.ts'
import type { ChartContext } from './chart-context.ts'
import { noOperation } from './overview-url.ts'
import { viewWords } from './view-words.ts'

/** Shown in place of the request charts where nothing was counted. */
export function NoRequests({ context, range }: { readonly context: ChartContext; readonly range: TimeRange }) {
  const { view, filter, setUrl } = context
  const spans = useStatusValue((status) => status.counts.spans) ?? 0
  const newest = useStatusValue((status) => status.newestUnixNano)
  const setRange = useSetTimeRange()
  const now = useNow()
  const words = viewWords[view]
  const connect = (variant: 'filled' | 'default') => (
    <Button variant={variant} renderRoot={(root) => <Link {...root} to="/connect" />}>
      Connect a service
    </Button>
  )

  if (spans === 0)
    return (
      <EmptyState
        title="No spans yet"
        actions={
          <>
            {connect('filled')}
            <Button onClick={() => void openFiles()}>Open a file…</Button>
          </>
        }
      >
        Latency, traffic and errors are drawn from spans, as soon as a service sends its first one.
      </EmptyState>
    )

  const isEverything = range.name === 'all'
  return (
    <EmptyState
      title={`No ${words.many} in this range`}
      actions={
        <>
          {isEverything ? null : (
            <Button variant="filled" onClick={() => setRange('all')}>
              Show everything
            </Button>
          )}
          {view === 'requests' ? null : (
            <Button onClick={() => setUrl({ view: undefined, ...noOperation })}>Show requests</Button>
          )}
          {filter.operation === undefined ? null : (
            <Button onClick={() => setUrl(noOperation)}>Show all operations</Button>
          )}
          {connect('default')}
        </>
      }
    >
      {viewWords[view].hint}. {formatQuantity(spans, 'span')} are stored
      {newest == null ? '' : `; the newest data is from ${formatAge(newest, now)}`}.
    </EmptyState>
  )
}

/** The service or operation in the URL is not in the store. */
export function UnknownFilter({ context }: { readonly context: ChartContext }) {
  const { filter, setUrl } = context
  const { setService } = useServiceFilter()
  const what =
    filter.operation === undefined
      ? `Nothing was received from a service “${serviceText(filter.service ?? '')}”.`
      : `Nothing was received of an operation “${operationText(filter.operation)}”${filter.service === undefined ? '' : ` of ${serviceText(filter.service)}`}.`
  return (
    <EmptyState
      title={filter.operation === undefined ? 'Unknown service' : 'Unknown operation'}
      actions={
        <Button
          variant="filled"
          onClick={() => {
            if (filter.operation === undefined) setService(undefined)
            else setUrl(noOperation)
          }}
        >
          Clear the filter
        </Button>
      }
    >
      {what} It may have been renamed, or deleted from the store.
    </EmptyState>
  )
}

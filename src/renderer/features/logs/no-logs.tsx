/** Why there are no logs to show, and what to do about it. */

import { Button } from '@mantine/core'
import { IconFileText, IconFilterOff, IconHistory } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useStatusValue } from '../../client/live.ts'
import { EmptyState } from '../../ui/empty-state.tsx'

export interface NoLogsProps {
  /** Whether a search, a level or a service narrows the list. */
  readonly filtered: boolean
  readonly onClearFilter: () => void
  /** Undefined when everything is on show already. */
  readonly rangeLabel: string | undefined
  readonly onShowEverything: () => void
}

export function NoLogs({ filtered, onClearFilter, rangeLabel, onShowEverything }: NoLogsProps) {
  const stored = useStatusValue((status) => status.counts.logs)
  if (stored === 0) return <NothingStored />
  const showEverything = rangeLabel === undefined ? null : <Button onClick={onShowEverything}>Show everything</Button>
  if (filtered)
    return (
      <EmptyState
        title="No log matches"
        icon={<IconFilterOff size={22} />}
        actions={
          <>
            <Button onClick={onClearFilter}>Clear search</Button>
            {showEverything}
          </>
        }
      >
        {rangeLabel === undefined
          ? 'Nothing stored fits the search, the level and the service chosen.'
          : `Nothing in “${rangeLabel}” fits the search, the level and the service chosen.`}
      </EmptyState>
    )
  return (
    <EmptyState title="No logs in this time range" icon={<IconHistory size={22} />} actions={showEverything}>
      {rangeLabel === undefined ? 'They may have been pruned.' : `There are logs, but none in “${rangeLabel}”.`}
    </EmptyState>
  )
}

function NothingStored() {
  const http = useStatusValue((status) => status.receivers.http)
  const grpc = useStatusValue((status) => status.receivers.grpc)
  return (
    <EmptyState
      title="No logs yet"
      icon={<IconFileText size={22} />}
      actions={
        <Button variant="filled" renderRoot={(root) => <Link {...root} to="/connect" />}>
          Connect a service
        </Button>
      }
    >
      <p>
        Send them with OTLP: to <code className="mono">{http ?? '…'}/v1/logs</code> over HTTP, or to{' '}
        <code className="mono">{grpc ?? '…'}</code> over gRPC. They appear here by themselves.
      </p>
      <p>
        Most OpenTelemetry SDKs pass on what your logger writes, together with the trace it was written in: set{' '}
        <code className="mono">OTEL_LOGS_EXPORTER=otlp</code> and enable the instrumentation of your logger.
      </p>
    </EmptyState>
  )
}

/** Why there are no logs to show, and what to do about it. */

import { Button } from '@mantine/core'
import { IconFileText, IconFilterOff, IconHistory } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { openFiles } from '../../client/imports.ts'
import { useStatusValue } from '../../client/live.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { LogFilter } from './use-log-window.ts'

export interface NoLogsProps {
  readonly filter: LogFilter
  readonly onClearFilter: () => void
  readonly range: TimeRange
  readonly onShowEverything: () => void
}

export function NoLogs({ filter, onClearFilter, range, onShowEverything }: NoLogsProps) {
  const stored = useStatusValue((status) => status.counts.logs)
  if (stored === 0) return <NothingStored />
  const isWhole = range.name === 'all'
  const during = isWhole ? 'in the whole store' : `in this time range (${range.label})`
  const showEverything = isWhole ? null : <Button onClick={onShowEverything}>Show everything</Button>
  const parts = filterText(filter)
  if (parts === '')
    return (
      <EmptyState title="No logs in this time range" icon={<IconHistory size={22} />} actions={showEverything}>
        {isWhole ? 'They may have been pruned.' : `Logs are stored, but none ${during}.`}
      </EmptyState>
    )
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
      There is no log {parts} {during}.
    </EmptyState>
  )
}

/** The filter in words: `with “card declined”, of level error or above, from checkout`. */
function filterText({ q, minSeverity, service }: LogFilter): string {
  return [
    q === undefined ? '' : `with “${q}”`,
    minSeverity === undefined ? '' : minSeverity === 'fatal' ? 'of level fatal' : `of level ${minSeverity} or above`,
    service === undefined ? '' : `from ${service}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function NothingStored() {
  const http = useStatusValue((status) => status.receivers.http)
  const grpc = useStatusValue((status) => status.receivers.grpc)
  return (
    <EmptyState
      title="No logs yet"
      icon={<IconFileText size={22} />}
      actions={
        <>
          <Button variant="filled" renderRoot={(root) => <Link {...root} to="/connect" />}>
            Connect a service
          </Button>
          <Button onClick={() => void openFiles()}>Open a file…</Button>
        </>
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
      <p>
        Without any of that, pass on what a program prints: <code className="mono">some-command | spanlight tail</code>
      </p>
    </EmptyState>
  )
}

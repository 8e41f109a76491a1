/** The trace's logs: all of them or those of the selected span, oldest first, each leading to its span. */

import { Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { exportManifest } from '../../client/exported-file.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import type { PointedTime } from './pointed-time.ts'
import { parseSpanKey, type SpanKey } from './span-index.ts'
import { TraceLogList } from './trace-log-list.tsx'
import { logLineHeightPx } from './trace-log-row.tsx'
import { logCountText, logsOfSpan } from './trace-log-rows.ts'
import styles from './trace-logs.module.css'
import type { TraceModel } from './trace-model.ts'
import { type TraceLogs as LoadedLogs, useTraceLogs } from './use-trace-logs.ts'

const searchAfterMs = 250

export interface TraceLogsProps {
  readonly model: TraceModel
  /** All logs of the trace. */
  readonly all: LoadedLogs
  readonly selected: SpanKey | undefined
  readonly onSelectSpan: (spanId: string) => void
  readonly onlySpan: boolean
  readonly onOnlySpan: (only: boolean) => void
  readonly pointed: PointedTime
}

export function TraceLogs({ model, all, selected, onSelectSpan, onlySpan, onOnlySpan, pointed }: TraceLogsProps) {
  const { traceId, startUnixNano } = model.columns
  const [search, setSearch] = useState('')
  const [q] = useDebouncedValue(search.trim(), searchAfterMs)
  const spanId = selected === undefined ? undefined : parseSpanKey(selected)?.spanId
  const narrowTo = onlySpan ? spanId : undefined
  // All logs at hand are narrowed here at once; only texts and what is not loaded yet need the engine.
  const askEngine = q !== '' || (narrowTo !== undefined && all.more)
  const filter = { ...(q === '' ? {} : { q }), ...(narrowTo === undefined ? {} : { spanId: narrowTo }) }
  const asked = useTraceLogs(traceId, filter, askEngine)
  const shown = askEngine ? asked : all
  const logs = askEngine ? asked.logs : logsOfSpan(all.logs, narrowTo)

  return (
    <section aria-label="Logs" className={styles.pane}>
      <div className={styles.head}>
        <h2 className={styles.title}>Logs</h2>
        <span className={styles.count} role="status">
          {all.loading || all.logs.length === 0 ? '' : logCountText(logs.length, all.logs.length, all.more)}
        </span>
        <Switch
          label="Only this span"
          checked={onlySpan}
          onChange={(event) => onOnlySpan(event.currentTarget.checked)}
        />
        <TextInput
          className={styles.search ?? ''}
          aria-label="Search these logs"
          placeholder="Search logs"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            setSearch('')
            event.currentTarget.blur()
            event.stopPropagation()
          }}
        />
      </div>
      {shown.error && logs.length === 0 ? (
        <ErrorState error={shown.error} onRetry={shown.retry} />
      ) : shown.loading ? (
        <SkeletonRows rows={6} rowHeight={logLineHeightPx} label="Loading logs" />
      ) : logs.length === 0 ? (
        <NoLogs all={all.logs.length} searching={q !== ''} narrowed={narrowTo !== undefined} />
      ) : (
        <TraceLogList
          logs={logs}
          traceStart={startUnixNano}
          spanId={spanId}
          pointed={pointed}
          onSelectSpan={onSelectSpan}
          onEnd={shown.loadMore}
        />
      )}
    </section>
  )
}

interface NoLogsProps {
  readonly all: number
  readonly searching: boolean
  readonly narrowed: boolean
}

function NoLogs({ all, searching, narrowed }: NoLogsProps) {
  if (searching)
    return <EmptyState title="No log matches">Every word must occur in the log, at least as a beginning.</EmptyState>
  if (narrowed && all > 0)
    return (
      <EmptyState title="No logs of this span">
        Other spans of the trace have some; switch “Only this span” off.
      </EmptyState>
    )
  if (exportManifest() !== undefined)
    return <EmptyState title="No logs">None carried this trace's id when the file was written.</EmptyState>
  return (
    <EmptyState title="No logs carry this trace id">
      Send logs over OTLP from code that runs inside a span: OpenTelemetry's log bridges (pino, winston, logback,
      Python's logging, Serilog, slog …) put trace id and span id into each record.
    </EmptyState>
  )
}

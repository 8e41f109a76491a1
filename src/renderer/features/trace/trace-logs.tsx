/** The trace's logs: all of them or those of the selected span, oldest first, each leading to its span. */

import { Switch, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import type { Log } from '#shared/contract/logs.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import type { PointedTime } from './pointed-time.ts'
import { parseSpanKey, type SpanKey } from './span-index.ts'
import { logDomId, TraceLogRow } from './trace-log-row.tsx'
import { logCountText, logsOfSpan } from './trace-log-rows.ts'
import styles from './trace-logs.module.css'
import type { TraceModel } from './trace-model.ts'
import { type TraceLogs as LoadedLogs, useTraceLogs } from './use-trace-logs.ts'

const lineHeightPx = 24
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
        <SkeletonRows rows={6} rowHeight={lineHeightPx} label="Loading logs" />
      ) : logs.length === 0 ? (
        <NoLogs all={all.logs.length} searching={q !== ''} narrowed={narrowTo !== undefined} />
      ) : (
        <LogList
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
  return (
    <EmptyState title="No logs carry this trace id">
      Send logs over OTLP from code that runs inside a span: OpenTelemetry's log bridges (pino, winston, logback,
      Python's logging, Serilog, slog …) put trace id and span id into each record.
    </EmptyState>
  )
}

interface LogListProps {
  readonly logs: readonly Log[]
  readonly traceStart: bigint
  readonly spanId: string | undefined
  readonly pointed: PointedTime
  readonly onSelectSpan: (spanId: string) => void
  readonly onEnd: () => void
}

function LogList({ logs, traceStart, spanId, pointed, onSelectSpan, onEnd }: LogListProps) {
  const body = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const [active, setActive] = useState<number | undefined>(undefined)
  const virtualizer = useVirtualizer({
    count: logs.length,
    getScrollElement: () => body.current,
    estimateSize: () => lineHeightPx,
    getItemKey: (index) => logs[index]?.id ?? index,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= logs.length - 50) onEnd()
  }, [last, logs.length, onEnd])

  function toggle(id: number) {
    setActive(id)
    // What opens below the edge comes into view, as far as there is room.
    requestAnimationFrame(() => document.getElementById(logDomId(id))?.scrollIntoView({ block: 'nearest' }))
    setOpen((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  }

  function logAt(event: MouseEvent): Log | undefined {
    const element = event.target instanceof Element ? event.target.closest('[data-log]') : null
    if (!(element instanceof HTMLElement)) return undefined
    const id = Number(element.dataset.log)
    return logs.find((log) => log.id === id)
  }

  function activate(log: Log) {
    setActive(log.id)
    if (log.spanId !== null) onSelectSpan(log.spanId)
  }

  function click(event: MouseEvent) {
    const log = logAt(event)
    if (!log || !(event.target instanceof Element) || event.target.closest('[role="gridcell"] button, a, input')) return
    if (event.target.closest('[data-open]')) toggle(log.id)
    else activate(log)
  }

  function key(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    const index = logs.findIndex((log) => log.id === active)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const log = step === undefined ? undefined : logs[Math.min(logs.length - 1, Math.max(0, index + step))]
    if (log) {
      activate(log)
      virtualizer.scrollToIndex(logs.indexOf(log), { align: 'auto' })
    } else if (active !== undefined && event.key === 'Enter') toggle(active)
    else if (active !== undefined && event.key === 'ArrowRight' && !open.has(active)) toggle(active)
    else if (active !== undefined && event.key === 'ArrowLeft' && open.has(active)) toggle(active)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function point(event: MouseEvent) {
    const log = logAt(event)
    pointed.set(log ? Number(BigInt(log.timeUnixNano) - traceStart) : undefined)
  }

  return (
    <div
      ref={body}
      role="treegrid"
      aria-label="Logs of the trace"
      aria-rowcount={logs.length}
      tabIndex={0}
      {...(active === undefined ? {} : { 'aria-activedescendant': logDomId(active) })}
      className={styles.list}
      onClick={click}
      onDoubleClick={(event) => {
        const log = logAt(event)
        if (log && event.target instanceof Element && event.target.closest('[data-line]')) toggle(log.id)
      }}
      onKeyDown={key}
      onMouseOver={point}
      onMouseLeave={() => pointed.set(undefined)}
    >
      <div role="presentation" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const log = logs[item.index]
          return log === undefined ? null : (
            <div
              key={item.key}
              role="presentation"
              data-index={item.index}
              ref={virtualizer.measureElement}
              className={styles.place}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <TraceLogRow
                log={log}
                index={item.index}
                traceStart={traceStart}
                open={open.has(log.id)}
                active={log.id === active}
                ofSelected={spanId !== undefined && log.spanId === spanId}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

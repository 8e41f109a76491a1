/** The virtual list of a trace's logs: a line each, opened on demand, every line leading to its span. */

import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import type { Log } from '#shared/contract/logs.ts'
import gridStyles from './grid-rows.module.css'
import type { PointedTime } from './pointed-time.ts'
import { logDomId, logLineHeightPx, TraceLogRow } from './trace-log-row.tsx'
import styles from './trace-logs.module.css'

/** So close to the end of what is loaded, more is asked for. */
const loadAheadRows = 50

export interface TraceLogListProps {
  readonly logs: readonly Log[]
  readonly traceStart: bigint
  readonly spanId: string | undefined
  readonly pointed: PointedTime
  readonly onSelectSpan: (spanId: string) => void
  readonly onEnd: () => void
}

export function TraceLogList({ logs, traceStart, spanId, pointed, onSelectSpan, onEnd }: TraceLogListProps) {
  const body = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const [active, setActive] = useState<number | undefined>(undefined)
  const virtualizer = useVirtualizer({
    count: logs.length,
    getScrollElement: () => body.current,
    estimateSize: () => logLineHeightPx,
    getItemKey: (index) => logs[index]?.id ?? index,
    overscan: 12,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= logs.length - loadAheadRows) onEnd()
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
    // What is opened is for reading and copying.
    if (!log || isIn(event, '[data-opened]')) return
    if (isIn(event, '[data-open]')) toggle(log.id)
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
    <div ref={body} className={styles.list}>
      <div
        role="treegrid"
        aria-label="Logs of the trace"
        tabIndex={0}
        aria-rowcount={logs.length}
        {...(active === undefined ? {} : { 'aria-activedescendant': logDomId(active) })}
        className={gridStyles.grid}
        onClick={click}
        onDoubleClick={(event) => {
          const log = logAt(event)
          if (log && !isIn(event, '[data-open], [data-opened]')) toggle(log.id)
        }}
        onKeyDown={key}
        onPointerMove={point}
        onPointerLeave={() => pointed.set(undefined)}
      >
        <div role="presentation" className={gridStyles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const log = logs[item.index]
            return log === undefined ? null : (
              <TraceLogRow
                key={item.key}
                log={log}
                index={item.index}
                top={item.start}
                measure={virtualizer.measureElement}
                traceStart={traceStart}
                open={open.has(log.id)}
                active={log.id === active}
                ofSelected={spanId !== undefined && log.spanId === spanId}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

function isIn(event: MouseEvent, selector: string): boolean {
  return event.target instanceof Element && event.target.closest(selector) !== null
}

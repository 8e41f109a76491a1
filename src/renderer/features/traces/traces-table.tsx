/** The table of traces: virtual rows of fixed height, older pages by scrolling, a cursor for the keyboard. */

import { Button } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { TraceOrder } from '#shared/contract/traces.ts'
import { useNotedTraces } from '../../client/notes.ts'
import { errorText } from '../../ui/error-text.ts'
import { isTyping } from '../../ui/is-typing.ts'
import { SortButton } from '../../ui/sort-button.tsx'
import { type ListPlace, rememberPlace } from './list-memory.ts'
import { nextIndex } from './row-keys.ts'
import { TraceTableRow } from './trace-table-row.tsx'
import { durationShare, extentOf, traceRowReader } from './traces-rows.ts'
import styles from './traces-table.module.css'
import type { TraceList } from './use-trace-list.ts'

const rowHeightPx = 28
const headerHeightPx = 29
/** Rows from the end at which the next page is asked for. */
const fetchAhead = 40
/** Scrolled less than this counts as being at the top. */
const topSlackPx = 4

export interface TracesTableProps {
  readonly list: TraceList
  readonly order: TraceOrder
  readonly place: ListPlace | undefined
  readonly activeId: string | undefined
  readonly onActivate: (traceId: string | undefined) => void
  readonly onAtTop: (isAtTop: boolean) => void
  readonly onPointerMove: () => void
  readonly onOrder: (order: TraceOrder) => void
  readonly onOpen: (traceId: string) => void
  readonly scrollToTop: RefObject<(() => void) | undefined>
}

const columns: readonly {
  readonly name: string
  readonly order?: TraceOrder
  readonly className: string | undefined
}[] = [
  { name: 'Start', order: 'newest', className: styles.start },
  { name: 'Root service and operation', className: styles.root },
  { name: 'Duration', order: 'slowest', className: styles.duration },
  { name: 'Spans', className: styles.count },
  { name: 'Errors', order: 'errors', className: styles.count },
  { name: 'Services', className: styles.services },
]

export function TracesTable(props: TracesTableProps) {
  const { list, order, place, activeId, onActivate, onAtTop, onOrder, onOpen, scrollToTop } = props
  const { traces } = list
  const today = new Date().toDateString()
  const rowOf = useMemo(() => traceRowReader(new Date(today)), [today])
  const { longestNs, isDated } = useMemo(() => extentOf(traces, new Date(today)), [traces, today])
  const noted = useNotedTraces()
  const scroller = useRef<HTMLDivElement>(null)
  const activeIndex = activeId === undefined ? -1 : traces.findIndex(({ traceId }) => traceId === activeId)
  const virtualizer = useVirtualizer({
    count: traces.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => traces[index]?.traceId ?? index,
    overscan: 6,
    scrollPaddingEnd: headerHeightPx,
    initialOffset: place?.scrollTop ?? 0,
    // The row that holds the focus stays in the document however far one scrolls.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      if (activeIndex < 0 || shown.includes(activeIndex)) return shown
      return activeIndex < range.startIndex ? [activeIndex, ...shown] : [...shown, activeIndex]
    },
  })
  const items = virtualizer.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0

  const { hasMore, isFetchingMore, moreError, fetchMore } = list
  useEffect(() => {
    if (hasMore && !isFetchingMore && moreError === null && lastIndex >= traces.length - fetchAhead) fetchMore()
  }, [hasMore, isFetchingMore, moreError, fetchMore, lastIndex, traces.length])

  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
    scrollToTop.current = () => {
      scroller.current?.scrollTo({ top: 0 })
      scroller.current?.focus({ preventScroll: true })
    }
    return () => {
      scrollToTop.current = undefined
    }
  }, [scrollToTop])

  // The row that had the focus gets it back once it is drawn, which takes the virtualizer more than one render.
  const focusOwed = useRef(place?.activeId)
  useEffect(() => {
    if (focusOwed.current === undefined) return
    const row = document.getElementById(rowId(focusOwed.current))
    if (row === null && focusOwed.current === activeId) return
    focusOwed.current = undefined
    if (document.activeElement === scroller.current) row?.focus({ preventScroll: true })
  })

  const leaving = useRef<ListPlace>(undefined)
  useEffect(() => {
    leaving.current = list.shown && { shown: list.shown, scrollTop: virtualizer.scrollOffset ?? 0, activeId }
  })
  useEffect(() => () => rememberPlace(leaving.current), [])

  function moveTo(index: number) {
    const trace = traces[index]
    if (trace === undefined) return
    onActivate(trace.traceId)
    virtualizer.scrollToIndex(index)
    requestAnimationFrame(() => document.getElementById(rowId(trace.traceId))?.focus({ preventScroll: true }))
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || isTyping(event) || !isForTable(event, scroller.current)) return
    if (event.key === 'Escape' && activeId !== undefined) {
      onActivate(undefined)
      scroller.current?.focus({ preventScroll: true })
      return
    }
    if (event.key === 'Enter' && activeId !== undefined && !(event.target instanceof HTMLButtonElement)) {
      event.preventDefault()
      onOpen(activeId)
      return
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2)
    const next = nextIndex(event.key, activeIndex, traces.length, pageRows)
    if (next === undefined) return
    event.preventDefault()
    moveTo(next)
  }
  useWindowEvent('keydown', onKeyDown)

  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      data-dated={isDated || undefined}
      data-stale={list.isStale || undefined}
      tabIndex={-1}
      onScroll={(event) => onAtTop(event.currentTarget.scrollTop < topSlackPx)}
      onPointerMove={props.onPointerMove}
    >
      <table className={styles.table} aria-label="Traces" aria-rowcount={hasMore ? -1 : traces.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name, order: own, className }) => (
              <th
                key={name}
                scope="col"
                className={className}
                aria-sort={own === undefined ? undefined : own === order ? 'descending' : 'none'}
              >
                {own === undefined ? (
                  name
                ) : (
                  <SortButton
                    label={name}
                    direction={own === order ? 'descending' : undefined}
                    align={own === 'newest' ? 'left' : 'right'}
                    onSort={() => onOrder(own)}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <Spacer height={before} /> : null}
          {items.map((item, position) => {
            const trace = traces[item.index]
            if (trace === undefined) return null
            const gap = item.start - (items[position - 1]?.end ?? item.start)
            return [
              // The row held for the focus may lie apart from the others.
              gap > 0 ? <Spacer key={`gap ${item.key}`} height={gap} /> : null,
              <TraceTableRow
                key={item.key}
                id={rowId(trace.traceId)}
                row={rowOf(trace)}
                noteCount={noted.get(trace.traceId) ?? 0}
                share={durationShare(trace.durationNs, longestNs)}
                index={item.index}
                isActive={item.index === activeIndex}
                isEntry={activeIndex < 0 && item.index === 0}
                onActivate={onActivate}
                onOpen={onOpen}
              />,
            ]
          })}
          {after > 0 ? <Spacer height={after} /> : null}
        </tbody>
      </table>
      {moreError === null ? null : (
        <p className={styles.more} role="alert">
          {errorText(moreError).title}. <Button onClick={fetchMore}>Load more</Button>
        </p>
      )}
    </div>
  )
}

/** Keys pressed in the table or nowhere in particular; j and k also from other controls, but never from a dialog. */
function isForTable(event: KeyboardEvent, table: HTMLElement | null): boolean {
  const target = event.target
  if (!(target instanceof Element) || target === document.body || table?.contains(target)) return true
  return (event.key === 'j' || event.key === 'k') && target.closest('[role=dialog]') === null
}

function rowId(traceId: string): string {
  return `trace-${traceId}`
}

function Spacer({ height }: { readonly height: number }) {
  return (
    <tr className={styles.spacer}>
      <td colSpan={columns.length} style={{ height }} />
    </tr>
  )
}

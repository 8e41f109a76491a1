/** The rows of the Operations table, in an order that holds still while someone aims at them. */

import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useHeldOrder } from '../../ui/held-order.ts'
import { SortButton } from '../../ui/sort-button.tsx'
import type { ChartContext } from './chart-context.ts'
import { OperationTableRow } from './operation-table-row.tsx'
import styles from './operations.module.css'
import { firstDirection, operationKey, operationRow, sortedKeys } from './operations-rows.ts'
import { noOperation, type OperationSort } from './overview-url.ts'
import type { Operations } from './use-overview.ts'

const rowHeightPx = 28
const headHeightPx = 29
/** Shorter tables are drawn whole. */
const leastVirtual = 100

interface Column {
  readonly name: string
  readonly sort: OperationSort | undefined
  readonly className: string | undefined
  readonly isText?: boolean
}

const columns: readonly Column[] = [
  { name: 'Service', sort: 'service', className: styles.service, isText: true },
  { name: 'Operation', sort: 'operation', className: undefined, isText: true },
  { name: 'Kind', sort: 'kind', className: styles.kind, isText: true },
  { name: 'Rate', sort: 'rate', className: styles.number },
  { name: 'Errors', sort: 'errors', className: styles.number },
  { name: 'P50', sort: 'p50', className: styles.number },
  { name: 'P95', sort: 'p95', className: styles.number },
  { name: 'P99', sort: 'p99', className: styles.number },
  { name: 'Apdex', sort: 'apdex', className: styles.apdex },
  { name: 'Share of time', sort: 'share', className: styles.share, isText: true },
  { name: 'P99 over time', sort: undefined, className: styles.spark },
]

export interface OperationsTableProps {
  readonly context: ChartContext
  readonly answer: Operations
  readonly coveredSeconds: number | undefined
  readonly scroller: RefObject<HTMLDivElement | null>
}

export function OperationsTable({ context, answer, coveredSeconds, scroller }: OperationsTableProps) {
  const { url, setUrl, filter } = context
  const sort = url.sort ?? 'share'
  const direction = url.order ?? firstDirection(sort)
  const [isHeld, setHeld] = useState(false)
  const { operations, relativeError } = answer
  const order = useHeldOrder(
    useMemo(() => sortedKeys(operations, sort, direction), [operations, sort, direction]),
    `${sort} ${direction}`,
    isHeld,
  )
  const byKey = useMemo(() => new Map(operations.map((each) => [operationKey(each), each])), [operations])
  const largestShare = operations.reduce((largest, { shareOfTime }) => Math.max(largest, shareOfTime), 0)

  const table = useRef<HTMLTableElement>(null)
  const [tableTop, setTableTop] = useState(0)
  useLayoutEffect(() => {
    if (table.current === null || scroller.current === null) return
    const top =
      table.current.getBoundingClientRect().top -
      scroller.current.getBoundingClientRect().top +
      scroller.current.scrollTop
    setTableTop((before) => (Math.abs(before - top) < 1 ? before : top))
  })
  const isVirtual = order.length > leastVirtual
  const virtualizer = useVirtualizer({
    count: isVirtual ? order.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => order[index] ?? index,
    overscan: 12,
    scrollMargin: tableTop + headHeightPx,
  })
  const items = virtualizer.getVirtualItems()
  const first = isVirtual ? (items[0]?.index ?? 0) : 0
  const shown = isVirtual ? order.slice(first, (items.at(-1)?.index ?? -1) + 1) : order
  const after = order.length - first - shown.length

  const choose = useCallback(
    (key: string) => {
      const operation = byKey.get(key)
      if (operation === undefined) return
      const isChosen = filter.operation === operation.operation && filter.service === operation.service
      setUrl(
        isChosen
          ? noOperation
          : { operation: operation.operation, kind: operation.kind, operationService: operation.service },
      )
    },
    [byKey, filter, setUrl],
  )

  return (
    <table
      ref={table}
      className={styles.table}
      aria-label="Operations"
      aria-rowcount={order.length + 1}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ name, sort: own, className, isText = false }) => (
            <th
              key={name}
              scope="col"
              className={className}
              aria-sort={
                own === undefined
                  ? undefined
                  : own === sort
                    ? direction === 'up'
                      ? 'ascending'
                      : 'descending'
                    : 'none'
              }
            >
              {own === undefined ? (
                name
              ) : (
                <SortButton
                  label={name}
                  direction={own !== sort ? undefined : direction === 'up' ? 'ascending' : 'descending'}
                  align={isText ? 'left' : 'right'}
                  onSort={() => {
                    const next = own !== sort ? firstDirection(own) : direction === 'up' ? 'down' : 'up'
                    setUrl({
                      sort: own === 'share' ? undefined : own,
                      order: next === firstDirection(own) ? undefined : next,
                    })
                  }}
                />
              )}
            </th>
          ))}
          <th className={styles.link}>
            <span className="visually-hidden">Traces</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {first > 0 ? <Spacer rows={first} /> : null}
        {shown.map((key, index) => {
          const operation = byKey.get(key)
          if (operation === undefined) return null
          return (
            <OperationTableRow
              key={key}
              row={operationRow(operation, { relativeError, coveredSeconds })}
              index={first + index}
              view={context.view}
              largestShare={largestShare}
              isChosen={
                filter.operation === operation.operation &&
                filter.service === operation.service &&
                (filter.kind === undefined || filter.kind === operation.kind)
              }
              onChoose={choose}
            />
          )
        })}
        {after > 0 ? <Spacer rows={after} /> : null}
      </tbody>
    </table>
  )
}

function Spacer({ rows }: { readonly rows: number }) {
  return (
    <tr className={styles.spacer}>
      <td colSpan={columns.length + 1} style={{ height: rows * rowHeightPx }} />
    </tr>
  )
}

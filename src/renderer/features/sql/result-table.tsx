/** The rows of a result: a virtual grid with one active cell, from which its whole value is read and copied. */

import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useRef } from 'react'
import type { SqlColumn, SqlRow, SqlTable } from '#shared/contract/sql.ts'
import { uniqueNames } from '#shared/contract/sql-formats.ts'
import { type CellPlace, nextCell } from './cell-keys.ts'
import { columnWidths } from './column-widths.ts'
import { type ColumnMeaning, meaningOf, shownCell } from './result-cells.ts'
import styles from './result-table.module.css'

const rowHeightPx = 26
/** As objects, because the linter would have a table, whose rows scroll far more slowly. */
const roles = {
  grid: (rows: number, columns: number, active: CellPlace | undefined) =>
    ({
      role: 'grid',
      tabIndex: 0,
      'aria-label': 'Result',
      'aria-rowcount': rows + 1,
      'aria-colcount': columns,
      'aria-activedescendant': active && cellId(active),
    }) as const,
  row: (index: number) => ({ role: 'row', 'aria-rowindex': index + 1 }) as const,
  header: (index: number) => ({ role: 'columnheader', 'aria-colindex': index + 1 }) as const,
  cell: (index: number, isActive: boolean) =>
    ({ role: 'gridcell', 'aria-colindex': index + 1, 'aria-selected': isActive }) as const,
}
/** More would make each row thousands of elements; the downloads have them all. */
export const maxShownColumns = 150

export interface ResultTableProps {
  readonly columns: readonly SqlColumn[]
  readonly rows: readonly SqlRow[]
  /** Rows by which columns are measured. */
  readonly sample: readonly SqlRow[]
  readonly tables: readonly SqlTable[]
  readonly active: CellPlace | undefined
  readonly onActivate: (place: CellPlace | undefined) => void
  /** Enter on a cell. */
  readonly onOpen: () => void
}

export function ResultTable({ columns: all, rows, sample, tables, active, onActivate, onOpen }: ResultTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => all.slice(0, maxShownColumns), [all])
  const meanings = useMemo(() => columns.map((column) => meaningOf(column, tables)), [columns, tables])
  const keys = useMemo(() => uniqueNames(columns), [columns])
  const widths = useMemo(() => columnWidths(columns, meanings, sample), [columns, meanings, sample])
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan: 8,
    scrollPaddingStart: rowHeightPx,
  })
  const template = `${String(rows.length).length * 8 + 22}px ${widths.map((width) => `${width}px`).join(' ')}`

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey) return
    if (event.key === 'Escape' && active !== undefined) {
      event.preventDefault()
      onActivate(undefined)
      return
    }
    if (event.key === 'Enter' && active !== undefined && !(event.target instanceof HTMLAnchorElement)) {
      event.preventDefault()
      onOpen()
      return
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2)
    const from = active ?? { row: -1, column: 0 }
    const space = { rows: rows.length, columns: columns.length, pageRows }
    const next = nextCell(event.key, event.ctrlKey || event.metaKey, from, space)
    if (next === undefined) return
    event.preventDefault()
    onActivate(next)
    virtualizer.scrollToIndex(next.row, { align: 'auto' })
    requestAnimationFrame(() =>
      document.getElementById(cellId(next))?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    )
  }

  const actions = {
    onKeyDown,
    onClick: (event: MouseEvent) => onActivate(placeOf(event)),
    onDoubleClick: onOpen,
  }
  return (
    <div ref={scroller} className={styles.scroller} {...roles.grid(rows.length, all.length, active)} {...actions}>
      <div className={styles.head} {...roles.row(0)} style={{ gridTemplateColumns: template }}>
        <span className={styles.number} aria-hidden="true" />
        {columns.map(({ name, origin }, index) => (
          <span
            key={keys[index]}
            {...roles.header(index)}
            className={styles.header}
            data-numeric={isNumeric(rows, index) || undefined}
            title={origin === null ? name : `${origin.table}.${origin.column}`}
          >
            {name}
          </span>
        ))}
      </div>
      <div className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const cells = rows[index]
          return cells === undefined ? null : (
            <Row
              key={index}
              index={index}
              cells={cells}
              columns={columns.length}
              meanings={meanings}
              template={template}
              top={start}
              activeColumn={active?.row === index ? active.column : undefined}
            />
          )
        })}
      </div>
    </div>
  )
}

/** Of the cell under the pointer. */
function placeOf({ target }: MouseEvent): CellPlace | undefined {
  const cell = target instanceof Element ? target.closest('[role=gridcell]') : null
  const row = Number(cell?.parentElement?.getAttribute('aria-rowindex'))
  const column = Number(cell?.getAttribute('aria-colindex'))
  return cell === null ? undefined : { row: row - 2, column: column - 1 }
}

function isNumeric(rows: readonly SqlRow[], index: number): boolean {
  const [first] = rows
  return first !== undefined && shownCell(first[index] ?? null, 'plain').look === 'number'
}

function cellId({ row, column }: CellPlace): string {
  return `result-${row}-${column}`
}

interface RowProps {
  readonly index: number
  readonly cells: SqlRow
  readonly columns: number
  readonly meanings: readonly ColumnMeaning[]
  readonly template: string
  readonly top: number
  readonly activeColumn: number | undefined
}

const Row = memo(function Row(props: RowProps) {
  const { index, cells, columns, meanings, template, top, activeColumn } = props
  return (
    <div
      {...roles.row(index + 1)}
      className={styles.row}
      style={{ height: rowHeightPx, transform: `translateY(${top}px)`, gridTemplateColumns: template }}
    >
      <span className={styles.number} aria-hidden="true">
        {index + 1}
      </span>
      {meanings.slice(0, columns).map((meaning, column) => {
        const { text, title, look, traceId } = shownCell(cells[column] ?? null, meaning)
        const id = cellId({ row: index, column })
        return (
          <span
            key={id}
            id={id}
            {...roles.cell(column, column === activeColumn)}
            className={styles.cell}
            data-look={look}
            title={title}
          >
            {traceId === undefined ? (
              text
            ) : (
              <Link to="/traces/$traceId" params={{ traceId }} tabIndex={-1}>
                {text}
              </Link>
            )}
          </span>
        )
      })}
    </div>
  )
})

/** The list of metrics: search, and a virtual row for each name. */

import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { Sparkline } from '../../ui/chart/sparkline.tsx'
import { formatCount } from '../../ui/format.ts'
import { serviceText } from '../../ui/names.ts'
import { ServiceMark } from '../../ui/service-label.tsx'
import pane from '../../ui/side-pane.module.css'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { nextRow } from './list-keys.ts'
import type { MetricListRow } from './metric-list-rows.ts'
import styles from './metrics-list.module.css'
import { openMetric } from './metrics-url.ts'

const rowHeightPx = 46
const sparkline = { width: 60, height: 16 }
/** Of a long name the end tells most: so much of it is always there. */
const tailLength = 16

export interface MetricsListProps {
  /** Those found; undefined while they are awaited. */
  readonly rows: readonly MetricListRow[] | undefined
  /** How many there are without the search. */
  readonly total: number
  readonly text: string
  readonly onSearch: (text: string) => void
  readonly selected: string | undefined
  readonly onSelect: (name: string) => void
  readonly searchRef: RefObject<HTMLInputElement | null>
}

const noRows: readonly MetricListRow[] = []

export function MetricsList(props: MetricsListProps) {
  const { rows = noRows, total, text, onSearch, selected, onSelect, searchRef } = props
  const scroller = useRef<HTMLDivElement>(null)
  const selectedIndex = rows.findIndex(({ name }) => name === selected)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rows[index]?.name ?? index,
    overscan: 8,
    // The row that holds the focus stays in the document however far one scrolls.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      if (selectedIndex < 0 || shown.includes(selectedIndex)) return shown
      return selectedIndex < range.startIndex ? [selectedIndex, ...shown] : [...shown, selectedIndex]
    },
  })

  // A link, back and forward lead to a metric that may lie out of sight; a list that changes by itself moves nothing.
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    if (selected === wanted.current || selectedIndex < 0) return
    wanted.current = selected
    virtualizer.scrollToIndex(selectedIndex, { align: 'auto' })
  }, [selected, selectedIndex, virtualizer])

  function moveTo(index: number): void {
    const row = rows[index]
    if (row === undefined) return
    onSelect(row.name)
    wanted.current = row.name
    virtualizer.scrollToIndex(index, { align: 'auto' })
    // The row is drawn after the list has scrolled to it; who went elsewhere meanwhile stays there.
    const focused = document.activeElement
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (document.activeElement === focused || document.activeElement === document.body)
          document.getElementById(rowId(row.name))?.focus({ preventScroll: true })
      }),
    )
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 1)
    const next = nextRow(event.key, selectedIndex, rows.length, pageRows)
    if (next === undefined) return
    event.preventDefault()
    moveTo(next)
  }

  return (
    <div className={pane.pane}>
      <div className={pane.head}>
        <h1 className={styles.title}>Metrics</h1>
        <TextInput
          ref={searchRef}
          className={pane.search ?? ''}
          aria-label="Search metrics"
          placeholder="Name, kind, unit, service"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => onSearch(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault()
              moveTo(event.key === 'Enter' || selectedIndex < 0 ? 0 : selectedIndex)
            } else if (event.key === 'Escape' && text !== '') {
              event.stopPropagation()
              onSearch('')
            }
          }}
          leftSection={<IconSearch size={14} aria-hidden="true" />}
          rightSection={
            text === '' ? (
              <span className="kbd" aria-hidden="true">
                /
              </span>
            ) : (
              <ActionIcon aria-label="Clear the search text" size={20} onClick={() => onSearch('')}>
                <IconX size={13} />
              </ActionIcon>
            )
          }
        />
        <span className={styles.count} role="status" aria-label="Metrics listed">
          {props.rows === undefined
            ? ''
            : rows.length === total
              ? formatCount(total)
              : `${formatCount(rows.length)} of ${formatCount(total)}`}
        </span>
      </div>
      {props.rows === undefined ? (
        <SkeletonRows rows={18} rowHeight={rowHeightPx} label="Loading metrics" />
      ) : rows.length === 0 ? (
        <p className={pane.none}>No metric has all of these words in its name, kind, unit or services.</p>
      ) : (
        <div ref={scroller} className={`${pane.scroller} ${styles.rows}`}>
          <ul aria-label="Metrics" className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index]
              return row === undefined ? null : (
                <li
                  key={key}
                  className={styles.item}
                  style={{ height: rowHeightPx, transform: `translateY(${start}px)` }}
                  aria-setsize={rows.length}
                  aria-posinset={index + 1}
                >
                  <Row
                    row={row}
                    isSelected={index === selectedIndex}
                    isEntry={index === selectedIndex || (selectedIndex < 0 && index === 0)}
                    onKeyDown={onKeyDown}
                  />
                </li>
              )
            })}
          </ul>
        </div>
      )}
    </div>
  )
}

function splitAt(name: string): number {
  return Math.max(0, name.length - tailLength)
}

function rowId(name: string): string {
  return `metric-${name}`
}

interface RowProps {
  readonly row: MetricListRow
  readonly isSelected: boolean
  /** The one row the tab key stops at. */
  readonly isEntry: boolean
  readonly onKeyDown: (event: KeyboardEvent) => void
}

function Row({ row, isSelected, isEntry, onKeyDown }: RowProps) {
  const { name, kind, unit, services, variants, last, lastMeaning } = row
  return (
    <Link
      id={rowId(name)}
      to="/metrics"
      search={(before: object) => ({ ...before, ...openMetric(name) })}
      className={styles.row}
      aria-current={isSelected ? 'true' : undefined}
      tabIndex={isEntry ? 0 : -1}
      onKeyDown={onKeyDown}
      preload={false}
    >
      <span className={styles.first}>
        <span className={styles.name} title={name}>
          <span className={styles.nameHead}>{name.slice(0, splitAt(name))}</span>
          <span className={styles.nameTail}>{name.slice(splitAt(name))}</span>
        </span>
        <span
          className={styles.last}
          title={last === undefined ? 'Its newest points say nothing' : `${last}, ${lastMeaning}`}
        >
          {last ?? '–'}
        </span>
      </span>
      <span className={styles.second}>
        <span className={styles.about}>
          {[kind, unit, variants > 1 ? `${variants} variants` : ''].filter((part) => part !== '').join(' · ')}
        </span>
        <span className={styles.spark}>
          {row.sparkline === undefined ? null : <Sparkline values={row.sparkline} {...sparkline} />}
        </span>
        <Services names={services} />
      </span>
    </Link>
  )
}

/** Marks of the services; the name too where there is only one. */
function Services({ names }: { readonly names: readonly string[] }) {
  const [first] = names
  if (first === undefined) return null
  const title = names.map(serviceText).join(', ')
  return (
    <span className={styles.services} title={title}>
      {names.slice(0, 4).map((name) => (
        <ServiceMark key={name} name={name} />
      ))}
      <span className={styles.serviceText}>{names.length === 1 ? serviceText(first) : `${names.length} services`}</span>
    </span>
  )
}

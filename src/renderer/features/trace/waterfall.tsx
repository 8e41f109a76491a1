/** The waterfall: a tree grid of virtual rows under a ruler, with one listener for all rows. */

import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type MouseEvent, type PointerEvent, type Ref, useImperativeHandle, useRef } from 'react'
import gridStyles from './grid-rows.module.css'
import type { LogMarks } from './lane-marks.ts'
import { NameColumnHandle } from './name-column-handle.tsx'
import type { PointedTime } from './pointed-time.ts'
import { Ruler, ticksFor } from './ruler.tsx'
import { TimeCursor } from './time-cursor.tsx'
import type { Matches } from './trace-find.ts'
import { offsetAt, percentAt, type TimeWindow } from './trace-geometry.ts'
import type { TraceModel } from './trace-model.ts'
import { positionOf } from './trace-rows.ts'
import { useReveal } from './use-reveal.ts'
import { useRowAnchor } from './use-row-anchor.ts'
import { useStoredNumber } from './use-stored-number.ts'
import { useWheelZoom } from './use-wheel-zoom.ts'
import styles from './waterfall.module.css'
import { rowDomId, rowHeightPx, WaterfallRow } from './waterfall-row.tsx'

const durationWidthPx = 84
const minNameWidthPx = 140
const minLaneWidthPx = 160

export interface WaterfallHandle {
  readonly focus: () => void
  /** How many rows fit on screen. */
  readonly pageRows: () => number
}

export interface WaterfallProps {
  readonly model: TraceModel
  readonly visible: Uint32Array
  /** One byte per row. */
  readonly folded: Uint8Array
  /** False while only matches are shown, folded or not. */
  readonly canFold: boolean
  readonly focusRow: number | undefined
  readonly selectedRow: number | undefined
  readonly onSelect: (row: number) => void
  readonly onToggle: (row: number, whole: boolean) => void
  /** Shows the details. */
  readonly onOpen: () => void
  /** Shows or hides the details. */
  readonly onDetails: () => void
  readonly view: TimeWindow
  readonly full: TimeWindow
  readonly onView: (view: TimeWindow) => void
  readonly matches: Matches | undefined
  readonly logMarks: LogMarks
  /** Notes by the row of their span. */
  readonly notes: ReadonlyMap<number, string>
  readonly pointed: PointedTime
  readonly ref: Ref<WaterfallHandle>
}

export function Waterfall(props: WaterfallProps) {
  const { model, visible, selectedRow, view, full, onView, pointed } = props
  const body = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const root = useRef<HTMLDivElement>(null)
  const { ref: frame, width: frameWidth } = useElementSize()
  const rootRef = useMergedRef(frame, root)
  const [chosenWidth, setNameWidth] = useStoredNumber('spanlight.trace.nameWidth')
  const storedWidth = chosenWidth ?? Math.min(460, Math.max(300, frameWidth * 0.37))
  const widest =
    frameWidth === 0 ? storedWidth : Math.max(minNameWidthPx, frameWidth - durationWidthPx - minLaneWidthPx)
  const nameWidth = Math.round(Math.min(widest, Math.max(minNameWidthPx, storedWidth)))
  const laneWidth = Math.max(minLaneWidthPx, frameWidth - nameWidth - durationWidthPx)
  const ticks = ticksFor(view, laneWidth)
  const selectedPosition = selectedRow === undefined ? -1 : positionOf(visible, selectedRow)

  const virtualizer = useVirtualizer({
    count: visible.length,
    getScrollElement: () => body.current,
    estimateSize: () => rowHeightPx,
    overscan: 12,
    // The selected row stays in the document, or a screen reader would lose it when it is scrolled away.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan)
      const last = Math.min(count - 1, endIndex + overscan)
      const positions = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
      if (selectedPosition >= 0 && (selectedPosition < first || selectedPosition > last))
        positions.push(selectedPosition)
      return positions
    },
  })

  useRowAnchor(body, model, visible)
  useReveal(body, model, selectedRow, selectedPosition)
  useWheelZoom(root, body, { view, full, onView, nameWidth, durationWidthPx })
  useImperativeHandle(
    props.ref,
    () => ({
      focus: () => grid.current?.focus({ preventScroll: true }),
      pageRows: () => Math.max(1, Math.floor((body.current?.clientHeight ?? 0) / rowHeightPx) - 1),
    }),
    [],
  )

  function rowAt(event: MouseEvent): number | undefined {
    const element = event.target instanceof Element ? event.target.closest('[data-row]') : null
    return element instanceof HTMLElement ? Number(element.dataset.row) : undefined
  }

  function click(event: MouseEvent) {
    const row = rowAt(event)
    if (row === undefined) return
    if (event.target instanceof Element && event.target.closest('[data-twisty]')) props.onToggle(row, event.altKey)
    else props.onSelect(row)
  }

  function point(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const width = event.currentTarget.clientWidth - nameWidth - durationWidthPx
    const share = (event.clientX - box.left - nameWidth) / width
    pointed.set(share >= 0 && share <= 1 ? offsetAt(view, share) : undefined)
  }

  return (
    <div ref={rootRef} className={styles.frame} style={columnWidths(nameWidth)}>
      <div className={styles.header}>
        <div className={styles.headerRow}>
          <span className={styles.nameHeader}>Service and operation</span>
          <Ruler
            ticks={ticks}
            view={view}
            full={full}
            onView={onView}
            pointed={pointed}
            widthPx={laneWidth}
            marks={props.logMarks.onTrace}
          />
          <span className={styles.durationHeader}>Duration</span>
        </div>
      </div>
      <div className={styles.bodyFrame}>
        <div className={styles.overlay} aria-hidden="true">
          <div className={styles.overlayLanes}>
            {ticks.map(({ ns }) => (
              <span key={ns} className={styles.gridLine} style={{ left: `${percentAt(view, ns)}%` }} />
            ))}
          </div>
        </div>
        <div ref={body} className={styles.body}>
          <div
            ref={grid}
            role="treegrid"
            aria-label="Waterfall"
            tabIndex={0}
            aria-rowcount={visible.length}
            aria-colcount={3}
            {...(selectedRow !== undefined && selectedPosition >= 0
              ? { 'aria-activedescendant': rowDomId(selectedRow) }
              : {})}
            className={gridStyles.grid}
            onClick={click}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              props.onDetails()
            }}
            onDoubleClick={(event) => {
              const row = rowAt(event)
              if (row !== undefined && !(event.target instanceof Element && event.target.closest('[data-twisty]')))
                props.onOpen()
            }}
            onPointerMove={point}
            onPointerLeave={() => pointed.set(undefined)}
          >
            <div role="presentation" className={gridStyles.rows} style={{ height: visible.length * rowHeightPx }}>
              {virtualizer.getVirtualItems().map(({ index }) => {
                const row = visible[index]
                return row === undefined ? null : (
                  <WaterfallRow
                    key={row}
                    model={model}
                    row={row}
                    position={index}
                    view={view}
                    baseDepth={props.focusRow === undefined ? 0 : (model.columns.depth[props.focusRow] ?? 0)}
                    nameWidth={nameWidth}
                    selected={row === selectedRow}
                    folded={
                      props.canFold && (model.columns.descendants[row] ?? 0) > 0 ? props.folded[row] === 1 : undefined
                    }
                    match={matchOf(props, row)}
                    logMarks={props.logMarks.byRow.get(row)}
                    note={props.notes.get(row)}
                  />
                )
              })}
            </div>
          </div>
        </div>
        <div className={styles.overlay} aria-hidden="true">
          <div className={styles.overlayLanes}>
            <TimeCursor pointed={pointed} view={view} />
          </div>
        </div>
      </div>
      <NameColumnHandle width={nameWidth} min={minNameWidthPx} max={widest} onWidth={setNameWidth} />
    </div>
  )
}

function columnWidths(nameWidth: number): CSSProperties {
  const widths: Record<`--${string}`, string> = {
    '--name-width': `${nameWidth}px`,
    '--duration-width': `${durationWidthPx}px`,
  }
  return widths
}

function matchOf({ matches, selectedRow, canFold }: WaterfallProps, row: number) {
  if (!matches || matches.rows.length === 0) return 'none'
  if (matches.mask[row]) return row === selectedRow ? 'current' : 'match'
  return canFold ? 'none' : 'context'
}

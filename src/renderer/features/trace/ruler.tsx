/** The time ruler above the lanes: ticks of the zoomed window; dragging over it zooms, with Shift it pans. */

import { type PointerEvent, useRef, useState } from 'react'
import { niceTicks, type Tick } from '../../ui/time-axis.ts'
import hand from './gesture-surface.module.css'
import type { LaneMark } from './lane-marks.ts'
import type { PointedTime } from './pointed-time.ts'
import { clampWindow, offsetAt, pan, percentAt, placeMarks, type TimeWindow, windowLength } from './trace-geometry.ts'
import styles from './waterfall.module.css'

const tickPx = 64
/** Width of a character of a label, and the room between labels. */
const characterPx = 6.2
const gapPx = 14
/** Below this a press is a click, not a drag. */
const dragPx = 4

/** Ticks whose labels have room; deep in a long trace labels are long and ticks few. */
export function ticksFor(view: TimeWindow, widthPx: number): readonly Tick[] {
  for (let count = Math.max(2, Math.floor(widthPx / tickPx)); ; count = Math.floor(count / 2)) {
    const ticks = niceTicks(view.start, view.end, count)
    if (count <= 2 || spacePx(ticks, view, widthPx) >= labelPx(ticks)) return ticks
  }
}

function labelPx(ticks: readonly Tick[]): number {
  return ticks.reduce((longest, { label }) => Math.max(longest, label.length * characterPx), 0) + gapPx
}

function spacePx([first, second]: readonly Tick[], view: TimeWindow, widthPx: number): number {
  return first && second ? ((second.ns - first.ns) / windowLength(view)) * widthPx : widthPx
}

export interface RulerProps {
  readonly ticks: readonly Tick[]
  readonly view: TimeWindow
  readonly full: TimeWindow
  readonly onView: (view: TimeWindow) => void
  readonly pointed: PointedTime
  readonly widthPx: number
  /** Logs of the trace that belong to no span shown. */
  readonly marks: readonly LaneMark[]
}

interface Drag {
  readonly pan: boolean
  readonly fromPx: number
  readonly view: TimeWindow
}

export function Ruler({ ticks, view, full, onView, pointed, widthPx, marks }: RulerProps) {
  const drag = useRef<Drag | undefined>(undefined)
  const [selection, setSelection] = useState<{ readonly from: number; readonly to: number } | undefined>(undefined)

  function place(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const px = event.clientX - box.left
    return { px, width: box.width, share: Math.min(1, Math.max(0, px / box.width)) }
  }

  function move(event: PointerEvent<SVGSVGElement>) {
    const { px, width, share } = place(event)
    pointed.set(offsetAt(view, share))
    if (!drag.current) return
    if (drag.current.pan) {
      const byNs = ((drag.current.fromPx - px) / width) * windowLength(drag.current.view)
      onView(pan(drag.current.view, byNs, full))
    } else if (Math.abs(px - drag.current.fromPx) >= dragPx) {
      setSelection({ from: Math.min(1, Math.max(0, drag.current.fromPx / width)), to: share })
    }
  }

  function end() {
    if (selection)
      onView(clampWindow({ start: offsetAt(view, selection.from), end: offsetAt(view, selection.to) }, full))
    drag.current = undefined
    setSelection(undefined)
  }

  return (
    <div className={styles.ruler}>
      <svg
        className={hand.surface}
        role="img"
        aria-label="Time ruler"
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          drag.current = { pan: event.shiftKey, fromPx: place(event).px, view }
        }}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
        onPointerLeave={() => pointed.set(undefined)}
        onDoubleClick={() => onView(full)}
      >
        <title>Drag to zoom, Shift and drag to move, double click for the whole trace</title>
      </svg>
      {ticks.map(({ ns, label }) => {
        const left = percentAt(view, ns)
        const own = label.length * characterPx + gapPx / 2
        const fits = (left / 100) * widthPx + own <= widthPx
        // At the right edge a label stands left of its tick, where that doesn't cover the one before.
        if (!fits && spacePx(ticks, view, widthPx) < own + labelPx(ticks)) return null
        return (
          <span key={ns} className={styles.tickLabel} data-end={!fits} style={{ left: `${left}%` }}>
            {label}
          </span>
        )
      })}
      {placeMarks(view, marks).map(({ left, mark, count }) => (
        <span
          key={left}
          className={`${styles.rulerMark} ${styles[mark.tone]}`}
          style={{ left: `${left}%` }}
          title={count === 1 ? 'A log of no span shown' : `${count} logs of no span shown`}
        />
      ))}
      {selection ? (
        <span
          className={styles.selection}
          style={{
            left: `${Math.min(selection.from, selection.to) * 100}%`,
            width: `${Math.abs(selection.to - selection.from) * 100}%`,
          }}
        />
      ) : null}
    </div>
  )
}

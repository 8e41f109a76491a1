/** The line across the lanes at the instant pointed at, with its time; moved by writing to the DOM alone. */

import { useEffect, useRef } from 'react'
import { formatDuration } from '../../ui/format.ts'
import type { PointedTime } from './pointed-time.ts'
import { percentAt, type TimeWindow } from './trace-geometry.ts'
import styles from './waterfall.module.css'

export interface TimeCursorProps {
  readonly pointed: PointedTime
  readonly view: TimeWindow
}

export function TimeCursor({ pointed, view }: TimeCursorProps) {
  const line = useRef<HTMLDivElement>(null)
  const label = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const draw = () => {
      const offsetNs = pointed.get()
      if (!line.current || !label.current) return
      const percent = offsetNs === undefined ? -1 : percentAt(view, offsetNs)
      const inside = percent >= 0 && percent <= 100
      line.current.style.visibility = inside ? 'visible' : 'hidden'
      if (!inside || offsetNs === undefined) return
      line.current.style.left = `${percent}%`
      // Near the right edge the label stands on the other side of the line.
      label.current.dataset.side = percent > 85 ? 'left' : 'right'
      label.current.textContent = `+${formatDuration(Math.round(offsetNs))}`
    }
    draw()
    return pointed.subscribe(draw)
  }, [pointed, view])
  return (
    <div ref={line} className={styles.cursor} aria-hidden="true">
      <span ref={label} className={styles.cursorLabel} />
    </div>
  )
}

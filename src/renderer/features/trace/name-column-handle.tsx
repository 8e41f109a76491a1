/** The edge of the name column: drag it or move it with the arrow keys. */

import { useRef } from 'react'
import styles from './waterfall.module.css'

const stepPx = 16

export interface NameColumnHandleProps {
  readonly width: number
  readonly min: number
  readonly max: number
  readonly onWidth: (width: number) => void
}

export function NameColumnHandle({ width, min, max, onWidth }: NameColumnHandleProps) {
  const drag = useRef<{ readonly fromPx: number; readonly width: number } | undefined>(undefined)
  const set = (wanted: number) => onWidth(Math.min(max, Math.max(min, wanted)))
  return (
    <hr
      aria-orientation="vertical"
      aria-label="Width of the name column"
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={Math.round(max)}
      tabIndex={0}
      className={styles.nameHandle}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { fromPx: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (drag.current) set(drag.current.width + event.clientX - drag.current.fromPx)
      }}
      onPointerUp={() => {
        drag.current = undefined
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') set(width - stepPx)
        else if (event.key === 'ArrowRight') set(width + stepPx)
        else return
        event.stopPropagation()
        event.preventDefault()
      }}
    />
  )
}

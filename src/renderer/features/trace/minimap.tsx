/** The whole trace on one canvas with a window over it that can be moved, resized and drawn anew. */

import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useRef, useState } from 'react'
import { exactDuration, formatDuration } from '../../ui/format.ts'
import { serviceColorCount, serviceColorSlot } from '../../ui/service-color.ts'
import hand from './gesture-surface.module.css'
import styles from './minimap.module.css'
import { errorCell, type MinimapGrid, minimapGrid } from './minimap-bins.ts'
import { clampWindow, moveEdge, pan, percentAt, sameWindow, type TimeWindow, windowLength } from './trace-geometry.ts'
import type { TraceModel } from './trace-model.ts'

const heightPx = 40
/** Lines of two pixels with one between; a small trace gets a line for each span. */
const maxLanes = 13
const smallTraceRows = 20
const edgePx = 6
const dragPx = 3

export interface MinimapProps {
  readonly model: TraceModel
  readonly view: TimeWindow
  readonly full: TimeWindow
  readonly onView: (view: TimeWindow) => void
}

type Gesture = 'start' | 'end' | 'move' | 'draw'

interface Drag {
  readonly gesture: Gesture
  readonly fromNs: number
  readonly fromPx: number
  readonly view: TimeWindow
}

export function Minimap({ model, view, full, onView }: MinimapProps) {
  const { ref: frame, width } = useElementSize()
  const drag = useRef<Drag | undefined>(undefined)
  const [gesture, setGesture] = useState<Gesture>('draw')
  const scheme = useComputedColorScheme('light')

  const zoomed = !sameWindow(view, full)

  function place(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const px = event.clientX - box.left
    return { px, ns: full.start + (px / box.width) * windowLength(full) }
  }

  function gestureAt(px: number): Gesture {
    if (!zoomed) return 'draw'
    const from = (percentAt(full, view.start) / 100) * width
    const to = (percentAt(full, view.end) / 100) * width
    if (Math.abs(px - from) <= edgePx && px - from < to - px) return 'start'
    if (Math.abs(px - to) <= edgePx) return 'end'
    return px > from && px < to ? 'move' : 'draw'
  }

  function move(event: PointerEvent<SVGSVGElement>) {
    const { px, ns } = place(event)
    const current = drag.current
    if (!current) return setGesture(gestureAt(px))
    if (current.gesture === 'move') onView(pan(current.view, ns - current.fromNs, full))
    else if (current.gesture !== 'draw') onView(moveEdge(current.view, current.gesture, ns, full))
    else if (Math.abs(px - current.fromPx) >= dragPx) onView(clampWindow({ start: current.fromNs, end: ns }, full))
  }

  function key(edge: 'start' | 'end', event: KeyboardEvent) {
    const step = windowLength(full) * (event.shiftKey ? 0.1 : 0.01)
    const by = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step }[event.key]
    const to = event.key === 'Home' ? full.start : event.key === 'End' ? full.end : undefined
    if (by === undefined && to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onView(moveEdge(view, edge, to ?? view[edge] + (by ?? 0), full))
  }

  const left = percentAt(full, view.start)
  const right = 100 - percentAt(full, view.end)
  return (
    <section className={styles.minimap} aria-label="Minimap">
      <div ref={frame} className={styles.map}>
        {/* The colours are read once per canvas: another scheme needs another canvas. */}
        <MinimapCanvas key={scheme} model={model} width={width} />
        <svg
          className={hand.surface}
          data-gesture={gesture}
          role="img"
          aria-label="All spans over time"
          onPointerDown={(event) => {
            if (event.button !== 0) return
            event.currentTarget.setPointerCapture(event.pointerId)
            const { px, ns } = place(event)
            drag.current = { gesture: gestureAt(px), fromNs: ns, fromPx: px, view }
          }}
          onPointerMove={move}
          onPointerUp={() => {
            drag.current = undefined
          }}
          onPointerCancel={() => {
            drag.current = undefined
          }}
          onDoubleClick={() => onView(full)}
        >
          <title>Drag to zoom to a window, drag the window or its edges, double click for the whole trace</title>
        </svg>
        <span className={styles.shade} style={{ left: 0, width: `${left}%` }} />
        <span className={styles.shade} style={{ right: 0, width: `${right}%` }} />
        <span className={styles.window} style={{ left: `${left}%`, right: `${right}%` }} />
        {(['start', 'end'] as const).map((edge) => (
          <span
            key={edge}
            role="slider"
            tabIndex={0}
            aria-label={edge === 'start' ? 'Start of the window' : 'End of the window'}
            aria-valuemin={0}
            aria-valuemax={full.end}
            aria-valuenow={Math.round(view[edge])}
            aria-valuetext={formatDuration(view[edge])}
            title={zoomed ? `+${exactDuration(view[edge])}` : undefined}
            className={styles.edge}
            data-zoomed={zoomed}
            style={{ left: `${percentAt(full, view[edge])}%` }}
            onKeyDown={(event) => key(edge, event)}
          />
        ))}
      </div>
    </section>
  )
}

const MinimapCanvas = memo(function MinimapCanvas({
  model,
  width,
}: {
  readonly model: TraceModel
  readonly width: number
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (!canvas.current || width === 0) return
    const ratio = window.devicePixelRatio
    const { columns } = model
    const grid = minimapGrid(columns, (service) => serviceColorSlot(columns.services[service] ?? ''), {
      width: Math.round(width * ratio),
      maxLanes: columns.rowCount <= smallTraceRows ? smallTraceRows : maxLanes,
    })
    paint(canvas.current, grid, Math.round(heightPx * ratio))
  }, [model, width])
  return <canvas ref={canvas} className={styles.canvas} height={heightPx} />
})

function paint(canvas: HTMLCanvasElement, grid: MinimapGrid, height: number): void {
  canvas.width = grid.width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return
  const style = getComputedStyle(canvas)
  const colors = new Map<number, string>([[errorCell, style.getPropertyValue('--error')]])
  for (let slot = 1; slot <= serviceColorCount; slot++) colors.set(slot, style.getPropertyValue(`--s${slot}`))
  const laneHeight = height / grid.lanes
  const thickness = Math.max(1, Math.round(Math.min(laneHeight * 0.7, height / 12)))
  for (let lane = 0; lane < grid.lanes; lane++) {
    const y = Math.floor(lane * laneHeight + (laneHeight - thickness) / 2)
    for (let from = 0; from < grid.width; ) {
      const value = grid.cells[lane * grid.width + from] ?? 0
      let to = from + 1
      while (to < grid.width && grid.cells[lane * grid.width + to] === value) to++
      if (value !== 0) {
        context.fillStyle = colors.get(value) ?? '#888'
        context.fillRect(from, y, Math.max(to - from, 2), thickness)
      }
      from = to
    }
  }
}

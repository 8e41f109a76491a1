/** What pointers and keys do on a plot: point at a bucket, select some, zoom out. */

import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react'
import type { ChartGroup } from './chart-group.ts'
import type { HeatGrid } from './heat-cells.ts'
import { type PlotPlace, placeAfterKey, selectionBetween } from './selection.ts'
import { bucketOf, bucketStart, clampBucket, gridPosition, type TimeGrid } from './time-grid.ts'

/** Shorter drags are clicks. */
const leastDragPx = 4

/** The rows of a heatmap. */
export interface PlotRows {
  readonly bounds: HeatGrid['bounds']
  /** The row at a height of the plot, 0 to 1. */
  readonly rowAt: (height: number) => number | undefined
}

export interface PlotActionOptions {
  readonly chart: string
  readonly plot: RefObject<HTMLElement | null>
  readonly grid: TimeGrid
  readonly rows: PlotRows | undefined
  readonly group: ChartGroup
  readonly canSelect: boolean
  readonly onZoomOut: (() => void) | undefined
}

interface Drag {
  readonly from: PlotPlace
  readonly x: number
  readonly y: number
  isMoved: boolean
}

export function usePlotActions({ chart, plot, grid, rows, group, canSelect, onZoomOut }: PlotActionOptions) {
  const drag = useRef<Drag>(undefined)
  /** Where a selection by keys began. */
  const anchor = useRef<PlotPlace>(undefined)
  const rowCount = rows === undefined ? 0 : Math.max(0, rows.bounds.length - 1)

  function placeOf(event: PointerEvent): PlotPlace | undefined {
    if (plot.current === null || grid.count === 0) return undefined
    const box = plot.current.getBoundingClientRect()
    const bucket = clampBucket(grid, ((event.clientX - box.left) / box.width) * grid.count)
    return { bucket, row: rows?.rowAt(1 - (event.clientY - box.top) / box.height) }
  }

  function pointAt(place: PlotPlace, isByKey: boolean): void {
    group.point({ chart, unixNano: bucketStart(grid, place.bucket), row: place.row, isByKey })
  }

  function select(from: PlotPlace, to: PlotPlace, isDone: boolean): void {
    group.select({ ...selectionBetween(grid, from, to, rows?.bounds), chart, isDone })
  }

  function clear(): void {
    drag.current = undefined
    anchor.current = undefined
    group.select(undefined)
  }

  /** Where the keys are now; undefined while something else is pointed at. */
  function keyPlace(): PlotPlace | undefined {
    const { cursor } = group.get()
    if (cursor?.chart !== chart) return undefined
    const bucket = bucketOf(grid, cursor.unixNano)
    return bucket === undefined ? undefined : { bucket, row: cursor.row }
  }

  function onArrow(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const here = keyPlace()
    const first = { bucket: grid.count - 1, row: rowCount === 0 ? undefined : Math.floor(rowCount / 2) }
    const next = placeAfterKey(event.key, here ?? first, { buckets: grid.count, rows: rowCount })
    if (next === undefined) return
    event.preventDefault()
    // The first key only shows where one is.
    const to = here === undefined ? first : next
    pointAt(to, true)
    if (event.shiftKey && canSelect) {
      anchor.current ??= here ?? to
      select(anchor.current, to, false)
    } else if (group.get().selection !== undefined) clear()
  }

  return {
    clear,
    pointAtInstant(unixNano: bigint): void {
      pointAt({ bucket: clampBucket(grid, gridPosition(grid, unixNano)), row: undefined }, false)
    },
    onPointerDown(event: PointerEvent): void {
      const from = placeOf(event)
      if (event.button !== 0 || from === undefined || !canSelect) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { from, x: event.clientX, y: event.clientY, isMoved: false }
    },
    onPointerMove(event: PointerEvent): void {
      const place = placeOf(event)
      if (place === undefined) return
      pointAt(place, false)
      const now = drag.current
      if (now === undefined) return
      if (!now.isMoved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < leastDragPx) return
      now.isMoved = true
      select(now.from, place, false)
    },
    onPointerUp(event: PointerEvent): void {
      const now = drag.current
      const place = placeOf(event)
      drag.current = undefined
      if (now === undefined || place === undefined) return
      if (now.isMoved) select(now.from, place, true)
      else if (group.get().selection !== undefined) clear()
      else select(place, place, true)
    },
    onPointerLeave(): void {
      if (group.get().cursor?.chart === chart && drag.current === undefined) group.point(undefined)
    },
    onDoubleClick(): void {
      clear()
      onZoomOut?.()
    },
    onBlur(): void {
      const { cursor } = group.get()
      if (cursor?.chart === chart && cursor.isByKey) group.point(undefined)
    },
    onKeyDown(event: KeyboardEvent): void {
      if (event.target !== event.currentTarget || grid.count === 0) return
      const { selection } = group.get()
      if (event.key === 'Escape') {
        if (selection === undefined && drag.current === undefined) return
        event.preventDefault()
        clear()
      } else if (event.key === 'Enter' && canSelect) {
        event.preventDefault()
        const here = keyPlace()
        if (selection?.chart === chart) group.select({ ...selection, isDone: true })
        else if (here !== undefined) select(here, here, true)
        anchor.current = undefined
      } else onArrow(event)
    },
  }
}

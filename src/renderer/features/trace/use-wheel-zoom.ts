/** The wheel over the waterfall: with Ctrl it zooms around the pointer, with Shift or sideways it pans. */

import { type RefObject, useEffect, useRef } from 'react'
import { offsetAt, pan, type TimeWindow, windowLength, zoomAround } from './trace-geometry.ts'

export interface WheelZoom {
  readonly view: TimeWindow
  readonly full: TimeWindow
  readonly onView: (view: TimeWindow) => void
  readonly nameWidth: number
  readonly durationWidthPx: number
}

/** How much one pixel of wheel zooms: a notch of 100 px is a third. */
const zoomPerPx = 0.003
const linePx = 20

/** Listens on `root`, ruler and rows alike; `body` has the lanes' width. */
export function useWheelZoom(
  root: RefObject<HTMLElement | null>,
  body: RefObject<HTMLElement | null>,
  zoom: WheelZoom,
): void {
  const latest = useRef(zoom)
  useEffect(() => {
    latest.current = zoom
  })
  useEffect(() => {
    const element = root.current
    if (!element) return
    function wheel(event: WheelEvent) {
      if (!body.current) return
      const { view, full, onView, nameWidth, durationWidthPx } = latest.current
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1
      const sideways = (event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX) * unit
      const width = Math.max(1, body.current.clientWidth - nameWidth - durationWidthPx)
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        const share = (event.clientX - body.current.getBoundingClientRect().left - nameWidth) / width
        const anchorNs = offsetAt(view, Math.min(1, Math.max(0, share)))
        onView(zoomAround(view, Math.exp(event.deltaY * unit * zoomPerPx), anchorNs, full))
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault()
        onView(pan(view, (sideways / width) * windowLength(view), full))
      }
    }
    // React listens passively; only a listener of our own may keep the browser from zooming the page.
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [root, body])
}

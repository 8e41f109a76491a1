/** Keeps the rows on screen where they are when a growing trace puts new ones above them. */

import { type RefObject, useLayoutEffect, useRef } from 'react'
import { spanKeyAt } from './span-index.ts'
import type { TraceModel } from './trace-model.ts'
import { positionOf } from './trace-rows.ts'
import { rowHeightPx } from './waterfall-row.tsx'

export function useRowAnchor(body: RefObject<HTMLDivElement | null>, model: TraceModel, visible: Uint32Array): void {
  const before = useRef({ model, visible })
  useLayoutEffect(() => {
    const last = before.current
    before.current = { model, visible }
    const element = body.current
    // Folding and filtering happen where the reader looks; only new data moves rows behind their back.
    if (!element || last.model === model || element.scrollTop === 0) return
    const topRow = last.visible[Math.floor(element.scrollTop / rowHeightPx)]
    if (topRow === undefined) return
    const row = model.index.rowOf(spanKeyAt(last.model.columns, topRow))
    const position = row === undefined ? -1 : positionOf(visible, row)
    if (position >= 0) element.scrollTop = position * rowHeightPx + (element.scrollTop % rowHeightPx)
  }, [body, model, visible])
}

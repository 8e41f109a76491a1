/** Brings the selected row into view when another span is selected, and only then: new data never scrolls. */

import { type RefObject, useLayoutEffect, useRef } from 'react'
import { spanKeyAt } from './span-index.ts'
import type { TraceModel } from './trace-model.ts'
import { rowHeightPx } from './waterfall-row.tsx'

/** `position` is the selected row's among the visible ones, -1 when it is not. */
export function useReveal(
  body: RefObject<HTMLDivElement | null>,
  { columns }: TraceModel,
  selectedRow: number | undefined,
  position: number,
): void {
  const key = selectedRow === undefined ? '' : spanKeyAt(columns, selectedRow)
  const shown = useRef('')
  useLayoutEffect(() => {
    const element = body.current
    if (!element || position < 0 || shown.current === key) return
    const first = shown.current === ''
    shown.current = key
    const top = position * rowHeightPx
    const bottom = top + rowHeightPx
    if (top >= element.scrollTop && bottom <= element.scrollTop + element.clientHeight) return
    const far = first || Math.abs(top - element.scrollTop) > element.clientHeight * 1.5
    if (far) element.scrollTop = top - element.clientHeight / 2
    else element.scrollTop = top < element.scrollTop ? top : bottom - element.clientHeight
  }, [body, key, position])
}

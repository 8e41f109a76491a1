/** What the keys do to the waterfall: movement, folding, focus, zoom. */

import type { RefObject } from 'react'
import { spanKeyAt } from './span-index.ts'
import { clampWindow } from './trace-geometry.ts'
import type { TraceAction } from './trace-keys.ts'
import type { TraceModel } from './trace-model.ts'
import { positionOf } from './trace-rows.ts'
import { firstChild, moveBy, nextError, parentRow, rowRange } from './trace-selection.ts'
import type { TraceState } from './use-trace-state.ts'
import type { WaterfallHandle } from './waterfall.tsx'

export interface TraceActionsInput {
  readonly model: TraceModel
  readonly state: TraceState
  readonly waterfall: RefObject<WaterfallHandle | null>
}

/** Room left and right of a span that is zoomed to, as a share of its duration. */
const zoomMargin = 0.05

export function traceActions({ model, state, waterfall }: TraceActionsInput): (action: TraceAction) => void {
  const { columns } = model
  const { selectedRow: row, visible, focusRow } = state

  function select(target: number | undefined): void {
    if (target !== undefined) state.select(spanKeyAt(columns, target))
  }

  function foldOrParent(at: number): void {
    if (state.canFold && (columns.descendants[at] ?? 0) > 0 && state.folded[at] === 0) state.setFolded([at], true)
    else select(parentRow(columns, visible, at))
  }

  function unfoldOrChild(at: number): void {
    if (state.canFold && state.folded[at] === 1) state.setFolded([at], false)
    else select(firstChild(columns, visible, at))
  }

  function zoomTo(at: number): void {
    const start = columns.start[at] ?? 0
    const duration = columns.duration[at] ?? 0
    const margin = Math.max(Math.abs(duration) * zoomMargin, 1)
    const from = Math.min(start, start + duration) - margin
    const to = Math.max(start, start + duration) + margin
    state.setView(clampWindow({ start: Math.max(0, from), end: Math.min(state.full.end, to) }, state.full))
  }

  function error(step: 1 | -1): void {
    const target = nextError(columns, row, step, rowRange(columns, focusRow))
    if (target !== undefined) state.goTo(target)
  }

  return (action) => {
    const page = waterfall.current?.pageRows() ?? 10
    const shown = row !== undefined && positionOf(visible, row) >= 0 ? row : undefined
    switch (action) {
      case 'next':
        return select(moveBy(visible, row, 1))
      case 'previous':
        return select(moveBy(visible, row, -1))
      case 'page-down':
        return select(moveBy(visible, row, page))
      case 'page-up':
        return select(moveBy(visible, row, -page))
      case 'first':
        return select(visible[0])
      case 'last':
        return select(visible[visible.length - 1])
      case 'next-error':
        return error(1)
      case 'previous-error':
        return error(-1)
      case 'whole':
        state.focusOn(undefined)
        return state.setView(state.full)
      case 'focus':
        return shown === undefined ? undefined : state.focusOn(shown)
      case 'zoom-to-span':
        return shown === undefined ? undefined : zoomTo(shown)
      case 'fold':
        return shown === undefined ? undefined : foldOrParent(shown)
      case 'unfold':
        return shown === undefined ? undefined : unfoldOrChild(shown)
      default:
        return undefined
    }
  }
}

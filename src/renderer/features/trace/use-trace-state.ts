/** The trace screen's state: what is selected, folded, focused, zoomed and looked for, and every way to change it. */

import { useCallback, useMemo, useState } from 'react'
import { type SpanKey, spanKeyAt } from './span-index.ts'
import { fullWindow, sameWindow, type TimeWindow } from './trace-geometry.ts'
import type { TraceModel } from './trace-model.ts'
import {
  allFolded,
  allOpen,
  type FoldState,
  foldedRows,
  nearestVisible,
  visibleRows,
  withFolded,
} from './trace-rows.ts'
import { ancestorKeys } from './trace-selection.ts'
import { windowOf, windowParams } from './trace-url.ts'
import { type Find, useFind } from './use-find.ts'
import { useTraceUrl } from './use-trace-url.ts'

export interface TraceState {
  /** The selected span, even one that has not arrived. */
  readonly selected: SpanKey | undefined
  readonly selectedRow: number | undefined
  readonly focusRow: number | undefined
  /** One byte per row. */
  readonly folded: Uint8Array
  readonly visible: Uint32Array
  /** False while only matches show, folded or not. */
  readonly canFold: boolean
  readonly full: TimeWindow
  readonly view: TimeWindow
  readonly zoomed: boolean
  readonly text: string
  readonly find: Find
  readonly onlyMatches: boolean
  readonly onlySpanLogs: boolean

  readonly select: (key: SpanKey) => void
  /** Selects a row and makes it visible: unfolds what hides it, leaves a focus it is not part of. */
  readonly goTo: (row: number) => void
  readonly setView: (view: TimeWindow) => void
  readonly setFolded: (rows: readonly number[], folded: boolean) => void
  readonly foldAll: (folded: boolean) => void
  readonly focusOn: (row: number | undefined) => void
  readonly setText: (text: string) => void
  readonly setOnlyMatches: (only: boolean) => void
  readonly setOnlySpanLogs: (only: boolean) => void
}

export function useTraceState(model: TraceModel): TraceState {
  const { columns, index } = model
  const [url, patch] = useTraceUrl()
  const [folds, setFolds] = useState<FoldState>(allOpen)
  const [text, setText] = useState('')
  const [wantsOnlyMatches, setOnlyMatches] = useState(false)
  // Without a span in the link the first one is selected, by its key: spans that arrive above it change nothing.
  const [firstKey] = useState(() => (columns.rowCount > 0 ? spanKeyAt(columns, 0) : undefined))

  const selected = url.span ?? firstKey
  const selectedRow = selected === undefined ? undefined : index.rowOf(selected)
  const focusRow = url.focus === undefined ? undefined : index.rowOf(url.focus)
  const find = useFind(model, text)
  const onlyMatches = wantsOnlyMatches && find.matches !== undefined && find.matches.rows.length > 0
  const mask = onlyMatches ? find.matches?.mask : undefined
  const folded = useMemo(() => foldedRows(columns, index, folds), [columns, index, folds])
  const visible = useMemo(
    () => visibleRows(columns, { folded, focusRow, onlyMatches: mask }),
    [columns, folded, focusRow, mask],
  )
  const full = useMemo(() => fullWindow(columns.durationNs), [columns])
  const { from, to } = url
  const view = useMemo(() => windowOf({ from, to }, columns.durationNs), [from, to, columns])

  const select = useCallback((key: SpanKey) => patch({ span: key }), [patch])
  const setView = useCallback((next: TimeWindow) => patch(windowParams(next, columns.durationNs)), [patch, columns])

  function goTo(row: number) {
    setFolds((before) => withFolded(before, ancestorKeys(columns, row), false))
    const outside = focusRow !== undefined && (row < focusRow || row > focusRow + (columns.descendants[focusRow] ?? 0))
    patch({ span: spanKeyAt(columns, row), ...(outside ? { focus: undefined } : {}) })
  }

  function setFolded(rows: readonly number[], fold: boolean) {
    const next = withFolded(
      folds,
      rows.map((row) => spanKeyAt(columns, row)),
      fold,
    )
    setFolds(next)
    keepSelectionVisible(next)
  }

  /** A selection that was folded away moves up to the row that hides it. */
  function keepSelectionVisible(next: FoldState) {
    if (selectedRow === undefined) return
    const rows = visibleRows(columns, { folded: foldedRows(columns, index, next), focusRow, onlyMatches: mask })
    const row = nearestVisible(columns, rows, selectedRow)
    if (row >= 0 && row !== selectedRow) select(spanKeyAt(columns, row))
  }

  return {
    selected,
    selectedRow,
    focusRow,
    folded,
    visible,
    canFold: !onlyMatches,
    full,
    view,
    zoomed: !sameWindow(view, full),
    text,
    find,
    onlyMatches,
    onlySpanLogs: url.logs === 'span',
    select,
    goTo,
    setView,
    setFolded,
    foldAll(fold) {
      const next = fold ? allFolded : allOpen
      setFolds(next)
      keepSelectionVisible(next)
    },
    focusOn(row) {
      patch({ focus: row === undefined ? undefined : spanKeyAt(columns, row) })
    },
    setText,
    setOnlyMatches,
    setOnlySpanLogs: (only) => patch({ logs: only ? 'span' : undefined }),
  }
}

/** One loaded trace: head line, toolbar, minimap, waterfall, span details and logs. */

import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { TraceSummary } from '#shared/contract/traces.ts'
import { toUnixMillis } from '#shared/model/time.ts'
import { hasTraceList } from '../../client/exported-file.ts'
import { useTraceNotes } from '../../client/notes.ts'
import { Pane, PaneGroup, PaneHandle } from '../../ui/pane.tsx'
import { KeyboardHelp } from './keyboard-help.tsx'
import { logMarks } from './lane-marks.ts'
import { Minimap } from './minimap.tsx'
import { notesByRow } from './note-marks.ts'
import { createPointedTime } from './pointed-time.ts'
import { SpanDetails } from './span-details.tsx'
import { traceActions } from './trace-actions.ts'
import { TraceHeader, withoutTraceParams } from './trace-header.tsx'
import { TraceLogs } from './trace-logs.tsx'
import { errorOrdinal, errorsIn, operationLabel, type TraceModel } from './trace-model.ts'
import { positionOf } from './trace-rows.ts'
import { nextOf, rowRange } from './trace-selection.ts'
import { TraceToolbar } from './trace-toolbar.tsx'
import styles from './trace-view.module.css'
import { useTraceKeys } from './use-trace-keys.ts'
import { useLogsArriving, useTraceLogs } from './use-trace-logs.ts'
import { useTraceState } from './use-trace-state.ts'
import { Waterfall, type WaterfallHandle } from './waterfall.tsx'

export interface TraceScreenProps {
  readonly model: TraceModel
  readonly summary: TraceSummary | undefined
}

const detailsKey = 'spanlight.trace.details'
const noFilter = {}
const noRows = new Uint32Array(0)

export function TraceScreen({ model, summary }: TraceScreenProps) {
  const { columns, index } = model
  const screen = useRef<HTMLDivElement>(null)
  const waterfall = useRef<WaterfallHandle>(null)
  const findField = useRef<HTMLInputElement>(null)
  const [pointed] = useState(createPointedTime)
  const [helpShown, setHelpShown] = useState(false)
  const [warningsShown, setWarningsShown] = useState(false)
  const [detailsShown, setDetailsShown] = useState(() => localStorage.getItem(detailsKey) !== 'hidden')
  const state = useTraceState(model)
  const { selectedRow, visible, focusRow } = state
  const logs = useTraceLogs(columns.traceId, noFilter)
  const marks = useMemo(() => logMarks(logs.logs, index, columns.startUnixNano), [logs.logs, index, columns])
  const notes = useTraceNotes(columns.traceId)
  const noteTexts = useMemo(() => notesByRow(notes, index), [notes, index])
  const endUnixMillis = toUnixMillis(columns.startUnixNano) + columns.durationNs / 1e6
  useLogsArriving(endUnixMillis, logs.logs.length, logs.retry)
  const navigate = useNavigate()
  const act = traceActions({ model, state, waterfall })

  useEffect(() => waterfall.current?.focus(), [])

  function showDetails(shown: boolean) {
    setDetailsShown(shown)
    localStorage.setItem(detailsKey, shown ? 'shown' : 'hidden')
  }

  function back(): void {
    if (state.text !== '') state.setText('')
    else if (focusRow !== undefined) state.focusOn(undefined)
    else if (hasTraceList()) void navigate({ to: '/traces', search: withoutTraceParams })
  }

  useTraceKeys(screen, (action) => {
    if (helpShown || warningsShown) return false
    if (action === 'help') setHelpShown(true)
    else if (action === 'details') showDetails(!detailsShown)
    else if (action === 'find') findField.current?.select()
    else if (action === 'back') back()
    else act(action)
    return true
  })

  function goToSpan(spanId: string) {
    const row = index.rowOf(spanId)
    if (row === undefined) state.select(spanId)
    else state.goTo(row)
  }

  function stepMatch(step: 1 | -1) {
    const row = nextOf(state.find.matches?.rows ?? noRows, selectedRow, step)
    if (row !== undefined) state.goTo(row)
  }

  const { matches } = state.find
  const range = rowRange(columns, focusRow)
  return (
    <div ref={screen} className={styles.screen}>
      <TraceHeader
        model={model}
        summary={summary}
        onRow={state.goTo}
        warningsShown={warningsShown}
        onWarnings={setWarningsShown}
      />
      <TraceToolbar
        errorCount={errorsIn(model, range)}
        errorOrdinal={errorOrdinal(model, selectedRow, range)}
        onError={(step) => act(step > 0 ? 'next-error' : 'previous-error')}
        find={{
          ref: findField,
          text: state.text,
          onText: state.setText,
          find: state.find,
          ordinal: matches && selectedRow !== undefined ? positionOf(matches.rows, selectedRow) + 1 : 0,
          onStep: stepMatch,
          onLeave: () => {
            state.setText('')
            waterfall.current?.focus()
          },
          onlyMatches: state.onlyMatches,
          onOnlyMatches: state.setOnlyMatches,
        }}
        canFold={state.canFold}
        onFoldAll={state.foldAll}
        view={state.view}
        zoomed={state.zoomed}
        onResetZoom={() => state.setView(state.full)}
        focus={focusRow === undefined ? undefined : operationLabel(model, focusRow)}
        onLeaveFocus={() => state.focusOn(undefined)}
        detailsShown={detailsShown}
        onDetails={() => showDetails(!detailsShown)}
        onHelp={() => setHelpShown(true)}
      />
      <Minimap model={model} view={state.view} full={state.full} onView={state.setView} />
      <div className={styles.panes}>
        <PaneGroup id="trace" orientation="vertical" paneIds={['spans', 'logs']}>
          <Pane id="spans" minSize={140}>
            <PaneGroup
              id="trace-spans"
              orientation="horizontal"
              paneIds={detailsShown ? ['waterfall', 'details'] : ['waterfall']}
            >
              <Pane id="waterfall" minSize={320}>
                <Waterfall
                  ref={waterfall}
                  model={model}
                  visible={visible}
                  folded={state.folded}
                  canFold={state.canFold}
                  focusRow={focusRow}
                  selectedRow={selectedRow}
                  onSelect={state.goTo}
                  onToggle={(row, whole) =>
                    state.setFolded(whole ? subtree(model, row) : [row], state.folded[row] !== 1)
                  }
                  onOpen={() => showDetails(true)}
                  onDetails={() => showDetails(!detailsShown)}
                  view={state.view}
                  full={state.full}
                  onView={state.setView}
                  matches={matches}
                  logMarks={marks}
                  notes={noteTexts}
                  pointed={pointed}
                />
              </Pane>
              {detailsShown ? (
                <>
                  <PaneHandle label="Width of the span details" />
                  <Pane id="details" defaultSize={340} minSize={240} keepPixels>
                    <SpanDetails
                      model={model}
                      selected={state.selected}
                      onSelect={goToSpan}
                      onClose={() => showDetails(false)}
                    />
                  </Pane>
                </>
              ) : null}
            </PaneGroup>
          </Pane>
          <PaneHandle label="Height of the logs" />
          <Pane id="logs" defaultSize={220} minSize={80} keepPixels>
            <TraceLogs
              model={model}
              all={logs}
              selected={state.selected}
              onSelectSpan={goToSpan}
              onlySpan={state.onlySpanLogs}
              onOnlySpan={state.setOnlySpanLogs}
              pointed={pointed}
            />
          </Pane>
        </PaneGroup>
      </div>
      <KeyboardHelp opened={helpShown} onClose={() => setHelpShown(false)} />
    </div>
  )
}

/** A row and everything below it that can be folded. */
function subtree({ columns }: TraceModel, row: number): readonly number[] {
  const rows: number[] = []
  for (let below = row; below <= row + (columns.descendants[row] ?? 0); below++)
    if (columns.descendants[below]) rows.push(below)
  return rows
}

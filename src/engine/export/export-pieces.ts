/** Everything a selection holds, redacted, in pieces of bounded size: what every format is written from. */

import type { ExportSelection } from '#shared/contract/exports.ts'
import type { LogData, MetricData } from '#shared/model/telemetry-data.ts'
import type { QueryContext } from '../queries/context.ts'
import { listNotes } from '../queries/notes.ts'
import { Places } from './record-of-row.ts'
import type { Redactor } from './redactor.ts'
import { filteredLogs } from './selected-logs.ts'
import { selectedMetrics } from './selected-metrics.ts'
import type { SelectedSignals } from './selected-signals.ts'
import { selectTraces, type TraceIds, type TracePiece, tracePieces } from './selected-traces.ts'

export type ExportPiece =
  | ({ readonly kind: 'trace'; readonly notes: readonly TraceNote[] } & TracePiece)
  /** By their own filter, in the order of time. */
  | { readonly kind: 'logs'; readonly logs: readonly LogData[] }
  | { readonly kind: 'metrics'; readonly metrics: readonly MetricData[] }

/** What a person wrote on a trace or one of its spans. */
export interface TraceNote {
  readonly spanId: string | null
  readonly text: string
}

export interface PiecesOptions {
  readonly selection: ExportSelection
  readonly signals: SelectedSignals
  readonly redactor: Redactor
  /** All spans come before the first log, for files that hold each signal in one place. */
  readonly apart: boolean
  /** Each trace's last piece has the notes on it. */
  readonly notes?: boolean
  /** Called once, when it is known which traces are in it. */
  readonly onTraces?: ((ids: TraceIds) => void) | undefined
}

/** Traces, then logs, then metrics. Errors: NOT_FOUND for a trace named by its id, CANCELLED. */
export async function* exportPieces(
  context: QueryContext,
  { selection, signals, redactor, apart, notes = false, onTraces }: PiecesOptions,
): AsyncGenerator<ExportPiece> {
  const places = new Places(context.db)
  if (signals.traces || signals.logs === 'of traces') {
    const { ids } = await selectTraces(context, selection)
    onTraces?.(ids)
    const logs = signals.logs === 'of traces'
    const passes = apart
      ? [{ places, spans: signals.traces, logs: false }, ...(logs ? [{ places, spans: false, logs }] : [])]
      : [{ places, spans: signals.traces, logs }]
    for (const parts of passes) {
      for await (const piece of tracePieces(context, ids, parts)) {
        yield {
          kind: 'trace',
          ...piece,
          spans: piece.spans.map((span) => redactor.span(span)),
          logs: piece.logs.map((log) => redactor.log(log)),
          notes: notes && piece.last ? notesOn(context, piece.traceId, redactor) : [],
        }
      }
    }
  }
  if (signals.logs === 'filtered') {
    for await (const logs of filteredLogs(context, selection, places))
      yield { kind: 'logs', logs: logs.map((log) => redactor.log(log)) }
  }
  if (signals.metrics) {
    for await (const metrics of selectedMetrics(context, selection, places))
      yield { kind: 'metrics', metrics: metrics.map((metric) => redactor.metric(metric)) }
  }
}

function notesOn(context: QueryContext, traceId: string, redactor: Redactor): TraceNote[] {
  return listNotes(context, { traceId }).notes.map(({ spanId, text }) => ({
    spanId,
    text: redactor.text('note', text),
  }))
}

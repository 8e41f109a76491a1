/** What an export would hold and change, from counts and a look at its first records; bounded in time. */

import { randomBytes } from 'node:crypto'
import {
  type ExportCounts,
  type ExportFormat,
  type ExportPreview,
  type ExportRequest,
  type ExportSelection,
  exportFormatFacts,
} from '#shared/contract/exports.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { logHistogram } from '../queries/log-histogram.ts'
import { readSettings } from '../queries/settings.ts'
import { formatWriters } from './export-formats.ts'
import { exportPieces } from './export-pieces.ts'
import { ExportTally } from './export-tally.ts'
import type { Written } from './format-writer.ts'
import { Redactor } from './redactor.ts'
import { countPoints } from './selected-metrics.ts'
import { type SelectedSignals, selectedSignals, signalsFor } from './selected-signals.ts'
import { countTraceLogs, selectTraces } from './selected-traces.ts'

/** Counting and looking may take so long, each. */
const budgetMs = 700
const maxRecordsLookedAt = 3_000

/** Errors: BAD_INPUT for what the format can't hold, NOT_FOUND for a trace named by its id, CANCELLED. */
export async function previewExport(context: QueryContext, request: ExportRequest): Promise<ExportPreview> {
  const { selection, format } = request
  const signals = signalsFor(selection, format)
  const { counts, complete } = await countSelected(context, selection, signals)
  const redactor = new Redactor(request.redaction ?? readSettings(context, undefined).redaction, randomBytes(32))
  const looked = await look(context, request, { signals, redactor })
  const total = counts.spans + counts.logs + counts.points
  const seen = looked.counts.spans + looked.counts.logs + looked.counts.points
  return {
    counts,
    complete,
    bytes:
      seen === 0
        ? null
        : fileBytes(format, looked.isAll ? looked.bytes : (looked.bytes / seen) * Math.max(total, seen)),
    redaction: { found: redactor.found, looked: seen, samples: [...redactor.samples] },
    notices: leftOut(selection, signals, exportFormatFacts[format].label),
  }
}

async function countSelected(
  context: QueryContext,
  selection: ExportSelection,
  signals: SelectedSignals,
): Promise<{ readonly counts: ExportCounts; readonly complete: boolean }> {
  const deadline = performance.now() + budgetMs
  const enough = (): boolean => performance.now() > deadline
  let complete = true
  const counts = { traces: 0, spans: 0, logs: 0, points: 0 }
  if (signals.traces || signals.logs === 'of traces') {
    const selected = await selectTraces(context, selection, enough)
    complete &&= selected.complete
    counts.traces = selected.ids.count
    counts.spans = signals.traces ? selected.ids.spanCount : 0
    if (signals.logs === 'of traces') {
      const logs = await countTraceLogs(context, selected.ids, enough)
      complete &&= logs.complete
      counts.logs = logs.count
    }
  }
  if (signals.logs === 'filtered') counts.logs = await countLogs(context, selection)
  if (signals.metrics) {
    const points = await countPoints(context, selection, enough)
    complete &&= points.complete
    counts.points = points.count
  }
  return { counts, complete }
}

async function countLogs(context: QueryContext, { service, start, end, logs }: ExportSelection): Promise<number> {
  const { series } = await logHistogram(context, { ...logs, service, start, end, buckets: 1 })
  return series.reduce((sum, { counts }) => sum + counts.reduce((total, count) => total + count, 0), 0)
}

interface Looked {
  readonly counts: ExportCounts
  readonly bytes: number
  /** Everything there is was looked at. */
  readonly isAll: boolean
}

async function look(
  context: QueryContext,
  { selection, format }: ExportRequest,
  { signals, redactor }: { readonly signals: SelectedSignals; readonly redactor: Redactor },
): Promise<Looked> {
  const deadline = performance.now() + budgetMs
  // A page and a session hold about the same data.
  const writer = formatWriters[format === 'html' || format === 'session' ? 'otlp-jsonl' : format]()
  const notes = format === 'html' || format === 'session' || format === 'markdown'
  const tally = new ExportTally()
  let bytes = sizeOf(writer.begin?.() ?? '')
  for await (const piece of exportPieces(context, { selection, signals, redactor, apart: false, notes })) {
    for (const written of writer.write(piece)) bytes += sizeOf(written)
    tally.note(piece)
    const { spans, logs, points } = tally.counts
    if (spans + logs + points >= maxRecordsLookedAt || performance.now() > deadline) {
      return { counts: tally.counts, bytes, isAll: false }
    }
    await breathe(context.signal)
  }
  for (const written of writer.end?.() ?? []) bytes += sizeOf(written)
  return { counts: tally.counts, bytes, isAll: true }
}

/** The page itself and what compression leaves of the data, as measured on traces of the demo shop. */
const pageBytes = 380_000
const compressedShare = 0.15

function fileBytes(format: ExportFormat, dataBytes: number): number {
  return Math.round(format === 'html' ? pageBytes + dataBytes * compressedShare : dataBytes)
}

function sizeOf(written: Written): number {
  return typeof written === 'string' ? Buffer.byteLength(written) : written.length
}

/** What the format can't hold of what was selected by name or filter; nothing is said of signals nobody asked for. */
function leftOut(selection: ExportSelection, signals: SelectedSignals, label: string): string[] {
  const selected = selectedSignals(selection)
  const names = [
    ...(selected.traces && !signals.traces ? ['traces'] : []),
    ...(selected.logs !== 'none' && signals.logs === 'none' ? ['logs'] : []),
    ...(selected.metrics && !signals.metrics ? ['metrics'] : []),
  ]
  return names.length === 0 ? [] : [`${label} leaves out the ${names.join(' and ')} of the selection.`]
}

/** What a selection means: which signals, and whose logs. */

import { SpanlightError } from '#shared/contract/errors.ts'
import {
  defaultExportSignals,
  type ExportFormat,
  type ExportSelection,
  exportFormatFacts,
  exportSignals,
} from '#shared/contract/exports.ts'

export interface SelectedSignals {
  readonly traces: boolean
  /** `of traces`: those of the selected traces, with each trace; `filtered`: by their own filter, in the order of time. */
  readonly logs: 'none' | 'of traces' | 'filtered'
  readonly metrics: boolean
}

export function selectedSignals(selection: ExportSelection): SelectedSignals {
  const signals = selection.signals ?? defaultExportSignals(selection)
  const logs = signals.includes('logs')
  return {
    traces: signals.includes('traces'),
    logs: !logs
      ? 'none'
      : (selection.traceIds ?? selection.traces) !== undefined && selection.logs === undefined
        ? 'of traces'
        : 'filtered',
    metrics: signals.includes('metrics'),
  }
}

/** As far as the format can hold it. Throws BAD_INPUT when it can hold nothing of it, or one of several only. */
export function signalsFor(selection: ExportSelection, format: ExportFormat): SelectedSignals {
  const { label, signals: held, oneSignal } = exportFormatFacts[format]
  const selected = selectedSignals(selection)
  const wanted = exportSignals.filter((signal) => selected[signal] !== false && selected[signal] !== 'none')
  const written = wanted.filter((signal) => held.includes(signal))
  const needsTraces = !held.includes('metrics')
  if (written.length === 0 || (needsTraces && !written.includes('traces'))) {
    const holds = needsTraces ? `traces${held.includes('logs') ? ', with their logs' : ''}` : held.join(' and ')
    throw new SpanlightError('BAD_INPUT', `${label} holds ${holds}; the selection has none.`)
  }
  // A person who names no signals means the first of them.
  const kept = oneSignal && selection.signals === undefined ? written.slice(0, 1) : written
  if (oneSignal && kept.length > 1) {
    throw new SpanlightError(
      'BAD_INPUT',
      `${label} holds one signal: choose one of ${written.join(', ')} and export the others into files of their own.`,
    )
  }
  const traces = kept.includes('traces')
  const logs = kept.includes('logs')
  return {
    traces,
    // Formats that hold logs as part of their trace take these alone.
    logs: !logs ? 'none' : needsTraces ? 'of traces' : selected.logs,
    metrics: kept.includes('metrics'),
  }
}

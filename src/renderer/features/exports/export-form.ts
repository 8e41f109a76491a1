/** What a person chose in the export dialog, and the request it makes. */

import {
  defaultExportSignals,
  type ExportFormat,
  type ExportRequest,
  type ExportSelection,
  type ExportSignal,
  exportFormatFacts,
  noRedaction,
  type Redaction,
} from '#shared/contract/exports.ts'

export interface ExportForm {
  readonly format: ExportFormat
  /** Undefined until a person chooses: then those the selection means by itself. */
  readonly signals: readonly ExportSignal[] | undefined
  readonly redacts: boolean
  readonly redaction: Redaction
}

export interface SignalChoice {
  readonly signal: ExportSignal
  readonly isChosen: boolean
  /** The format can't hold it, or can't do without it. */
  readonly isFixed: boolean
}

/** Formats of traces take logs only with their traces. */
function needsTraces(format: ExportFormat): boolean {
  return !exportFormatFacts[format].signals.includes('metrics')
}

export function signalChoices(selection: ExportSelection, { format, signals }: ExportForm): SignalChoice[] {
  const { signals: held, oneSignal } = exportFormatFacts[format]
  const wanted = (signals ?? defaultExportSignals(selection)).filter((signal) => held.includes(signal))
  const chosen = oneSignal ? wanted.slice(0, 1) : wanted
  return (['traces', 'logs', 'metrics'] as const).map((signal) => ({
    signal,
    isChosen: chosen.includes(signal),
    isFixed: !held.includes(signal) || (signal === 'traces' && needsTraces(format) && chosen.includes('traces')),
  }))
}

/** The form after a click on a signal: formats of one signal change to it, the others take it or leave it. */
export function withSignal(selection: ExportSelection, form: ExportForm, signal: ExportSignal): ExportForm {
  if (exportFormatFacts[form.format].oneSignal) return { ...form, signals: [signal] }
  const chosen = signalChoices(selection, form).filter(({ isChosen }) => isChosen)
  const before = chosen.map((choice) => choice.signal)
  const after = before.includes(signal) ? before.filter((each) => each !== signal) : [...before, signal]
  return { ...form, signals: after }
}

export function requestOf(selection: ExportSelection, form: ExportForm): ExportRequest {
  const signals = signalChoices(selection, form).flatMap(({ signal, isChosen }) => (isChosen ? [signal] : []))
  return {
    // With none left the engine says what the format would need.
    selection: signals.length === 0 ? selection : { ...selection, signals },
    format: form.format,
    redaction: form.redacts ? form.redaction : noRedaction,
  }
}

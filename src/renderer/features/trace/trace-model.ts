/** One trace ready to draw: its columns and what is worked out from them once per load. */

import type { WaterfallColumns, WaterfallOperation } from '#shared/contract/waterfall.ts'
import { StatusCode } from '#shared/model/span.ts'
import { operationText, serviceText } from '../../ui/names.ts'
import { indexSpans, isMissingParent, type SpanIndex } from './span-index.ts'
import { errorSums } from './trace-rows.ts'
import type { RowRange } from './trace-selection.ts'
import { type TraceWarning, traceWarnings } from './trace-warnings.ts'

export interface TraceModel {
  readonly columns: WaterfallColumns
  readonly index: SpanIndex
  /** Rows that are spans; the others stand in for missing parents. */
  readonly spanCount: number
  readonly errorCount: number
  /** See `errorSums`. */
  readonly errorSums: Uint32Array
  readonly warnings: readonly TraceWarning[]
  /** Names as they are shown: one line, nothing invisible, of bounded length. By index, as in the columns. */
  readonly serviceLabels: readonly string[]
  readonly operationLabels: readonly string[]
  /** Where each row's events begin in `eventOrder`. */
  readonly eventStarts: Uint32Array
  /** Positions in the event columns, row by row. */
  readonly eventOrder: Uint32Array
}

export function traceModel(columns: WaterfallColumns): TraceModel {
  const sums = errorSums(columns, StatusCode.error)
  let spanCount = 0
  for (let row = 0; row < columns.rowCount; row++) if (!isMissingParent(columns, row)) spanCount++
  return {
    columns,
    index: indexSpans(columns),
    spanCount,
    errorCount: sums[columns.rowCount] ?? 0,
    errorSums: sums,
    warnings: traceWarnings(columns),
    serviceLabels: columns.services.map(serviceText),
    operationLabels: columns.operations.map(({ name }) => operationText(name)),
    ...eventsByRow(columns),
  }
}

function eventsByRow({ rowCount, eventRow }: WaterfallColumns): Pick<TraceModel, 'eventStarts' | 'eventOrder'> {
  const eventStarts = new Uint32Array(rowCount + 1)
  for (const row of eventRow) eventStarts[row + 1] = (eventStarts[row + 1] ?? 0) + 1
  for (let row = 0; row < rowCount; row++) eventStarts[row + 1] = (eventStarts[row + 1] ?? 0) + (eventStarts[row] ?? 0)
  const next = eventStarts.slice()
  const eventOrder = new Uint32Array(eventRow.length)
  eventRow.forEach((row, event) => {
    const place = next[row] ?? 0
    eventOrder[place] = event
    next[row] = place + 1
  })
  return { eventStarts, eventOrder }
}

const noOperation: WaterfallOperation = { service: 0, name: '', kind: 0 }

function operationAt({ columns }: TraceModel, row: number): WaterfallOperation {
  return columns.operations[columns.operation[row] ?? 0] ?? noOperation
}

export function serviceAt(model: TraceModel, row: number): string {
  return model.columns.services[operationAt(model, row).service] ?? ''
}

export function operationLabel(model: TraceModel, row: number): string {
  return model.operationLabels[model.columns.operation[row] ?? 0] ?? ''
}

export function serviceLabel(model: TraceModel, row: number): string {
  return model.serviceLabels[operationAt(model, row).service] ?? ''
}

export function isError({ columns }: TraceModel, row: number): boolean {
  return columns.status[row] === StatusCode.error
}

/** Errors in the subtree below a row, the row itself not counted. */
export function errorsBelow(model: TraceModel, row: number): number {
  return errorsIn(model, { first: row + 1, end: row + (model.columns.descendants[row] ?? 0) + 1 })
}

/** How many rows of a range are in error. */
export function errorsIn({ errorSums }: TraceModel, { first, end }: RowRange): number {
  return (errorSums[end] ?? 0) - (errorSums[first] ?? 0)
}

/** The how-many-eth error of the range a row is, for "error 2 of 3"; 0 when the row is none. */
export function errorOrdinal(model: TraceModel, row: number | undefined, range: RowRange): number {
  if (row === undefined || row < range.first || row >= range.end || !isError(model, row)) return 0
  return errorsIn(model, { first: range.first, end: row + 1 })
}

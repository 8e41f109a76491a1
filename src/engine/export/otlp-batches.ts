/** Pieces of an export in batches of about a thousand records: small traces share one, large ones fill several. */

import type { LogData, MetricData, SpanData } from '#shared/model/telemetry-data.ts'
import type { ExportPiece } from './export-pieces.ts'

const batchRecords = 1_000

export type OtlpBatch =
  | { readonly signal: 'traces'; readonly records: readonly SpanData[] }
  | { readonly signal: 'logs'; readonly records: readonly LogData[] }
  | { readonly signal: 'metrics'; readonly records: readonly MetricData[] }

export class OtlpBatches {
  #spans: SpanData[] = []
  #logs: LogData[] = []
  #metrics: MetricData[] = []
  #points = 0;

  *add(piece: ExportPiece): Generator<OtlpBatch> {
    if (piece.kind === 'metrics') {
      this.#metrics.push(...piece.metrics)
      for (const { points } of piece.metrics) this.#points += points.length
    } else {
      if (piece.kind === 'trace') this.#spans.push(...piece.spans)
      this.#logs.push(...piece.logs)
    }
    if (this.#spans.length >= batchRecords || this.#logs.length >= batchRecords || this.#points >= batchRecords)
      yield* this.rest()
  }

  *rest(): Generator<OtlpBatch> {
    if (this.#spans.length > 0) yield { signal: 'traces', records: this.#spans }
    if (this.#logs.length > 0) yield { signal: 'logs', records: this.#logs }
    if (this.#metrics.length > 0) yield { signal: 'metrics', records: this.#metrics }
    this.#spans = []
    this.#logs = []
    this.#metrics = []
    this.#points = 0
  }
}

/** OTLP/JSON files: JSON Lines as the Collector's file exporter writes them, or one document. */

import { resourceLogsJson, resourceMetricsJson, resourceSpansJson } from '../wire/otlp-batch-json-encode.ts'
import type { Json } from '../wire/otlp-json-encode.ts'
import type { ExportPiece } from './export-pieces.ts'
import type { FormatWriter } from './format-writer.ts'
import { type OtlpBatch, OtlpBatches } from './otlp-batches.ts'

/** Each line is one `TracesData`, `LogsData` or `MetricsData`. */
export class OtlpJsonLines implements FormatWriter {
  readonly #batches = new OtlpBatches();

  *write(piece: ExportPiece): Generator<string> {
    for (const batch of this.#batches.add(piece)) yield line(batch)
  }

  *end(): Generator<string> {
    for (const batch of this.#batches.rest()) yield line(batch)
  }
}

function line(batch: OtlpBatch): string {
  return `${JSON.stringify({ [fieldOf(batch)]: resources(batch) })}\n`
}

/** All signals in one object; each list is open while its records come. */
export class OtlpJsonDocument implements FormatWriter {
  readonly #batches = new OtlpBatches()
  #field = ''

  begin(): string {
    return '{'
  }

  *write(piece: ExportPiece): Generator<string> {
    yield* this.#grown(this.#batches.add(piece))
  }

  *end(): Generator<string> {
    yield* this.#grown(this.#batches.rest())
    yield this.#field === '' ? '}\n' : ']}\n'
  }

  *#grown(batches: Iterable<OtlpBatch>): Generator<string> {
    for (const batch of batches) {
      const field = fieldOf(batch)
      const items = resources(batch).map((resource) => JSON.stringify(resource))
      if (field === this.#field) yield `,\n${items.join(',\n')}`
      else yield `${this.#field === '' ? '' : '],'}"${field}":[\n${items.join(',\n')}`
      this.#field = field
    }
  }
}

function fieldOf({ signal }: OtlpBatch): string {
  return { traces: 'resourceSpans', logs: 'resourceLogs', metrics: 'resourceMetrics' }[signal]
}

function resources(batch: OtlpBatch): Json[] {
  if (batch.signal === 'traces') return resourceSpansJson(batch.records)
  return batch.signal === 'logs' ? resourceLogsJson(batch.records) : resourceMetricsJson(batch.records)
}

/**
 * OTLP protobuf files: messages of `TracesData`, `LogsData` or `MetricsData`, each after its length as a varint, as protobuf's
 * own libraries write several messages into one file (`writeDelimitedTo`).
 */

import { logsProtobuf, metricsProtobuf, tracesProtobuf } from '../wire/otlp-batch-protobuf-encode.ts'
import { ProtobufWriter } from '../wire/protobuf-writer.ts'
import type { ExportPiece } from './export-pieces.ts'
import type { FormatWriter } from './format-writer.ts'
import { type OtlpBatch, OtlpBatches } from './otlp-batches.ts'

export class OtlpProtobufWriter implements FormatWriter {
  readonly #batches = new OtlpBatches();

  *write(piece: ExportPiece): Generator<Uint8Array> {
    for (const batch of this.#batches.add(piece)) yield delimited(messageOf(batch))
  }

  *end(): Generator<Uint8Array> {
    for (const batch of this.#batches.rest()) yield delimited(messageOf(batch))
  }
}

function messageOf(batch: OtlpBatch): Uint8Array {
  if (batch.signal === 'traces') return tracesProtobuf(batch.records)
  return batch.signal === 'logs' ? logsProtobuf(batch.records) : metricsProtobuf(batch.records)
}

function delimited(message: Uint8Array): Uint8Array {
  const writer = new ProtobufWriter()
  writer.delimited(message)
  return writer.finish()
}

/** A batch of an export as a receiver makes it of what is sent: through the wire's own bytes, so whatever is kept there is kept here. */

import type { LogBatch, MetricBatch, TraceBatch } from '#shared/model/batch.ts'
import { logsProtobuf, metricsProtobuf, tracesProtobuf } from '../wire/otlp-batch-protobuf-encode.ts'
import { decodeLogsProtobuf } from '../wire/otlp-logs-protobuf.ts'
import { decodeMetricsProtobuf } from '../wire/otlp-metrics-protobuf.ts'
import { decodeTracesProtobuf } from '../wire/otlp-traces-protobuf.ts'
import type { OtlpBatch } from './otlp-batches.ts'

/** One of the three. */
export interface Records {
  readonly traces?: TraceBatch
  readonly logs?: LogBatch
  readonly metrics?: MetricBatch
}

export function recordsOf(batch: OtlpBatch): Records {
  if (batch.signal === 'traces') return { traces: decodeTracesProtobuf(Buffer.from(tracesProtobuf(batch.records))) }
  if (batch.signal === 'logs') return { logs: decodeLogsProtobuf(Buffer.from(logsProtobuf(batch.records))) }
  return { metrics: decodeMetricsProtobuf(Buffer.from(metricsProtobuf(batch.records))) }
}

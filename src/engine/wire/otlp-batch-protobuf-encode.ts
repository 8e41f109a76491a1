/** Batches of records as `TracesData`, `LogsData` and `MetricsData`, which are their export requests, too. */

import type { LogData, MetricData, Placed, SpanData } from '#shared/model/telemetry-data.ts'
import { groupByPlace } from './otlp-envelope.ts'
import { writeLog } from './otlp-logs-protobuf-encode.ts'
import { writeMetric } from './otlp-metrics-protobuf-encode.ts'
import { optionalText, writeResource, writeScope } from './otlp-protobuf-encode.ts'
import { writeSpan } from './otlp-traces-protobuf-encode.ts'
import { ProtobufWriter } from './protobuf-writer.ts'

export function tracesProtobuf(spans: readonly SpanData[]): Uint8Array {
  return nested(spans, writeSpan)
}

export function logsProtobuf(logs: readonly LogData[]): Uint8Array {
  return nested(logs, writeLog)
}

export function metricsProtobuf(metrics: readonly MetricData[]): Uint8Array {
  return nested(metrics, writeMetric)
}

/** The three signals number their lists alike. */
function nested<Record extends Placed>(
  records: readonly Record[],
  write: (writer: ProtobufWriter, record: Record) => void,
): Uint8Array {
  const data = new ProtobufWriter()
  for (const { resource, scopes } of groupByPlace(records)) {
    data.message(1, (resourceWriter) => {
      writeResource(resourceWriter, resource)
      for (const { scope, records: grouped } of scopes) {
        resourceWriter.message(2, (scopeWriter) => {
          writeScope(scopeWriter, scope)
          for (const record of grouped) scopeWriter.message(2, (inner) => write(inner, record))
          optionalText(scopeWriter, 3, scope.schemaUrl)
        })
      }
      optionalText(resourceWriter, 3, resource.schemaUrl)
    })
  }
  return data.finish()
}

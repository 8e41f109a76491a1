/** Batches of records as the lists of an OTLP/JSON request: `resourceSpans`, `resourceLogs`, `resourceMetrics`. */

import type { LogData, MetricData, Placed, SpanData } from '#shared/model/telemetry-data.ts'
import { groupByPlace } from './otlp-envelope.ts'
import { type Json, resourceJson, scopeJson } from './otlp-json-encode.ts'
import { logJson } from './otlp-logs-json-encode.ts'
import { metricJson } from './otlp-metrics-json-encode.ts'
import { spanJson } from './otlp-traces-json-encode.ts'

export function resourceSpansJson(spans: readonly SpanData[]): Json[] {
  return nested(spans, { scopes: 'scopeSpans', records: 'spans' }, spanJson)
}

export function resourceLogsJson(logs: readonly LogData[]): Json[] {
  return nested(logs, { scopes: 'scopeLogs', records: 'logRecords' }, logJson)
}

export function resourceMetricsJson(metrics: readonly MetricData[]): Json[] {
  return nested(metrics, { scopes: 'scopeMetrics', records: 'metrics' }, metricJson)
}

function nested<Record extends Placed>(
  records: readonly Record[],
  fields: { readonly scopes: string; readonly records: string },
  encode: (record: Record) => Json,
): Json[] {
  return groupByPlace(records).map(({ resource, scopes }) => ({
    ...resourceJson(resource),
    [fields.scopes]: scopes.map(({ scope, records: grouped }) => ({
      ...scopeJson(scope),
      [fields.records]: grouped.map(encode),
    })),
  }))
}

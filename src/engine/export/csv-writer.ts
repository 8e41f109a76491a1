/** A table of spans, log records or points: the columns of the database's views. */

import { csvLine } from '#shared/model/csv.ts'
import { type KeyValue, plainAttributes } from '#shared/model/jsonb.ts'
import { spanKindName } from '#shared/model/span.ts'
import type { LogData, MetricData, PointData, SpanData } from '#shared/model/telemetry-data.ts'
import { toIsoNanos } from '#shared/model/time.ts'
import { textOfValue } from '../wire/plain-text.ts'
import type { ExportPiece } from './export-pieces.ts'
import type { FormatWriter } from './format-writer.ts'

const columns = {
  spans: [
    'trace_id',
    'span_id',
    'parent_span_id',
    'service',
    'name',
    'kind',
    'start',
    'duration_ms',
    'status',
    'status_message',
    'scope',
    'attributes',
    'resource',
    'events',
    'links',
  ],
  logs: [
    'time',
    'service',
    'severity_number',
    'severity_text',
    'body',
    'trace_id',
    'span_id',
    'event_name',
    'attributes',
    'resource',
  ],
  points: [
    'time',
    'name',
    'service',
    'type',
    'unit',
    'value',
    'count',
    'sum',
    'min',
    'max',
    'detail',
    'attributes',
    'resource',
  ],
} as const

type Table = keyof typeof columns

export class CsvWriter implements FormatWriter {
  #table: Table | undefined;

  *write(piece: ExportPiece): Generator<string> {
    if (piece.kind === 'metrics') {
      for (const metric of piece.metrics)
        for (const point of metric.points) yield* this.#row('points', pointCells(metric, point))
      return
    }
    if (piece.kind === 'trace') for (const span of piece.spans) yield* this.#row('spans', spanCells(span))
    for (const log of piece.logs) yield* this.#row('logs', logCells(log))
  }

  *#row(table: Table, cells: readonly string[]): Generator<string> {
    if (this.#table === undefined) yield csvLine(columns[table])
    this.#table = table
    yield csvLine(cells)
  }
}

const statuses = ['unset', 'ok', 'error']

function spanCells(span: SpanData): string[] {
  return [
    span.traceId,
    span.spanId,
    span.parentSpanId ?? '',
    span.resource.serviceName,
    span.name,
    spanKindName(span.kind),
    toIsoNanos(span.startUnixNano),
    millis(span.endUnixNano - span.startUnixNano),
    statuses[span.statusCode] ?? String(span.statusCode),
    span.statusMessage,
    span.scope.name,
    json(span.attributes),
    json(span.resource.attributes),
    span.events.length === 0 ? '' : JSON.stringify(span.events.map(plainEvent)),
    span.links.length === 0 ? '' : JSON.stringify(span.links.map(({ traceId, spanId }) => `${traceId}:${spanId}`)),
  ]
}

function plainEvent({ timeUnixNano, name, attributes }: SpanData['events'][number]): unknown {
  return { time: toIsoNanos(timeUnixNano), name, attributes: plainAttributes(attributes) }
}

function logCells(log: LogData): string[] {
  const at = log.timeUnixNano === 0n ? log.observedTimeUnixNano : log.timeUnixNano
  return [
    at === 0n ? '' : toIsoNanos(at),
    log.resource.serviceName,
    String(log.severityNumber),
    log.severityText,
    log.body === undefined || log.body === null ? '' : textOfValue(log.body),
    log.traceId ?? '',
    log.spanId ?? '',
    log.eventName,
    json(log.attributes),
    json(log.resource.attributes),
  ]
}

function pointCells(metric: MetricData, point: PointData): string[] {
  return [
    toIsoNanos(point.timeUnixNano),
    metric.name,
    metric.resource.serviceName,
    metric.type,
    metric.unit,
    text(point.intValue ?? point.doubleValue),
    text(point.count),
    text(point.sum),
    text(point.min),
    text(point.max),
    detail(metric, point),
    json(point.attributes),
    json(metric.resource.attributes),
  ]
}

/** Buckets or quantiles; nothing for a number. */
function detail({ type }: MetricData, point: PointData): string {
  const { bucketCounts, explicitBounds, scale, zeroCount, positive, negative, quantileValues } = point
  const exact = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value)
  if (type === 'histogram') return JSON.stringify({ bucketCounts, explicitBounds }, exact)
  if (type === 'exponential_histogram') return JSON.stringify({ scale, zeroCount, positive, negative }, exact)
  return type === 'summary' ? JSON.stringify(quantileValues) : ''
}

/** Exact to the nanosecond, without trailing zeros. */
function millis(nanos: bigint): string {
  const sign = nanos < 0n ? '-' : ''
  const digits = (nanos < 0n ? -nanos : nanos).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`
}

function text(value: bigint | number | null): string {
  return value === null ? '' : String(value)
}

function json(attributes: readonly KeyValue[]): string {
  return attributes.length === 0 ? '' : JSON.stringify(plainAttributes(attributes))
}

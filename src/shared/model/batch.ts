/** What a decoder makes of one payload: records that point at their resource and scope, and what was rejected. */

import type { Packed } from './jsonb.ts'
import type { MetricType } from './metric.ts'

export type Signal = 'traces' | 'logs' | 'metrics'

export interface ResourceRecord {
  /** `service.name`, or `unknown_service`. */
  readonly serviceName: string
  readonly attributes: Packed
  readonly droppedAttributesCount: number
  /** JSON array of entity references, or null when there are none. */
  readonly entityRefs: Packed | null
  readonly schemaUrl: string
}

export interface ScopeRecord {
  readonly name: string
  readonly version: string
  readonly attributes: Packed
  readonly droppedAttributesCount: number
  readonly schemaUrl: string
}

export interface SpanRecord {
  /** Indices into the batch's `resources` and `scopes`. */
  readonly resource: number
  readonly scope: number
  readonly traceId: Uint8Array
  readonly spanId: Uint8Array
  /** Null for a root. */
  readonly parentSpanId: Uint8Array | null
  readonly traceState: string
  readonly flags: number
  readonly name: string
  readonly kind: number
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
  readonly statusCode: number
  readonly statusMessage: string
  readonly attributes: Packed
  readonly droppedAttributesCount: number
  /** JSON array of `{time, name, attributes, dropped}`, or null when there are none. */
  readonly events: Packed | null
  readonly droppedEventsCount: number
  /** JSON array of `{traceId, spanId, traceState, attributes, dropped, flags}`, or null when there are none. */
  readonly links: Packed | null
  readonly droppedLinksCount: number
}

export interface LogRecord {
  readonly resource: number
  readonly scope: number
  /** 0 when the sender gave none; then the observed time stands in. */
  readonly timeUnixNano: bigint
  readonly observedTimeUnixNano: bigint
  readonly severityNumber: number
  readonly severityText: string
  /** Any value, or null when absent. */
  readonly body: Packed | null
  readonly attributes: Packed
  readonly droppedAttributesCount: number
  readonly flags: number
  readonly eventName: string
  readonly traceId: Uint8Array | null
  readonly spanId: Uint8Array | null
  /** What full-text search finds this record by. */
  readonly searchText: string
}

export interface ExemplarRecord {
  readonly timeUnixNano: bigint
  readonly intValue: bigint | null
  readonly doubleValue: number | null
  /** A double that SQLite can't hold, as a JSON object; see `point-columns.ts`. */
  readonly detail: Packed | null
  readonly traceId: Uint8Array | null
  readonly spanId: Uint8Array | null
  readonly attributes: Packed
}

/** One data point of any type; what a type doesn't have is null. */
export interface PointRecord {
  readonly attributes: Packed
  readonly startUnixNano: bigint
  readonly timeUnixNano: bigint
  /** Bit 0: no recorded value (OTLP `DataPointFlags`). */
  readonly flags: number
  /** Gauges and sums have one of these two, or none when nothing was recorded. */
  readonly intValue: bigint | null
  readonly doubleValue: number | null
  /** Histograms and summaries. */
  readonly count: bigint | null
  readonly sum: number | null
  readonly min: number | null
  readonly max: number | null
  /** Buckets, quantiles, and doubles that SQLite can't hold (NaN), as a JSON object; see `point-columns.ts`. */
  readonly detail: Packed | null
  readonly exemplars: readonly ExemplarRecord[]
}

export interface MetricRecord {
  readonly resource: number
  readonly scope: number
  readonly name: string
  readonly description: string
  readonly unit: string
  readonly type: MetricType
  readonly temporality: number
  readonly monotonic: boolean
  /** Attributes of the metric itself, or null when there are none. */
  readonly metadata: Packed | null
  readonly points: readonly PointRecord[]
}

/** Why single records were refused, each with how often. */
export type Rejections = ReadonlyMap<string, number>

export interface Batch<Record> {
  readonly resources: readonly ResourceRecord[]
  readonly scopes: readonly ScopeRecord[]
  readonly records: readonly Record[]
  readonly rejected: Rejections
}

export type TraceBatch = Batch<SpanRecord>
export type LogBatch = Batch<LogRecord>
export type MetricBatch = Batch<MetricRecord>

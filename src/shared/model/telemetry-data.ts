/** Records with everything unpacked, as encoders write them and redaction reads them; ids in hex. */

import type { AttributeValue, KeyValue } from './jsonb.ts'
import type { MetricType } from './metric.ts'

export interface EntityRef {
  readonly schemaUrl: string
  readonly type: string
  readonly idKeys: readonly string[]
  readonly descriptionKeys: readonly string[]
}

/** Records that share a resource or a scope share its object: encoders group by identity. */
export interface ResourceData {
  readonly serviceName: string
  readonly attributes: readonly KeyValue[]
  readonly droppedAttributesCount: number
  /** Null when there are none. */
  readonly entityRefs: readonly EntityRef[] | null
  readonly schemaUrl: string
}

export interface ScopeData {
  readonly name: string
  readonly version: string
  readonly attributes: readonly KeyValue[]
  readonly droppedAttributesCount: number
  readonly schemaUrl: string
}

/** Where a record comes from. */
export interface Placed {
  readonly resource: ResourceData
  readonly scope: ScopeData
}

export interface SpanEventData {
  readonly timeUnixNano: bigint
  readonly name: string
  readonly attributes: readonly KeyValue[]
  readonly droppedAttributesCount: number
}

export interface SpanLinkData {
  readonly traceId: string
  readonly spanId: string
  readonly traceState: string
  readonly attributes: readonly KeyValue[]
  readonly droppedAttributesCount: number
  readonly flags: number
}

export interface SpanData extends Placed {
  readonly traceId: string
  readonly spanId: string
  /** Null for a root. */
  readonly parentSpanId: string | null
  readonly traceState: string
  readonly flags: number
  readonly name: string
  readonly kind: number
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
  readonly statusCode: number
  readonly statusMessage: string
  readonly attributes: readonly KeyValue[]
  readonly droppedAttributesCount: number
  readonly events: readonly SpanEventData[]
  readonly droppedEventsCount: number
  readonly links: readonly SpanLinkData[]
  readonly droppedLinksCount: number
}

export interface LogData extends Placed {
  /** 0 when the sender gave none. */
  readonly timeUnixNano: bigint
  readonly observedTimeUnixNano: bigint
  readonly severityNumber: number
  readonly severityText: string
  /** Undefined when the record has no body, which isn't the same as an empty one. */
  readonly body: AttributeValue | undefined
  readonly attributes: readonly KeyValue[]
  readonly droppedAttributesCount: number
  readonly flags: number
  readonly eventName: string
  readonly traceId: string | null
  readonly spanId: string | null
}

export interface ExemplarData {
  readonly timeUnixNano: bigint
  readonly intValue: bigint | null
  readonly doubleValue: number | null
  readonly traceId: string | null
  readonly spanId: string | null
  readonly attributes: readonly KeyValue[]
}

export interface BucketsData {
  readonly offset: number
  readonly bucketCounts: readonly bigint[]
}

/** One data point of any type; what a type doesn't have is null or empty. */
export interface PointData {
  readonly attributes: readonly KeyValue[]
  readonly startUnixNano: bigint
  readonly timeUnixNano: bigint
  readonly flags: number
  readonly intValue: bigint | null
  readonly doubleValue: number | null
  readonly count: bigint | null
  readonly sum: number | null
  readonly min: number | null
  readonly max: number | null
  readonly bucketCounts: readonly bigint[]
  readonly explicitBounds: readonly number[]
  readonly scale: number
  readonly zeroCount: bigint
  readonly zeroThreshold: number
  readonly positive: BucketsData | null
  readonly negative: BucketsData | null
  readonly quantileValues: readonly { readonly quantile: number; readonly value: number }[]
  readonly exemplars: readonly ExemplarData[]
}

export interface MetricData extends Placed {
  readonly name: string
  readonly description: string
  readonly unit: string
  readonly type: MetricType
  readonly temporality: number
  readonly monotonic: boolean
  /** Attributes of the metric itself; null when there are none. */
  readonly metadata: readonly KeyValue[] | null
  readonly points: readonly PointData[]
}

/** Metrics from OTLP/JSON. */

import type { ExemplarRecord, MetricBatch, MetricRecord, PointRecord } from '#shared/model/batch.ts'
import type { MetricType } from '#shared/model/metric.ts'
import { RejectedRecord, type RejectionTally, reasons } from './decode-error.ts'
import {
  arrayField,
  doubleField,
  int64Field,
  type JsonObject,
  objectField,
  textField,
  uint32Field,
} from './json-fields.ts'
import type { JsonbWriter } from './jsonb-writer.ts'
import { traceContextOf } from './log-columns.ts'
import { metricDataFields } from './metric-data-field.ts'
import { decodeJsonBatch, idField, type JsonPayload, packAttributes } from './otlp-batch-json.ts'
import { timeField } from './otlp-traces-json.ts'
import { type Buckets, checkedCount, type PointDetail, packDetail } from './point-columns.ts'

const temporalityNames: Readonly<Record<string, number>> = {
  AGGREGATION_TEMPORALITY_UNSPECIFIED: 0,
  AGGREGATION_TEMPORALITY_DELTA: 1,
  AGGREGATION_TEMPORALITY_CUMULATIVE: 2,
}

/** Decodes an `ExportMetricsServiceRequest` in JSON. Throws `MalformedPayload`. */
export function decodeMetricsJson(payload: JsonPayload): MetricBatch {
  return decodeJsonBatch(
    payload,
    { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' },
    { decode: decodeMetric, weigh: countPoints },
  )
}

function decodeMetric(
  writer: JsonbWriter,
  json: JsonObject,
  place: { readonly resource: number; readonly scope: number },
  tally: RejectionTally,
): MetricRecord {
  const type = typeOf(json)
  if (!type) throw new RejectedRecord(reasons.metricType)
  const data = objectField(json[metricDataFields[type]])
  const points: PointRecord[] = []
  for (const item of arrayField(data.dataPoints)) {
    const point = tally.attempt(() => decodePoint(writer, type, objectField(item)))
    if (point) points.push(point)
  }
  return {
    ...place,
    name: textField(json.name),
    description: textField(json.description),
    unit: textField(json.unit),
    type,
    temporality: uint32Field(data.aggregationTemporality, temporalityNames),
    monotonic: data.isMonotonic === true,
    metadata: arrayField(json.metadata).length === 0 ? null : packAttributes(writer, json.metadata),
    points,
  }
}

function typeOf(json: JsonObject): MetricType | undefined {
  return (Object.keys(metricDataFields) as MetricType[]).find((type) => isSet(json[metricDataFields[type]]))
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null
}

function decodePoint(writer: JsonbWriter, type: MetricType, json: JsonObject): PointRecord {
  const counted = type !== 'gauge' && type !== 'sum'
  const doubleValue = optionalDouble(json.asDouble)
  const sum = type === 'summary' ? (optionalDouble(json.sum) ?? 0) : optionalDouble(json.sum)
  const min = optionalDouble(json.min)
  const max = optionalDouble(json.max)
  return {
    attributes: packAttributes(writer, json.attributes),
    startUnixNano: timeField(json.startTimeUnixNano),
    timeUnixNano: timeField(json.timeUnixNano),
    flags: uint32Field(json.flags),
    intValue: isSet(json.asInt) ? BigInt.asIntN(64, int64Field(json.asInt)) : null,
    doubleValue: column(doubleValue),
    count: counted ? checkedCount(int64Field(json.count)) : null,
    sum: column(sum),
    min: column(min),
    max: column(max),
    detail: packDetail(writer, { ...detailOf(json), doubleValue, sum, min, max }),
    exemplars: arrayField(json.exemplars).map((item) => exemplarOf(writer, objectField(item))),
  }
}

/** Fields that only one type has are absent in the others. */
function detailOf(json: JsonObject): PointDetail {
  return {
    bucketCounts: arrayField(json.bucketCounts).map((count) => checkedCount(int64Field(count))),
    explicitBounds: arrayField(json.explicitBounds).map(doubleField),
    scale: Number(int64Field(json.scale)),
    zeroCount: checkedCount(int64Field(json.zeroCount)),
    zeroThreshold: optionalDouble(json.zeroThreshold) ?? 0,
    positive: bucketsOf(json.positive),
    negative: bucketsOf(json.negative),
    quantileValues: arrayField(json.quantileValues).map((item) => {
      const pair = objectField(item)
      return { quantile: optionalDouble(pair.quantile) ?? 0, value: optionalDouble(pair.value) ?? 0 }
    }),
  }
}

function bucketsOf(value: unknown): Buckets | null {
  if (!isSet(value)) return null
  const json = objectField(value)
  return {
    offset: Number(int64Field(json.offset)),
    bucketCounts: arrayField(json.bucketCounts).map((count) => checkedCount(int64Field(count))),
  }
}

function optionalDouble(value: unknown): number | null {
  return isSet(value) ? doubleField(value) : null
}

const column = (value: number | null): number | null => (Number.isNaN(value) ? null : value)

function exemplarOf(writer: JsonbWriter, json: JsonObject): ExemplarRecord {
  const doubleValue = optionalDouble(json.asDouble)
  return {
    timeUnixNano: timeField(json.timeUnixNano),
    intValue: isSet(json.asInt) ? BigInt.asIntN(64, int64Field(json.asInt)) : null,
    doubleValue: column(doubleValue),
    detail: packDetail(writer, { doubleValue }),
    ...traceContextOf(idField(json.traceId, reasons.traceId), idField(json.spanId, reasons.spanId)),
    attributes: packAttributes(writer, json.filteredAttributes),
  }
}

/** A metric that is refused as a whole counts with its data points; without any it still counts once. */
function countPoints(item: unknown): number {
  if (typeof item !== 'object' || item === null) return 1
  const json = item as JsonObject
  const counts = Object.values(metricDataFields).map((field) => {
    const data = json[field]
    const points = typeof data === 'object' && data !== null ? (data as JsonObject).dataPoints : undefined
    return Array.isArray(points) ? points.length : 0
  })
  return Math.max(1, ...counts)
}

/** A stored metric with the points of one series as a record with everything unpacked. */

import { toHex } from '#shared/model/ids.ts'
import { type AttributeValue, fieldsOf, pairsOf, unpackAttributes } from '#shared/model/jsonb.ts'
import type { BucketsData, ExemplarData, MetricData, PointData } from '#shared/model/telemetry-data.ts'
import {
  exemplarsOfPoint,
  type StoredExemplar,
  type StoredMetric,
  type StoredPoint,
  type StoredSeries,
} from '../queries/stored-rows.ts'
import type { ReadDb } from '../store/database.ts'
import type { Places } from './record-of-row.ts'

export function metricOfRows(
  places: Places,
  metric: StoredMetric,
  series: StoredSeries,
  points: readonly PointData[],
): MetricData {
  return {
    ...places.of(series),
    name: metric.name,
    description: metric.description,
    unit: metric.unit,
    type: metric.type,
    temporality: Number(metric.temporality),
    monotonic: metric.monotonic === 1n,
    metadata: metric.metadata === null ? null : unpackAttributes(metric.metadata),
    points,
  }
}

export function pointOfRow(db: ReadDb, series: StoredSeries, row: StoredPoint): PointData {
  const detail = fieldsOf(row.detail)
  return {
    attributes: unpackAttributes(series.attributes),
    startUnixNano: row.start_unix_nano,
    timeUnixNano: row.time_unix_nano,
    flags: Number(row.flags),
    intValue: row.int_value,
    doubleValue: double(row.double_value, detail.get('doubleValue')),
    count: row.count,
    sum: double(row.sum, detail.get('sum')),
    min: double(row.min, detail.get('min')),
    max: double(row.max, detail.get('max')),
    bucketCounts: integers(detail.get('bucketCounts')),
    explicitBounds: list(detail.get('explicitBounds')).map(Number),
    scale: Number(detail.get('scale') ?? 0),
    zeroCount: BigInt(String(detail.get('zeroCount') ?? 0)),
    zeroThreshold: Number(detail.get('zeroThreshold') ?? 0),
    positive: bucketsOf(detail.get('positive')),
    negative: bucketsOf(detail.get('negative')),
    quantileValues: list(detail.get('quantileValues')).map((item) => {
      const fields = new Map(pairsOf(item).map(({ key, value }) => [key, value]))
      return { quantile: Number(fields.get('quantile')), value: Number(fields.get('value')) }
    }),
    exemplars: exemplarsOfPoint(db, row.id).map(exemplarOf),
  }
}

function exemplarOf(row: StoredExemplar): ExemplarData {
  return {
    timeUnixNano: row.time_unix_nano,
    intValue: row.int_value,
    doubleValue: double(row.double_value, fieldsOf(row.detail).get('doubleValue')),
    traceId: row.trace_id === null ? null : toHex(row.trace_id),
    spanId: row.span_id === null ? null : toHex(row.span_id),
    attributes: unpackAttributes(row.attributes),
  }
}

/** A double stands in its column, except where SQLite can't hold it (NaN, -0): then the detail has it. */
function double(column: number | null, special: AttributeValue | undefined): number | null {
  return special === undefined ? column : Number(special)
}

function bucketsOf(value: AttributeValue | undefined): BucketsData | null {
  if (value === undefined) return null
  const fields = new Map(pairsOf(value).map(({ key, value: field }) => [key, field]))
  return { offset: Number(fields.get('offset')), bucketCounts: integers(fields.get('bucketCounts')) }
}

function list(value: AttributeValue | undefined): readonly AttributeValue[] {
  return Array.isArray(value) ? value : []
}

function integers(value: AttributeValue | undefined): bigint[] {
  return list(value).map((item) => BigInt(String(item)))
}

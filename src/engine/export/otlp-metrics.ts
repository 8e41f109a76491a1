/** Stored metrics as OTLP/JSON: field for field what was sent. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { toHex } from '#shared/model/ids.ts'
import { type AttributeValue, type Fields, fieldsOf, pairsOf } from '#shared/model/jsonb.ts'
import type { MetricType } from '#shared/model/metric.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { statement } from '../queries/statements.ts'
import {
  exemplarsOfPoint,
  metricsNamed,
  type StoredExemplar,
  type StoredMetric,
  type StoredPoint,
  type StoredSeries,
  seriesOfMetric,
} from '../queries/stored-rows.ts'
import type { ReadDb } from '../store/database.ts'
import { attributesJson, doubleJson } from '../wire/otlp-json-encode.ts'
import { type Json, OtlpDocument, optional } from './otlp-document.ts'

const dataFields: Readonly<Record<MetricType, string>> = {
  gauge: 'gauge',
  sum: 'sum',
  histogram: 'histogram',
  exponential_histogram: 'exponentialHistogram',
  summary: 'summary',
}

/** Points of one document: about what fits into its limit. */
const maxPoints = 300_000

/** Every point of a metric as UTF-8 OTLP/JSON `{"resourceMetrics": […]}`. Throws NOT_FOUND, TOO_LARGE. */
export async function metricAsOtlp({ db, signal }: QueryContext, { name }: { name: string }): Promise<Uint8Array> {
  const metrics = metricsNamed(db, name)
  if (metrics.length === 0) throw new SpanlightError('NOT_FOUND', `No metric named ${name} is stored here.`)
  const points = metrics.reduce((sum, { point_count }) => sum + Number(point_count), 0)
  if (points > maxPoints) {
    throw new SpanlightError('TOO_LARGE', `${name} has ${points} points; ${maxPoints} at most are given at once.`)
  }
  const document = new OtlpDocument(db, {
    resources: 'resourceMetrics',
    scopes: 'scopeMetrics',
    records: 'metrics',
  })
  for (const metric of metrics) {
    for (const group of byPlace(seriesOfMetric(db, metric.id))) {
      const first = group[0]
      if (first) document.add(first, metricJson(db, metric, group))
      await breathe(signal)
    }
  }
  return document.finish()
}

/** Series of one resource and scope belong into one metric of the document. */
function byPlace(series: readonly StoredSeries[]): StoredSeries[][] {
  const groups: StoredSeries[][] = []
  for (const each of series) {
    const group = groups.at(-1)
    const last = group?.[0]
    if (group && last?.resource_id === each.resource_id && last.scope_id === each.scope_id) group.push(each)
    else groups.push([each])
  }
  return groups
}

function metricJson(db: ReadDb, metric: StoredMetric, series: readonly StoredSeries[]): Json {
  const dataPoints = series.flatMap((each) => {
    const points = statement(db, 'SELECT * FROM point WHERE series_id = ? ORDER BY id').all(each.id) as StoredPoint[]
    return points.map((point) => pointJson(db, metric.type, each, point))
  })
  const temporal = metric.type === 'gauge' || metric.type === 'summary'
  return {
    name: metric.name,
    ...optional('description', metric.description),
    ...optional('unit', metric.unit),
    ...(metric.metadata === null ? {} : { metadata: attributesJson(metric.metadata) }),
    [dataFields[metric.type]]: {
      dataPoints,
      ...(temporal ? {} : { aggregationTemporality: Number(metric.temporality) }),
      ...(metric.type === 'sum' ? { isMonotonic: metric.monotonic === 1n } : {}),
    },
  }
}

function pointJson(db: ReadDb, type: MetricType, series: StoredSeries, point: StoredPoint): Json {
  const detail = fieldsOf(point.detail)
  const exemplars = exemplarsOfPoint(db, point.id).map(exemplarJson)
  return {
    attributes: attributesJson(series.attributes),
    startTimeUnixNano: point.start_unix_nano.toString(),
    timeUnixNano: point.time_unix_nano.toString(),
    flags: Number(point.flags),
    ...(type === 'summary' ? {} : { exemplars }),
    ...(point.int_value === null ? {} : { asInt: point.int_value.toString() }),
    ...double('asDouble', point.double_value, detail.get('doubleValue')),
    ...(point.count === null ? {} : { count: point.count.toString() }),
    ...double('sum', point.sum, detail.get('sum')),
    ...double('min', point.min, detail.get('min')),
    ...double('max', point.max, detail.get('max')),
    ...detailJson(type, detail),
  }
}

function detailJson(type: MetricType, detail: Fields): Json {
  switch (type) {
    case 'histogram':
      return {
        bucketCounts: integers(detail.get('bucketCounts')),
        explicitBounds: list(detail.get('explicitBounds')).map((bound) => doubleJson(Number(bound))),
      }
    case 'exponential_histogram':
      return {
        scale: Number(detail.get('scale') ?? 0),
        zeroCount: String(detail.get('zeroCount') ?? 0),
        zeroThreshold: doubleJson(Number(detail.get('zeroThreshold') ?? 0)),
        ...bucketsJson('positive', detail.get('positive')),
        ...bucketsJson('negative', detail.get('negative')),
      }
    case 'summary':
      return {
        quantileValues: list(detail.get('quantileValues')).map((item) => {
          const fields = new Map(pairsOf(item).map(({ key, value }) => [key, value]))
          return {
            quantile: doubleJson(Number(fields.get('quantile'))),
            value: doubleJson(Number(fields.get('value'))),
          }
        }),
      }
    default:
      return {}
  }
}

function bucketsJson(name: string, buckets: AttributeValue | undefined): Json {
  if (buckets === undefined) return {}
  const fields = new Map(pairsOf(buckets).map(({ key, value }) => [key, value]))
  return { [name]: { offset: Number(fields.get('offset')), bucketCounts: integers(fields.get('bucketCounts')) } }
}

/** A double stands in its column, except where SQLite can't hold it (NaN, -0): then the detail has it. */
function double(name: string, column: number | null, special: AttributeValue | undefined): Json {
  if (special !== undefined) return { [name]: doubleJson(Number(special)) }
  return column === null ? {} : { [name]: doubleJson(column) }
}

function list(value: AttributeValue | undefined): readonly AttributeValue[] {
  return Array.isArray(value) ? value : []
}

function integers(value: AttributeValue | undefined): string[] {
  return list(value).map(String)
}

function exemplarJson(exemplar: StoredExemplar): Json {
  return {
    timeUnixNano: exemplar.time_unix_nano.toString(),
    ...(exemplar.int_value === null ? {} : { asInt: exemplar.int_value.toString() }),
    ...double('asDouble', exemplar.double_value, fieldsOf(exemplar.detail).get('doubleValue')),
    ...(exemplar.trace_id === null ? {} : { traceId: toHex(exemplar.trace_id) }),
    ...(exemplar.span_id === null ? {} : { spanId: toHex(exemplar.span_id) }),
    filteredAttributes: attributesJson(exemplar.attributes),
  }
}

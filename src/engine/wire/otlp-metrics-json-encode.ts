/** Metrics with their points as OTLP/JSON. */

import type { MetricType } from '#shared/model/metric.ts'
import type { BucketsData, ExemplarData, MetricData, PointData } from '#shared/model/telemetry-data.ts'
import { metricDataFields } from './metric-data-field.ts'
import { doubleJson, type Json, keyValuesJson, optional } from './otlp-json-encode.ts'

export function metricJson(metric: MetricData): Json {
  const { type } = metric
  const temporal = type !== 'gauge' && type !== 'summary'
  return {
    name: metric.name,
    ...optional('description', metric.description),
    ...optional('unit', metric.unit),
    ...(metric.metadata === null ? {} : { metadata: keyValuesJson(metric.metadata) }),
    [metricDataFields[type]]: {
      dataPoints: metric.points.map((point) => pointJson(type, point)),
      ...(temporal ? { aggregationTemporality: metric.temporality } : {}),
      ...(type === 'sum' ? { isMonotonic: metric.monotonic } : {}),
    },
  }
}

function pointJson(type: MetricType, point: PointData): Json {
  return {
    attributes: keyValuesJson(point.attributes),
    startTimeUnixNano: point.startUnixNano.toString(),
    timeUnixNano: point.timeUnixNano.toString(),
    flags: point.flags,
    ...(type === 'summary' ? {} : { exemplars: point.exemplars.map(exemplarJson) }),
    ...integer('asInt', point.intValue),
    ...double('asDouble', point.doubleValue),
    ...integer('count', point.count),
    ...double('sum', point.sum),
    ...double('min', point.min),
    ...double('max', point.max),
    ...detailJson(type, point),
  }
}

function detailJson(type: MetricType, point: PointData): Json {
  switch (type) {
    case 'histogram':
      return { bucketCounts: point.bucketCounts.map(String), explicitBounds: point.explicitBounds.map(doubleJson) }
    case 'exponential_histogram':
      return {
        scale: point.scale,
        zeroCount: point.zeroCount.toString(),
        zeroThreshold: doubleJson(point.zeroThreshold),
        ...bucketsJson('positive', point.positive),
        ...bucketsJson('negative', point.negative),
      }
    case 'summary':
      return {
        quantileValues: point.quantileValues.map(({ quantile, value }) => ({
          quantile: doubleJson(quantile),
          value: doubleJson(value),
        })),
      }
    default:
      return {}
  }
}

function bucketsJson(name: string, buckets: BucketsData | null): Json {
  return buckets === null ? {} : { [name]: { offset: buckets.offset, bucketCounts: buckets.bucketCounts.map(String) } }
}

function integer(name: string, value: bigint | null): Json {
  return value === null ? {} : { [name]: value.toString() }
}

function double(name: string, value: number | null): Json {
  return value === null ? {} : { [name]: doubleJson(value) }
}

function exemplarJson(exemplar: ExemplarData): Json {
  return {
    timeUnixNano: exemplar.timeUnixNano.toString(),
    ...integer('asInt', exemplar.intValue),
    ...double('asDouble', exemplar.doubleValue),
    ...optional('traceId', exemplar.traceId ?? ''),
    ...optional('spanId', exemplar.spanId ?? ''),
    filteredAttributes: keyValuesJson(exemplar.attributes),
  }
}

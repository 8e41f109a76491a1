/** The SDK's metrics as an OTLP request, with the exemplars that the JavaScript SDK doesn't collect (metrics.proto, v1). */

import type { Attributes, AttributeValue, HrTime } from '@opentelemetry/api'
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { ProtobufWriter } from '../../wire/protobuf-writer.ts'
import { unixNanoOf } from './clock.ts'
import type { Exemplars } from './exemplars.ts'

export interface EncodedMetrics {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly points: number
}

/** ExportMetricsServiceRequest. */
export function encodeMetrics(metrics: ResourceMetrics, exemplars: Exemplars): EncodedMetrics {
  const writer = new ProtobufWriter()
  let points = 0
  writer.message(1, (resourceMetrics) => {
    resourceMetrics.message(1, (resource) => writeAttributes(resource, 1, metrics.resource.attributes))
    for (const { scope, metrics: list } of metrics.scopeMetrics) {
      resourceMetrics.message(2, (scopeMetrics) => {
        scopeMetrics.message(1, (written) => {
          written.text(1, scope.name)
          if (scope.version) written.text(2, scope.version)
        })
        for (const metric of list) {
          points += metric.dataPoints.length
          scopeMetrics.message(2, (each) => writeMetric(each, metric, exemplars))
        }
      })
    }
  })
  return { bytes: writer.finish(), points }
}

function writeMetric(writer: ProtobufWriter, metric: MetricData, exemplars: Exemplars): void {
  const { name, description, unit } = metric.descriptor
  writer.text(1, name)
  if (description) writer.text(2, description)
  if (unit) writer.text(3, unit)
  // The SDK counts temporality from 0 (delta), the protocol from 1.
  const temporality = metric.aggregationTemporality + 1
  if (metric.dataPointType === DataPointType.GAUGE) {
    writer.message(5, (gauge) => {
      for (const point of metric.dataPoints) gauge.message(1, (each) => writeNumber(each, point))
    })
  } else if (metric.dataPointType === DataPointType.SUM) {
    writer.message(7, (sum) => {
      for (const point of metric.dataPoints) sum.message(1, (each) => writeNumber(each, point))
      sum.whole(2, temporality)
      sum.whole(3, metric.isMonotonic ? 1 : 0)
    })
  } else if (metric.dataPointType === DataPointType.HISTOGRAM) {
    writer.message(9, (histogram) => {
      for (const { attributes, startTime, endTime, value } of metric.dataPoints) {
        histogram.message(1, (point) => {
          point.fixed64(2, nanosOf(startTime))
          point.fixed64(3, nanosOf(endTime))
          point.fixed64(4, BigInt(value.count))
          if (value.sum !== undefined) point.double(5, value.sum)
          point.packedFixed64(6, value.buckets.counts)
          point.packedDoubles(7, value.buckets.boundaries)
          for (const exemplar of exemplars.take(name, attributes)) {
            point.message(8, (written) => {
              written.fixed64(2, unixNanoOf(exemplar.unixMs))
              written.double(3, exemplar.value)
              written.bytes(4, Buffer.from(exemplar.spanId, 'hex'))
              written.bytes(5, Buffer.from(exemplar.traceId, 'hex'))
            })
          }
          writeAttributes(point, 9, attributes)
          if (value.min !== undefined) point.double(11, value.min)
          if (value.max !== undefined) point.double(12, value.max)
        })
      }
      histogram.whole(2, temporality)
    })
  }
}

interface NumberPoint {
  readonly attributes: Attributes
  readonly startTime: HrTime
  readonly endTime: HrTime
  readonly value: number
}

function writeNumber(writer: ProtobufWriter, { attributes, startTime, endTime, value }: NumberPoint): void {
  writer.fixed64(2, nanosOf(startTime))
  writer.fixed64(3, nanosOf(endTime))
  writer.double(4, value)
  writeAttributes(writer, 7, attributes)
}

function writeAttributes(
  writer: ProtobufWriter,
  field: number,
  attributes: Readonly<Record<string, AttributeValue | undefined>> | Attributes,
): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue
    writer.message(field, (pair) => {
      pair.text(1, key)
      pair.message(2, (any) => writeValue(any, value))
    })
  }
}

/** Arrays don't occur in what the lab measures; they are written as text. */
function writeValue(writer: ProtobufWriter, value: unknown): void {
  if (typeof value === 'boolean') writer.whole(2, value ? 1 : 0)
  else if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) writer.whole(3, value)
  else if (typeof value === 'number') writer.double(4, value)
  else writer.text(1, typeof value === 'string' ? value : JSON.stringify(value))
}

function nanosOf([seconds, nanos]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos)
}

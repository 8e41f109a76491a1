/** Metrics with their points as OTLP protobuf (`opentelemetry/proto/metrics/v1/metrics.proto`). */

import type { MetricType } from '#shared/model/metric.ts'
import type { BucketsData, ExemplarData, MetricData, PointData } from '#shared/model/telemetry-data.ts'
import { optionalId, optionalText, optionalWhole, writeKeyValues } from './otlp-protobuf-encode.ts'
import type { ProtobufWriter } from './protobuf-writer.ts'

const dataFields: Readonly<Record<MetricType, number>> = {
  gauge: 5,
  sum: 7,
  histogram: 9,
  exponential_histogram: 10,
  summary: 11,
}

const pointWriters: Readonly<Record<MetricType, (writer: ProtobufWriter, point: PointData) => void>> = {
  gauge: writeNumber,
  sum: writeNumber,
  histogram: writeHistogram,
  exponential_histogram: writeExponential,
  summary: writeSummary,
}

export function writeMetric(writer: ProtobufWriter, metric: MetricData): void {
  const { type, points, temporality, monotonic, metadata } = metric
  optionalText(writer, 1, metric.name)
  optionalText(writer, 2, metric.description)
  optionalText(writer, 3, metric.unit)
  writer.message(dataFields[type], (data) => {
    for (const point of points) data.message(1, (inner) => pointWriters[type](inner, point))
    if (type !== 'gauge' && type !== 'summary') optionalWhole(data, 2, temporality)
    if (type === 'sum') optionalWhole(data, 3, monotonic ? 1 : 0)
  })
  writeKeyValues(writer, 12, metadata ?? [])
}

function writeTimes(writer: ProtobufWriter, { startUnixNano, timeUnixNano }: PointData): void {
  writer.fixed64(2, startUnixNano)
  writer.fixed64(3, timeUnixNano)
}

function writeNumber(writer: ProtobufWriter, point: PointData): void {
  writeTimes(writer, point)
  optionalDouble(writer, 4, point.doubleValue)
  for (const exemplar of point.exemplars) writer.message(5, (inner) => writeExemplar(inner, exemplar))
  if (point.intValue !== null) writer.sfixed64(6, point.intValue)
  writeKeyValues(writer, 7, point.attributes)
  optionalWhole(writer, 8, point.flags)
}

function writeHistogram(writer: ProtobufWriter, point: PointData): void {
  writeTimes(writer, point)
  writer.fixed64(4, point.count ?? 0n)
  optionalDouble(writer, 5, point.sum)
  if (point.bucketCounts.length > 0) writer.packedFixed64(6, point.bucketCounts)
  if (point.explicitBounds.length > 0) writer.packedDoubles(7, point.explicitBounds)
  for (const exemplar of point.exemplars) writer.message(8, (inner) => writeExemplar(inner, exemplar))
  writeKeyValues(writer, 9, point.attributes)
  optionalWhole(writer, 10, point.flags)
  optionalDouble(writer, 11, point.min)
  optionalDouble(writer, 12, point.max)
}

function writeExponential(writer: ProtobufWriter, point: PointData): void {
  writeKeyValues(writer, 1, point.attributes)
  writeTimes(writer, point)
  writer.fixed64(4, point.count ?? 0n)
  optionalDouble(writer, 5, point.sum)
  if (point.scale !== 0) writer.zigzag(6, point.scale)
  writer.fixed64(7, point.zeroCount)
  writeBuckets(writer, 8, point.positive)
  writeBuckets(writer, 9, point.negative)
  optionalWhole(writer, 10, point.flags)
  for (const exemplar of point.exemplars) writer.message(11, (inner) => writeExemplar(inner, exemplar))
  optionalDouble(writer, 12, point.min)
  optionalDouble(writer, 13, point.max)
  if (point.zeroThreshold !== 0) writer.double(14, point.zeroThreshold)
}

function writeBuckets(writer: ProtobufWriter, field: number, buckets: BucketsData | null): void {
  if (buckets === null) return
  writer.message(field, (inner) => {
    if (buckets.offset !== 0) inner.zigzag(1, buckets.offset)
    if (buckets.bucketCounts.length > 0) inner.packedIntegers(2, buckets.bucketCounts)
  })
}

function writeSummary(writer: ProtobufWriter, point: PointData): void {
  writeTimes(writer, point)
  writer.fixed64(4, point.count ?? 0n)
  writer.double(5, point.sum ?? 0)
  for (const { quantile, value } of point.quantileValues) {
    writer.message(6, (inner) => {
      inner.double(1, quantile)
      inner.double(2, value)
    })
  }
  writeKeyValues(writer, 7, point.attributes)
  optionalWhole(writer, 8, point.flags)
}

function writeExemplar(writer: ProtobufWriter, exemplar: ExemplarData): void {
  writer.fixed64(2, exemplar.timeUnixNano)
  optionalDouble(writer, 3, exemplar.doubleValue)
  optionalId(writer, 4, exemplar.spanId)
  optionalId(writer, 5, exemplar.traceId)
  if (exemplar.intValue !== null) writer.sfixed64(6, exemplar.intValue)
  writeKeyValues(writer, 7, exemplar.attributes)
}

function optionalDouble(writer: ProtobufWriter, field: number, value: number | null): void {
  if (value !== null) writer.double(field, value)
}

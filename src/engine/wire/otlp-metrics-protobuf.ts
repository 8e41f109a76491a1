/** Metrics from OTLP protobuf (opentelemetry/proto/metrics/v1/metrics.proto), straight to what the store keeps. */

import type { MetricBatch, MetricRecord, PointRecord } from '#shared/model/batch.ts'
import type { Packed } from '#shared/model/jsonb.ts'
import type { MetricType } from '#shared/model/metric.ts'
import { RejectedRecord, type RejectionTally, reasons } from './decode-error.ts'
import { decodeBatch } from './otlp-batch-protobuf.ts'
import type { OtlpTranscoder, Ranges } from './otlp-common-protobuf.ts'
import {
  decodeExponentialPoint,
  decodeHistogramPoint,
  decodeNumberPoint,
  decodeSummaryPoint,
} from './otlp-points-protobuf.ts'
import { ProtobufReader, tag, WireType } from './protobuf-reader.ts'

const { bytes, varint } = WireType

type DecodePoint = (transcoder: OtlpTranscoder, reader: ProtobufReader) => PointRecord

/** `Metric.data`, by the tag of its field. */
const dataTypes: ReadonlyMap<number, { readonly type: MetricType; readonly decode: DecodePoint }> = new Map([
  [tag(5, bytes), { type: 'gauge' as const, decode: decodeNumberPoint }],
  [tag(7, bytes), { type: 'sum' as const, decode: decodeNumberPoint }],
  [tag(9, bytes), { type: 'histogram' as const, decode: decodeHistogramPoint }],
  [tag(10, bytes), { type: 'exponential_histogram' as const, decode: decodeExponentialPoint }],
  [tag(11, bytes), { type: 'summary' as const, decode: decodeSummaryPoint }],
])

/** Decodes an `ExportMetricsServiceRequest`. Throws `MalformedPayload`. */
export function decodeMetricsProtobuf(payload: Buffer): MetricBatch {
  return decodeBatch(payload, { decode: decodeMetric, weigh: countPoints })
}

interface Data {
  readonly type: MetricType
  readonly decode: DecodePoint
  readonly points: Ranges
  readonly temporality: number
  readonly monotonic: boolean
}

function decodeMetric(
  transcoder: OtlpTranscoder,
  reader: ProtobufReader,
  place: { readonly resource: number; readonly scope: number },
  tally: RejectionTally,
): MetricRecord {
  let name = ''
  let description = ''
  let unit = ''
  const metadata: Ranges = []
  let data: Data | undefined
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(1, bytes)) name = transcoder.text(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(2, bytes)) description = transcoder.text(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(3, bytes)) unit = transcoder.text(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(12, bytes)) metadata.push(reader.lengthDelimited(), reader.position)
    else if (dataTypes.has(fieldTag)) data = readData(transcoder, reader, fieldTag)
    else reader.skip(fieldTag)
  }
  if (!data) throw new RejectedRecord(reasons.metricType)
  const { type, decode, temporality, monotonic } = data
  const points: PointRecord[] = []
  for (let index = 0; index < data.points.length; index += 2) {
    const range = transcoder.reader(data.points[index] as number, data.points[index + 1] as number)
    const point = tally.attempt(() => decode(transcoder, range))
    if (point) points.push(point)
  }
  return {
    ...place,
    name,
    description,
    unit,
    type,
    temporality,
    monotonic,
    metadata: metadataOf(transcoder, metadata),
    points,
  }
}

/** Gauge, Sum, Histogram, ExponentialHistogram and Summary share their field numbers. */
function readData(transcoder: OtlpTranscoder, outer: ProtobufReader, fieldTag: number): Data {
  const kind = dataTypes.get(fieldTag)
  if (!kind) throw new RejectedRecord(reasons.metricType)
  const reader = transcoder.reader(outer.lengthDelimited(), outer.position)
  const points: Ranges = []
  let temporality = 0
  let monotonic = false
  while (reader.position < reader.end) {
    const inner = reader.tag()
    if (inner === tag(1, bytes)) points.push(reader.lengthDelimited(), reader.position)
    else if (inner === tag(2, varint)) temporality = reader.uint32()
    else if (inner === tag(3, varint)) monotonic = reader.varint() !== 0
    else reader.skip(inner)
  }
  return { ...kind, points, temporality, monotonic }
}

function metadataOf(transcoder: OtlpTranscoder, ranges: Ranges): Packed | null {
  return ranges.length === 0 ? null : transcoder.packAttributes(ranges)
}

/** A metric that is refused as a whole counts with its data points; without any it still counts once. */
function countPoints(reader: ProtobufReader): number {
  let count = 0
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (!dataTypes.has(fieldTag)) {
      reader.skip(fieldTag)
      continue
    }
    const start = reader.lengthDelimited()
    const data = new ProtobufReader(reader.bytes, start, reader.position)
    while (data.position < data.end) {
      const inner = data.tag()
      data.skip(inner)
      if (inner === tag(1, bytes)) count++
    }
  }
  return Math.max(1, count)
}

/** Data points and exemplars from OTLP protobuf, one function per message. */

import type { ExemplarRecord, PointRecord } from '#shared/model/batch.ts'
import { traceContextOf } from './log-columns.ts'
import { checkedTime, type OtlpTranscoder, type Ranges } from './otlp-common-protobuf.ts'
import { type Buckets, checkedCount, type PointDetail, packDetail, type QuantileValue } from './point-columns.ts'
import { type ProtobufReader, tag, WireType } from './protobuf-reader.ts'

const { bytes, fixed64, varint } = WireType

/** What is read of a point before it is put together. */
interface Draft {
  readonly attributes: Ranges
  readonly exemplars: Ranges
  start: bigint
  time: bigint
  flags: number
  intValue: bigint | null
  doubleValue: number | null
  count: bigint | null
  sum: number | null
  min: number | null
  max: number | null
}

function draft(): Draft {
  return {
    attributes: [],
    exemplars: [],
    start: 0n,
    time: 0n,
    flags: 0,
    intValue: null,
    doubleValue: null,
    count: null,
    sum: null,
    min: null,
    max: null,
  }
}

/** NaN stays in the detail alone: SQLite has no place for it in a column. */
const column = (value: number | null): number | null => (Number.isNaN(value) ? null : value)

function finish(transcoder: OtlpTranscoder, point: Draft, detail: PointDetail): PointRecord {
  const { doubleValue, sum, min, max } = point
  return {
    attributes: transcoder.packAttributes(point.attributes),
    startUnixNano: checkedTime(point.start),
    timeUnixNano: checkedTime(point.time),
    flags: point.flags,
    intValue: point.intValue,
    doubleValue: column(doubleValue),
    count: point.count === null ? null : checkedCount(point.count),
    sum: column(sum),
    min: column(min),
    max: column(max),
    detail: packDetail(transcoder.writer, { ...detail, doubleValue, sum, min, max }),
    exemplars: exemplarsOf(transcoder, point.exemplars),
  }
}

/** `NumberDataPoint`. */
export function decodeNumberPoint(transcoder: OtlpTranscoder, reader: ProtobufReader): PointRecord {
  const point = draft()
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(2, fixed64)) point.start = reader.fixed64()
    else if (fieldTag === tag(3, fixed64)) point.time = reader.fixed64()
    else if (fieldTag === tag(4, fixed64)) {
      point.doubleValue = reader.double()
      point.intValue = null
    } else if (fieldTag === tag(5, bytes)) point.exemplars.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(6, fixed64)) {
      point.intValue = BigInt.asIntN(64, reader.fixed64())
      point.doubleValue = null
    } else if (fieldTag === tag(7, bytes)) point.attributes.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(8, varint)) point.flags = reader.uint32()
    else reader.skip(fieldTag)
  }
  return finish(transcoder, point, {})
}

/** `HistogramDataPoint`. */
export function decodeHistogramPoint(transcoder: OtlpTranscoder, reader: ProtobufReader): PointRecord {
  const point = { ...draft(), count: 0n }
  const bucketCounts: bigint[] = []
  const explicitBounds: number[] = []
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(2, fixed64)) point.start = reader.fixed64()
    else if (fieldTag === tag(3, fixed64)) point.time = reader.fixed64()
    else if (fieldTag === tag(4, fixed64)) point.count = reader.fixed64()
    else if (fieldTag === tag(5, fixed64)) point.sum = reader.double()
    else if (fieldTag === tag(6, bytes)) repeat(transcoder, reader, (list) => bucketCounts.push(list.fixed64()))
    else if (fieldTag === tag(6, fixed64)) bucketCounts.push(reader.fixed64())
    else if (fieldTag === tag(7, bytes)) repeat(transcoder, reader, (list) => explicitBounds.push(list.double()))
    else if (fieldTag === tag(7, fixed64)) explicitBounds.push(reader.double())
    else if (fieldTag === tag(8, bytes)) point.exemplars.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(9, bytes)) point.attributes.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(10, varint)) point.flags = reader.uint32()
    else if (fieldTag === tag(11, fixed64)) point.min = reader.double()
    else if (fieldTag === tag(12, fixed64)) point.max = reader.double()
    else reader.skip(fieldTag)
  }
  return finish(transcoder, point, { bucketCounts, explicitBounds })
}

/** `ExponentialHistogramDataPoint`. */
export function decodeExponentialPoint(transcoder: OtlpTranscoder, reader: ProtobufReader): PointRecord {
  const point = { ...draft(), count: 0n }
  let scale = 0
  let zeroCount = 0n
  let zeroThreshold = 0
  let positive: Buckets | null = null
  let negative: Buckets | null = null
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(1, bytes)) point.attributes.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(2, fixed64)) point.start = reader.fixed64()
    else if (fieldTag === tag(3, fixed64)) point.time = reader.fixed64()
    else if (fieldTag === tag(4, fixed64)) point.count = reader.fixed64()
    else if (fieldTag === tag(5, fixed64)) point.sum = reader.double()
    else if (fieldTag === tag(6, varint)) scale = zigzag(reader.uint32())
    else if (fieldTag === tag(7, fixed64)) zeroCount = reader.fixed64()
    else if (fieldTag === tag(8, bytes)) positive = readBuckets(transcoder, reader)
    else if (fieldTag === tag(9, bytes)) negative = readBuckets(transcoder, reader)
    else if (fieldTag === tag(10, varint)) point.flags = reader.uint32()
    else if (fieldTag === tag(11, bytes)) point.exemplars.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(12, fixed64)) point.min = reader.double()
    else if (fieldTag === tag(13, fixed64)) point.max = reader.double()
    else if (fieldTag === tag(14, fixed64)) zeroThreshold = reader.double()
    else reader.skip(fieldTag)
  }
  return finish(transcoder, point, { scale, zeroCount, zeroThreshold, positive, negative })
}

/** `SummaryDataPoint`. */
export function decodeSummaryPoint(transcoder: OtlpTranscoder, reader: ProtobufReader): PointRecord {
  const point = { ...draft(), count: 0n, sum: 0 }
  const quantileValues: QuantileValue[] = []
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(2, fixed64)) point.start = reader.fixed64()
    else if (fieldTag === tag(3, fixed64)) point.time = reader.fixed64()
    else if (fieldTag === tag(4, fixed64)) point.count = reader.fixed64()
    else if (fieldTag === tag(5, fixed64)) point.sum = reader.double()
    else if (fieldTag === tag(6, bytes)) quantileValues.push(readQuantile(transcoder, reader))
    else if (fieldTag === tag(7, bytes)) point.attributes.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(8, varint)) point.flags = reader.uint32()
    else reader.skip(fieldTag)
  }
  return finish(transcoder, point, { quantileValues })
}

/** A packed repeated field. */
function repeat(transcoder: OtlpTranscoder, reader: ProtobufReader, take: (list: ProtobufReader) => void): void {
  const list = transcoder.reader(reader.lengthDelimited(), reader.position)
  while (list.position < list.end) take(list)
}

/** `sint32`. */
function zigzag(value: number): number {
  return (value >>> 1) ^ -(value & 1)
}

function readBuckets(transcoder: OtlpTranscoder, outer: ProtobufReader): Buckets {
  const reader = transcoder.reader(outer.lengthDelimited(), outer.position)
  let offset = 0
  const bucketCounts: (bigint | number)[] = []
  const uint64 = (list: ProtobufReader): number =>
    bucketCounts.push(checkedCount(BigInt.asUintN(64, BigInt(list.int64()))))
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(1, varint)) offset = zigzag(reader.uint32())
    else if (fieldTag === tag(2, bytes)) repeat(transcoder, reader, uint64)
    else if (fieldTag === tag(2, varint)) uint64(reader)
    else reader.skip(fieldTag)
  }
  return { offset, bucketCounts }
}

function readQuantile(transcoder: OtlpTranscoder, outer: ProtobufReader): QuantileValue {
  const reader = transcoder.reader(outer.lengthDelimited(), outer.position)
  let quantile = 0
  let value = 0
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(1, fixed64)) quantile = reader.double()
    else if (fieldTag === tag(2, fixed64)) value = reader.double()
    else reader.skip(fieldTag)
  }
  return { quantile, value }
}

function exemplarsOf(transcoder: OtlpTranscoder, ranges: Ranges): ExemplarRecord[] {
  const exemplars: ExemplarRecord[] = []
  for (let index = 0; index < ranges.length; index += 2) {
    exemplars.push(readExemplar(transcoder, transcoder.reader(ranges[index] as number, ranges[index + 1] as number)))
  }
  return exemplars
}

function readExemplar(transcoder: OtlpTranscoder, reader: ProtobufReader): ExemplarRecord {
  const attributes: Ranges = []
  let time = 0n
  let intValue: bigint | null = null
  let doubleValue: number | null = null
  let spanId: Uint8Array | undefined
  let traceId: Uint8Array | undefined
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(2, fixed64)) time = reader.fixed64()
    else if (fieldTag === tag(3, fixed64)) {
      doubleValue = reader.double()
      intValue = null
    } else if (fieldTag === tag(4, bytes)) {
      spanId = transcoder.bytes.subarray(reader.lengthDelimited(), reader.position)
    } else if (fieldTag === tag(5, bytes)) {
      traceId = transcoder.bytes.subarray(reader.lengthDelimited(), reader.position)
    } else if (fieldTag === tag(6, fixed64)) {
      intValue = BigInt.asIntN(64, reader.fixed64())
      doubleValue = null
    } else if (fieldTag === tag(7, bytes)) attributes.push(reader.lengthDelimited(), reader.position)
    else reader.skip(fieldTag)
  }
  return {
    timeUnixNano: checkedTime(time),
    intValue,
    doubleValue: column(doubleValue),
    detail: packDetail(transcoder.writer, { doubleValue }),
    ...traceContextOf(traceId, spanId),
    attributes: transcoder.packAttributes(attributes),
  }
}

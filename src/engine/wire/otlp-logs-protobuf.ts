/** Log records from OTLP protobuf (opentelemetry/proto/logs/v1/logs.proto), straight to what the store keeps. */

import type { LogBatch, LogRecord } from '#shared/model/batch.ts'
import { searchTextOf, traceContextOf } from './log-columns.ts'
import { decodeBatch } from './otlp-batch-protobuf.ts'
import { checkedTime, type OtlpTranscoder, type Ranges } from './otlp-common-protobuf.ts'
import { type ProtobufReader, tag, WireType } from './protobuf-reader.ts'

const { bytes, fixed32, fixed64, varint } = WireType

/** Decodes an `ExportLogsServiceRequest`. Throws `MalformedPayload`. */
export function decodeLogsProtobuf(payload: Buffer): LogBatch {
  return decodeBatch(payload, { decode: decodeLog, weigh: () => 1 })
}

function decodeLog(
  transcoder: OtlpTranscoder,
  reader: ProtobufReader,
  place: { readonly resource: number; readonly scope: number },
): LogRecord {
  const source = transcoder.bytes
  let timeUnixNano = 0n
  let observedTimeUnixNano = 0n
  let severityNumber = 0
  let severityText = ''
  let bodyStart = -1
  let bodyEnd = -1
  const attributeRanges: Ranges = []
  let droppedAttributesCount = 0
  let flags = 0
  let traceId: Uint8Array | undefined
  let spanId: Uint8Array | undefined
  let eventName = ''

  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    switch (fieldTag) {
      case tag(1, fixed64):
        timeUnixNano = reader.fixed64()
        break
      case tag(2, varint):
        severityNumber = reader.uint32()
        break
      case tag(3, bytes):
        severityText = transcoder.text(reader.lengthDelimited(), reader.position)
        break
      case tag(5, bytes):
        bodyStart = reader.lengthDelimited()
        bodyEnd = reader.position
        break
      case tag(6, bytes):
        attributeRanges.push(reader.lengthDelimited(), reader.position)
        break
      case tag(7, varint):
        droppedAttributesCount = reader.uint32()
        break
      case tag(8, fixed32):
        flags = reader.fixed32()
        break
      case tag(9, bytes):
        traceId = source.subarray(reader.lengthDelimited(), reader.position)
        break
      case tag(10, bytes):
        spanId = source.subarray(reader.lengthDelimited(), reader.position)
        break
      case tag(11, fixed64):
        observedTimeUnixNano = reader.fixed64()
        break
      case tag(12, bytes):
        eventName = transcoder.text(reader.lengthDelimited(), reader.position)
        break
      default:
        reader.skip(fieldTag)
    }
  }

  let body: Uint8Array | null = null
  if (bodyStart >= 0) {
    transcoder.writer.begin()
    transcoder.writeValue(bodyStart, bodyEnd, 0)
    body = transcoder.writer.take()
  }
  const attributes = transcoder.packAttributes(attributeRanges)
  return {
    ...place,
    timeUnixNano: checkedTime(timeUnixNano),
    observedTimeUnixNano: checkedTime(observedTimeUnixNano),
    severityNumber,
    severityText,
    body,
    attributes,
    droppedAttributesCount,
    flags,
    eventName,
    ...traceContextOf(traceId, spanId),
    searchText: searchTextOf(body, eventName, attributes),
  }
}

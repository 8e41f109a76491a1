/** Spans from OTLP protobuf (opentelemetry/proto/trace/v1/trace.proto), straight to what the store keeps. */

import type { SpanRecord, TraceBatch } from '#shared/model/batch.ts'
import { isValidId, spanIdBytes, traceIdBytes } from '#shared/model/ids.ts'
import { RejectedRecord, reasons } from './decode-error.ts'
import { decodeBatch } from './otlp-batch-protobuf.ts'
import { checkedTime, type OtlpTranscoder, type Ranges } from './otlp-common-protobuf.ts'
import { type ProtobufReader, tag, WireType } from './protobuf-reader.ts'
import { writeEventTail, writeLinkHead, writeLinkTail } from './span-columns.ts'

const { bytes, fixed32, fixed64, varint } = WireType

/** Decodes an `ExportTraceServiceRequest`. Throws `MalformedPayload`. */
export function decodeTracesProtobuf(payload: Buffer): TraceBatch {
  return decodeBatch(payload, { decode: decodeSpan, weigh: () => 1 })
}

const empty: Ranges = []

function decodeSpan(
  transcoder: OtlpTranscoder,
  reader: ProtobufReader,
  place: { readonly resource: number; readonly scope: number },
): SpanRecord {
  const source = transcoder.bytes
  let traceId: Uint8Array | undefined
  let spanId: Uint8Array | undefined
  let parentSpanId: Uint8Array | null = null
  let traceState = ''
  let flags = 0
  let name = ''
  let kind = 0
  let startUnixNano = 0n
  let endUnixNano = 0n
  let statusCode = 0
  let statusMessage = ''
  const attributes: Ranges = []
  let events = empty
  let links = empty
  let droppedAttributesCount = 0
  let droppedEventsCount = 0
  let droppedLinksCount = 0

  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    switch (fieldTag) {
      case tag(1, bytes):
        traceId = source.subarray(reader.lengthDelimited(), reader.position)
        break
      case tag(2, bytes):
        spanId = source.subarray(reader.lengthDelimited(), reader.position)
        break
      case tag(3, bytes):
        traceState = transcoder.text(reader.lengthDelimited(), reader.position)
        break
      case tag(4, bytes):
        parentSpanId = source.subarray(reader.lengthDelimited(), reader.position)
        break
      case tag(5, bytes):
        name = transcoder.text(reader.lengthDelimited(), reader.position)
        break
      case tag(6, varint):
        kind = reader.uint32()
        break
      case tag(7, fixed64):
        startUnixNano = reader.fixed64()
        break
      case tag(8, fixed64):
        endUnixNano = reader.fixed64()
        break
      case tag(9, bytes):
        attributes.push(reader.lengthDelimited(), reader.position)
        break
      case tag(10, varint):
        droppedAttributesCount = reader.uint32()
        break
      case tag(11, bytes):
        if (events === empty) events = []
        events.push(reader.lengthDelimited(), reader.position)
        break
      case tag(12, varint):
        droppedEventsCount = reader.uint32()
        break
      case tag(13, bytes):
        if (links === empty) links = []
        links.push(reader.lengthDelimited(), reader.position)
        break
      case tag(14, varint):
        droppedLinksCount = reader.uint32()
        break
      case tag(15, bytes): {
        const status = transcoder.reader(reader.lengthDelimited(), reader.position)
        while (status.position < status.end) {
          const statusTag = status.tag()
          if (statusTag === tag(2, bytes)) statusMessage = transcoder.text(status.lengthDelimited(), status.position)
          else if (statusTag === tag(3, varint)) statusCode = status.uint32()
          else status.skip(statusTag)
        }
        break
      }
      case tag(16, fixed32):
        flags = reader.fixed32()
        break
      default:
        reader.skip(fieldTag)
    }
  }

  if (!traceId || !isValidId(traceId, traceIdBytes)) throw new RejectedRecord(reasons.traceId)
  if (!spanId || !isValidId(spanId, spanIdBytes)) throw new RejectedRecord(reasons.spanId)
  return {
    ...place,
    traceId,
    spanId,
    parentSpanId: parentOf(parentSpanId),
    traceState,
    flags,
    name,
    kind,
    startUnixNano: checkedTime(startUnixNano),
    endUnixNano: checkedTime(endUnixNano),
    statusCode,
    statusMessage,
    attributes: transcoder.packAttributes(attributes),
    droppedAttributesCount,
    events: events.length === 0 ? null : packList(transcoder, events, writeEvent),
    droppedEventsCount,
    links: links.length === 0 ? null : packList(transcoder, links, writeLink),
    droppedLinksCount,
  }
}

/** An empty parent means root; all zero is what some encoders write for "empty". */
export function parentOf(parentSpanId: Uint8Array | null): Uint8Array | null {
  if (!parentSpanId || parentSpanId.length === 0) return null
  if (isValidId(parentSpanId, spanIdBytes)) return parentSpanId
  if (parentSpanId.length === spanIdBytes) return null
  throw new RejectedRecord(reasons.parentSpanId)
}

function packList(
  transcoder: OtlpTranscoder,
  ranges: Ranges,
  write: (transcoder: OtlpTranscoder, start: number, end: number) => void,
): Uint8Array {
  const { writer } = transcoder
  writer.begin()
  const list = writer.openContainer()
  for (let index = 0; index < ranges.length; index += 2) {
    write(transcoder, ranges[index] as number, ranges[index + 1] as number)
  }
  writer.closeArray(list)
  return writer.take()
}

function writeEvent(transcoder: OtlpTranscoder, start: number, end: number): void {
  const reader = transcoder.reader(start, end)
  const attributes: Ranges = []
  let time = 0n
  let nameStart = 0
  let nameEnd = 0
  let dropped = 0
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(1, fixed64)) time = reader.fixed64()
    else if (fieldTag === tag(2, bytes)) {
      nameStart = reader.lengthDelimited()
      nameEnd = reader.position
    } else if (fieldTag === tag(3, bytes)) attributes.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(4, varint)) dropped = reader.uint32()
    else reader.skip(fieldTag)
  }
  const { writer } = transcoder
  const object = writer.openContainer()
  writer.text('timeUnixNano')
  writer.integer(checkedTime(time))
  writer.text('name')
  writer.utf8(transcoder.bytes, nameStart, nameEnd)
  writer.text('attributes')
  transcoder.writeAttributes(attributes, true)
  writeEventTail(writer, dropped)
  writer.closeObject(object)
}

function writeLink(transcoder: OtlpTranscoder, start: number, end: number): void {
  const reader = transcoder.reader(start, end)
  const attributes: Ranges = []
  let traceId: Uint8Array = new Uint8Array()
  let spanId: Uint8Array = new Uint8Array()
  let traceState = ''
  let dropped = 0
  let flags = 0
  while (reader.position < reader.end) {
    const fieldTag = reader.tag()
    if (fieldTag === tag(1, bytes)) traceId = transcoder.bytes.subarray(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(2, bytes)) spanId = transcoder.bytes.subarray(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(3, bytes)) traceState = transcoder.text(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(4, bytes)) attributes.push(reader.lengthDelimited(), reader.position)
    else if (fieldTag === tag(5, varint)) dropped = reader.uint32()
    else if (fieldTag === tag(6, fixed32)) flags = reader.fixed32()
    else reader.skip(fieldTag)
  }
  const { writer } = transcoder
  const object = writer.openContainer()
  writeLinkHead(writer, { traceId, spanId, traceState })
  writer.text('attributes')
  transcoder.writeAttributes(attributes, true)
  writeLinkTail(writer, { dropped, flags })
  writer.closeObject(object)
}

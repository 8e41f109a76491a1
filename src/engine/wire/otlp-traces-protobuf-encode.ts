/** Spans as OTLP protobuf (`opentelemetry/proto/trace/v1/trace.proto`). */

import type { SpanData, SpanEventData, SpanLinkData } from '#shared/model/telemetry-data.ts'
import { optionalId, optionalText, optionalWhole, writeKeyValues } from './otlp-protobuf-encode.ts'
import type { ProtobufWriter } from './protobuf-writer.ts'

export function writeSpan(writer: ProtobufWriter, span: SpanData): void {
  optionalId(writer, 1, span.traceId)
  optionalId(writer, 2, span.spanId)
  optionalText(writer, 3, span.traceState)
  optionalId(writer, 4, span.parentSpanId)
  optionalText(writer, 5, span.name)
  optionalWhole(writer, 6, span.kind)
  writer.fixed64(7, span.startUnixNano)
  writer.fixed64(8, span.endUnixNano)
  writeKeyValues(writer, 9, span.attributes)
  optionalWhole(writer, 10, span.droppedAttributesCount)
  for (const event of span.events) writer.message(11, (inner) => writeEvent(inner, event))
  optionalWhole(writer, 12, span.droppedEventsCount)
  for (const link of span.links) writer.message(13, (inner) => writeLink(inner, link))
  optionalWhole(writer, 14, span.droppedLinksCount)
  if (span.statusCode !== 0 || span.statusMessage !== '') {
    writer.message(15, (inner) => {
      optionalText(inner, 2, span.statusMessage)
      optionalWhole(inner, 3, span.statusCode)
    })
  }
  if (span.flags !== 0) writer.fixed32(16, span.flags)
}

function writeEvent(writer: ProtobufWriter, event: SpanEventData): void {
  writer.fixed64(1, event.timeUnixNano)
  optionalText(writer, 2, event.name)
  writeKeyValues(writer, 3, event.attributes)
  optionalWhole(writer, 4, event.droppedAttributesCount)
}

function writeLink(writer: ProtobufWriter, link: SpanLinkData): void {
  optionalId(writer, 1, link.traceId)
  optionalId(writer, 2, link.spanId)
  optionalText(writer, 3, link.traceState)
  writeKeyValues(writer, 4, link.attributes)
  optionalWhole(writer, 5, link.droppedAttributesCount)
  if (link.flags !== 0) writer.fixed32(6, link.flags)
}

/** Spans from OTLP/JSON. */

import type { SpanRecord, TraceBatch } from '#shared/model/batch.ts'
import { isValidId, spanIdBytes, traceIdBytes } from '#shared/model/ids.ts'
import type { Packed } from '#shared/model/jsonb.ts'
import { RejectedRecord, reasons } from './decode-error.ts'
import { arrayField, int64Field, type JsonObject, objectField, textField, uint32Field } from './json-fields.ts'
import type { JsonbWriter } from './jsonb-writer.ts'
import { decodeJsonBatch, idField, type JsonPayload, packAttributes, writeAttributes } from './otlp-batch-json.ts'
import { checkedTime } from './otlp-common-protobuf.ts'
import { parentOf } from './otlp-traces-protobuf.ts'
import { writeEventTail, writeLinkHead, writeLinkTail } from './span-columns.ts'

export const kindNames: Readonly<Record<string, number>> = {
  SPAN_KIND_UNSPECIFIED: 0,
  SPAN_KIND_INTERNAL: 1,
  SPAN_KIND_SERVER: 2,
  SPAN_KIND_CLIENT: 3,
  SPAN_KIND_PRODUCER: 4,
  SPAN_KIND_CONSUMER: 5,
}
export const statusNames: Readonly<Record<string, number>> = {
  STATUS_CODE_UNSET: 0,
  STATUS_CODE_OK: 1,
  STATUS_CODE_ERROR: 2,
}

/** Decodes an `ExportTraceServiceRequest` in JSON. Throws `MalformedPayload`. */
export function decodeTracesJson(payload: JsonPayload): TraceBatch {
  return decodeJsonBatch(
    payload,
    { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' },
    { decode: decodeSpan, weigh: () => 1 },
  )
}

function decodeSpan(
  writer: JsonbWriter,
  json: JsonObject,
  place: { readonly resource: number; readonly scope: number },
): SpanRecord {
  const traceId = idField(json.traceId, reasons.traceId)
  const spanId = idField(json.spanId, reasons.spanId)
  if (!traceId || !isValidId(traceId, traceIdBytes)) throw new RejectedRecord(reasons.traceId)
  if (!spanId || !isValidId(spanId, spanIdBytes)) throw new RejectedRecord(reasons.spanId)
  const status = objectField(json.status)
  return {
    ...place,
    traceId,
    spanId,
    parentSpanId: parentOf(idField(json.parentSpanId, reasons.parentSpanId) ?? null),
    traceState: textField(json.traceState),
    flags: uint32Field(json.flags),
    name: textField(json.name),
    kind: uint32Field(json.kind, kindNames),
    startUnixNano: timeField(json.startTimeUnixNano),
    endUnixNano: timeField(json.endTimeUnixNano),
    statusCode: uint32Field(status.code, statusNames),
    statusMessage: textField(status.message),
    attributes: packAttributes(writer, json.attributes),
    droppedAttributesCount: uint32Field(json.droppedAttributesCount),
    events: packList(writer, arrayField(json.events), writeEvent),
    droppedEventsCount: uint32Field(json.droppedEventsCount),
    links: packList(writer, arrayField(json.links), writeLink),
    droppedLinksCount: uint32Field(json.droppedLinksCount),
  }
}

/** An instant. Throws `RejectedRecord` when negative or beyond what the store holds. */
export function timeField(value: unknown): bigint {
  const nanos = int64Field(value)
  if (nanos < 0n) throw new RejectedRecord(reasons.shape)
  return checkedTime(nanos)
}

/** Events or links. Throws `RejectedRecord`. */
export function packList(
  writer: JsonbWriter,
  items: readonly unknown[],
  write: (writer: JsonbWriter, json: JsonObject) => void,
): Packed | null {
  if (items.length === 0) return null
  writer.begin()
  const list = writer.openContainer()
  for (const item of items) {
    const object = writer.openContainer()
    write(writer, objectField(item))
    writer.closeObject(object)
  }
  writer.closeArray(list)
  return writer.take()
}

export function writeEvent(writer: JsonbWriter, json: JsonObject): void {
  writer.text('timeUnixNano')
  writer.integer(timeField(json.timeUnixNano))
  writer.text('name')
  writer.text(textField(json.name))
  writer.text('attributes')
  writeAttributes(writer, json.attributes, true)
  writeEventTail(writer, uint32Field(json.droppedAttributesCount))
}

export function writeLink(writer: JsonbWriter, json: JsonObject): void {
  writeLinkHead(writer, {
    traceId: idField(json.traceId, reasons.traceId) ?? new Uint8Array(),
    spanId: idField(json.spanId, reasons.spanId) ?? new Uint8Array(),
    traceState: textField(json.traceState),
  })
  writer.text('attributes')
  writeAttributes(writer, json.attributes, true)
  writeLinkTail(writer, { dropped: uint32Field(json.droppedAttributesCount), flags: uint32Field(json.flags) })
}

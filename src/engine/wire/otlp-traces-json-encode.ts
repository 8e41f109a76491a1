/** Spans as OTLP/JSON. */

import type { SpanData, SpanEventData, SpanLinkData } from '#shared/model/telemetry-data.ts'
import { type Json, keyValuesJson, optional } from './otlp-json-encode.ts'

export function spanJson(span: SpanData): Json {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...optional('parentSpanId', span.parentSpanId ?? ''),
    ...optional('traceState', span.traceState),
    flags: span.flags,
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: span.startUnixNano.toString(),
    endTimeUnixNano: span.endUnixNano.toString(),
    attributes: keyValuesJson(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map(eventJson),
    droppedEventsCount: span.droppedEventsCount,
    links: span.links.map(linkJson),
    droppedLinksCount: span.droppedLinksCount,
    status: { code: span.statusCode, ...optional('message', span.statusMessage) },
  }
}

function eventJson({ timeUnixNano, name, attributes, droppedAttributesCount }: SpanEventData): Json {
  return {
    timeUnixNano: timeUnixNano.toString(),
    name,
    attributes: keyValuesJson(attributes),
    droppedAttributesCount,
  }
}

function linkJson({ traceId, spanId, traceState, attributes, droppedAttributesCount, flags }: SpanLinkData): Json {
  return {
    traceId,
    spanId,
    ...optional('traceState', traceState),
    attributes: keyValuesJson(attributes),
    droppedAttributesCount,
    flags,
  }
}

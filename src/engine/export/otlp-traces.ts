/** Stored traces as OTLP/JSON: field for field what was sent. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { toHex } from '#shared/model/ids.ts'
import { type Fields, pairsOf, unpackList } from '#shared/model/jsonb.ts'
import { breathe, type QueryContext } from '../queries/context.ts'
import { type StoredSpan, spanByKey, spansOfTrace } from '../queries/stored-rows.ts'
import type { SpanKey } from '../queries/trace-span.ts'
import { traceNotFound } from '../queries/trace-summary.ts'
import { attributesJson, keyValuesJson } from '../wire/otlp-json-encode.ts'
import { type Json, OtlpDocument, optional, resourceJson, scopeJson } from './otlp-document.ts'

/** A trace as UTF-8 OTLP/JSON `{"resourceSpans": […]}`. Throws NOT_FOUND, TOO_LARGE, CANCELLED. */
export async function traceAsOtlp({ db, signal }: QueryContext, { traceId }: { traceId: string }): Promise<Uint8Array> {
  const document = new OtlpDocument(db, { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' })
  for (const spans of spansOfTrace(db, Buffer.from(traceId, 'hex'))) {
    for (const span of spans) document.add(span, spanJson(span))
    await breathe(signal)
  }
  if (document.isEmpty) throw traceNotFound(db, traceId)
  return document.finish()
}

/** One span as a complete OTLP/JSON document. Throws NOT_FOUND. */
export function spanAsOtlp({ db }: QueryContext, key: SpanKey): unknown {
  const span = spanByKey(db, Buffer.from(key.traceId, 'hex'), Buffer.from(key.spanId, 'hex'), key.twin)
  if (!span) throw new SpanlightError('NOT_FOUND', `Trace ${key.traceId} has no span ${key.spanId} here.`)
  const scope = { ...scopeJson(db, span.scope_id), spans: [spanJson(span)] }
  return { resourceSpans: [{ ...resourceJson(db, span.resource_id), scopeSpans: [scope] }] }
}

function spanJson(span: StoredSpan): Json {
  return {
    traceId: toHex(span.trace_id),
    spanId: toHex(span.span_id),
    ...(span.parent_span_id === null ? {} : { parentSpanId: toHex(span.parent_span_id) }),
    ...optional('traceState', span.trace_state),
    flags: Number(span.flags),
    name: span.name,
    kind: Number(span.kind),
    startTimeUnixNano: span.start_unix_nano.toString(),
    endTimeUnixNano: (span.start_unix_nano + span.duration_ns).toString(),
    attributes: attributesJson(span.attributes),
    droppedAttributesCount: Number(span.dropped_attributes_count),
    events: unpackList(span.events).map(eventJson),
    droppedEventsCount: Number(span.dropped_events_count),
    links: unpackList(span.links).map(linkJson),
    droppedLinksCount: Number(span.dropped_links_count),
    status: { code: Number(span.status_code), ...optional('message', span.status_message) },
  }
}

function eventJson(fields: Fields): Json {
  return {
    timeUnixNano: String(fields.get('timeUnixNano')),
    name: fields.get('name'),
    attributes: keyValuesJson(pairsOf(fields.get('attributes'))),
    droppedAttributesCount: Number(fields.get('droppedAttributesCount') ?? 0),
  }
}

function linkJson(fields: Fields): Json {
  return {
    traceId: fields.get('traceId'),
    spanId: fields.get('spanId'),
    ...optional('traceState', String(fields.get('traceState') ?? '')),
    attributes: keyValuesJson(pairsOf(fields.get('attributes'))),
    droppedAttributesCount: Number(fields.get('droppedAttributesCount') ?? 0),
    flags: Number(fields.get('flags') ?? 0),
  }
}

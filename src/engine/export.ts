/** Stored telemetry as OTLP/JSON: field for field what was sent. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { toHex } from '#shared/model/ids.ts'
import { type Fields, type Packed, pairsOf, toPlainJson, unpack, unpackList } from '#shared/model/jsonb.ts'
import type { QueryContext } from './queries/context.ts'
import {
  logsOfTrace,
  resourceById,
  type StoredLog,
  type StoredSpan,
  scopeById,
  spanByKey,
  spansOfTrace,
} from './queries/stored-span.ts'
import type { SpanKey } from './queries/trace-span.ts'
import { traceNotFound } from './queries/trace-summary.ts'
import type { ReadDb } from './store/database.ts'
import { anyValueJson, attributesJson, keyValuesJson } from './wire/otlp-json-encode.ts'

type Json = { readonly [key: string]: unknown }

/** One answer stays below what a browser and a terminal can take; whole stores are exported as files. */
const maxResponseBytes = 256 * 1024 * 1024

/** A trace as UTF-8 OTLP/JSON `{"resourceSpans": […]}`. Throws NOT_FOUND, TOO_LARGE. */
export function traceAsOtlp({ db }: QueryContext, { traceId }: { traceId: string }): Uint8Array {
  const document = new OtlpDocument(db, { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' })
  for (const span of spansOfTrace(db, Buffer.from(traceId, 'hex'))) document.add(span, spanJson(span))
  if (document.isEmpty) throw traceNotFound(traceId)
  return document.finish()
}

/** A trace's logs as UTF-8 OTLP/JSON `{"resourceLogs": […]}`. Throws NOT_FOUND for an unknown trace, TOO_LARGE. */
export function logsAsOtlp({ db }: QueryContext, { traceId }: { traceId: string }): Uint8Array {
  const id = Buffer.from(traceId, 'hex')
  const document = new OtlpDocument(db, { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' })
  for (const log of logsOfTrace(db, id)) document.add(log, logJson(log))
  if (document.isEmpty && !db.prepare('SELECT 1 FROM trace WHERE trace_id = ?').get(id)) throw traceNotFound(traceId)
  return document.finish()
}

/** One span as a complete OTLP/JSON document. Throws NOT_FOUND. */
export function spanAsOtlp({ db }: QueryContext, key: SpanKey): unknown {
  const span = spanByKey(db, Buffer.from(key.traceId, 'hex'), Buffer.from(key.spanId, 'hex'), key.twin)
  if (!span) throw new SpanlightError('NOT_FOUND', `Trace ${key.traceId} has no span ${key.spanId} here.`)
  const scope = { ...scopeJson(db, span.scope_id), spans: [spanJson(span)] }
  return { resourceSpans: [{ ...resourceJson(db, span.resource_id), scopeSpans: [scope] }] }
}

/** Builds the nesting as text while rows arrive sorted by resource and scope; nothing is held twice. */
class OtlpDocument {
  readonly #db: ReadDb
  readonly #fields: { readonly resources: string; readonly scopes: string; readonly records: string }
  readonly #parts: Buffer[] = []
  #bytes = 0
  #resourceId: bigint | undefined
  #scopeId: bigint | undefined

  constructor(db: ReadDb, fields: { resources: string; scopes: string; records: string }) {
    this.#db = db
    this.#fields = fields
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  add(row: { readonly resource_id: bigint; readonly scope_id: bigint }, record: Json): void {
    const sameResource = row.resource_id === this.#resourceId
    const sameScope = sameResource && row.scope_id === this.#scopeId
    if (sameScope) this.#push(',')
    else {
      if (!sameResource) this.#openResource(row.resource_id)
      else this.#push(']},')
      this.#push(`${open(scopeJson(this.#db, row.scope_id))}"${this.#fields.records}":[`)
      this.#scopeId = row.scope_id
    }
    this.#push(JSON.stringify(record))
  }

  finish(): Uint8Array {
    if (this.isEmpty) this.#push(`{"${this.#fields.resources}":[]}`)
    else this.#push(']}]}]}')
    return Buffer.concat(this.#parts)
  }

  #openResource(id: bigint): void {
    this.#push(this.#resourceId === undefined ? `{"${this.#fields.resources}":[` : ']}]},')
    this.#push(`${open(resourceJson(this.#db, id))}"${this.#fields.scopes}":[`)
    this.#resourceId = id
  }

  #push(text: string): void {
    const part = Buffer.from(text)
    this.#bytes += part.length
    if (this.#bytes > maxResponseBytes) {
      throw new SpanlightError('TOO_LARGE', 'This trace is larger than 256 MiB as JSON; read it from the database.')
    }
    this.#parts.push(part)
  }
}

/** An object's text without its end, ready for one more field. */
function open(fields: Json): string {
  return `${JSON.stringify(fields).slice(0, -1)},`
}

function resourceJson(db: ReadDb, id: bigint): Json {
  const { attributes, dropped_attributes_count, entity_refs, schema_url } = resourceById(db, id)
  const entityRefs = entity_refs === null ? {} : { entityRefs: toPlainJson(unpack(entity_refs)) }
  return {
    resource: {
      attributes: attributesJson(attributes),
      droppedAttributesCount: Number(dropped_attributes_count),
      ...entityRefs,
    },
    ...optional('schemaUrl', schema_url),
  }
}

function scopeJson(db: ReadDb, id: bigint): Json {
  const { name, version, attributes, dropped_attributes_count, schema_url } = scopeById(db, id)
  return {
    scope: {
      name,
      version,
      attributes: attributesJson(attributes),
      droppedAttributesCount: Number(dropped_attributes_count),
    },
    ...optional('schemaUrl', schema_url),
  }
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
    events: listJson(span.events, eventJson),
    droppedEventsCount: Number(span.dropped_events_count),
    links: listJson(span.links, linkJson),
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

function logJson(log: StoredLog): Json {
  return {
    timeUnixNano: log.time_unix_nano.toString(),
    observedTimeUnixNano: log.observed_time_unix_nano.toString(),
    severityNumber: Number(log.severity_number),
    ...optional('severityText', log.severity_text),
    ...(log.body === null ? {} : { body: anyValueJson(unpack(log.body)) }),
    attributes: attributesJson(log.attributes),
    droppedAttributesCount: Number(log.dropped_attributes_count),
    flags: Number(log.flags),
    ...(log.trace_id === null ? {} : { traceId: toHex(log.trace_id) }),
    ...(log.span_id === null ? {} : { spanId: toHex(log.span_id) }),
    ...optional('eventName', log.event_name),
  }
}

function listJson(packed: Packed | null, toJson: (fields: Fields) => Json): Json[] {
  return unpackList(packed).map(toJson)
}

function optional(name: string, text: string): Json {
  return text === '' ? {} : { [name]: text }
}

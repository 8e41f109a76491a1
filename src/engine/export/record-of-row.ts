/** Stored rows as records with everything unpacked; resources and scopes are unpacked once and shared. */

import { toHex } from '#shared/model/ids.ts'
import { type AttributeValue, type Fields, pairsOf, unpack, unpackAttributes, unpackList } from '#shared/model/jsonb.ts'
import type {
  EntityRef,
  LogData,
  Placed,
  ResourceData,
  ScopeData,
  SpanData,
  SpanEventData,
  SpanLinkData,
} from '#shared/model/telemetry-data.ts'
import { statement } from '../queries/statements.ts'
import { resourceById, type StoredLog, type StoredSpan, scopeById } from '../queries/stored-rows.ts'
import type { ReadDb } from '../store/database.ts'

/** Resources and scopes kept unpacked; a store has few, and one that has many must not fill the memory. */
const maxKept = 5_000

export class Places {
  readonly #db: ReadDb
  readonly #resources = new Map<bigint, ResourceData>()
  readonly #scopes = new Map<bigint, ScopeData>()

  constructor(db: ReadDb) {
    this.#db = db
  }

  of({ resource_id, scope_id }: { readonly resource_id: bigint; readonly scope_id: bigint }): Placed {
    return { resource: this.#resource(resource_id), scope: this.#scope(scope_id) }
  }

  #resource(id: bigint): ResourceData {
    return kept(this.#resources, id, () => {
      const row = resourceById(this.#db, id)
      return {
        serviceName: serviceOfResource(this.#db, id),
        attributes: unpackAttributes(row.attributes),
        droppedAttributesCount: Number(row.dropped_attributes_count),
        entityRefs: row.entity_refs === null ? null : unpackList(row.entity_refs).map(entityRefOf),
        schemaUrl: row.schema_url,
      }
    })
  }

  #scope(id: bigint): ScopeData {
    return kept(this.#scopes, id, () => {
      const { name, version, attributes, dropped_attributes_count, schema_url } = scopeById(this.#db, id)
      return {
        name,
        version,
        attributes: unpackAttributes(attributes),
        droppedAttributesCount: Number(dropped_attributes_count),
        schemaUrl: schema_url,
      }
    })
  }
}

function kept<Value>(values: Map<bigint, Value>, id: bigint, make: () => Value): Value {
  let value = values.get(id)
  if (value === undefined) {
    value = make()
    if (values.size >= maxKept) values.clear()
    values.set(id, value)
  }
  return value
}

function serviceOfResource(db: ReadDb, id: bigint): string {
  const row = statement(
    db,
    'SELECT service.name AS name FROM resource JOIN service ON service.id = service_id WHERE resource.id = ?',
  ).get(id) as { name: string }
  return row.name
}

export function spanOfRow(places: Places, row: StoredSpan): SpanData {
  return {
    ...places.of(row),
    traceId: toHex(row.trace_id),
    spanId: toHex(row.span_id),
    parentSpanId: row.parent_span_id === null ? null : toHex(row.parent_span_id),
    traceState: row.trace_state,
    flags: Number(row.flags),
    name: row.name,
    kind: Number(row.kind),
    startUnixNano: row.start_unix_nano,
    endUnixNano: row.start_unix_nano + row.duration_ns,
    statusCode: Number(row.status_code),
    statusMessage: row.status_message,
    attributes: unpackAttributes(row.attributes),
    droppedAttributesCount: Number(row.dropped_attributes_count),
    events: unpackList(row.events).map(eventOf),
    droppedEventsCount: Number(row.dropped_events_count),
    links: unpackList(row.links).map(linkOf),
    droppedLinksCount: Number(row.dropped_links_count),
  }
}

export function logOfRow(places: Places, row: StoredLog): LogData {
  return {
    ...places.of(row),
    timeUnixNano: row.time_unix_nano,
    observedTimeUnixNano: row.observed_time_unix_nano,
    severityNumber: Number(row.severity_number),
    severityText: row.severity_text,
    body: row.body === null ? undefined : unpack(row.body),
    attributes: unpackAttributes(row.attributes),
    droppedAttributesCount: Number(row.dropped_attributes_count),
    flags: Number(row.flags),
    eventName: row.event_name,
    traceId: row.trace_id === null ? null : toHex(row.trace_id),
    spanId: row.span_id === null ? null : toHex(row.span_id),
  }
}

function eventOf(fields: Fields): SpanEventData {
  return {
    timeUnixNano: BigInt(text(fields, 'timeUnixNano')),
    name: text(fields, 'name'),
    attributes: pairsOf(fields.get('attributes')),
    droppedAttributesCount: Number(fields.get('droppedAttributesCount') ?? 0),
  }
}

function linkOf(fields: Fields): SpanLinkData {
  return {
    traceId: text(fields, 'traceId'),
    spanId: text(fields, 'spanId'),
    traceState: text(fields, 'traceState'),
    attributes: pairsOf(fields.get('attributes')),
    droppedAttributesCount: Number(fields.get('droppedAttributesCount') ?? 0),
    flags: Number(fields.get('flags') ?? 0),
  }
}

function entityRefOf(fields: Fields): EntityRef {
  return {
    schemaUrl: text(fields, 'schemaUrl'),
    type: text(fields, 'type'),
    idKeys: texts(fields.get('idKeys')),
    descriptionKeys: texts(fields.get('descriptionKeys')),
  }
}

function text(fields: Fields, name: string): string {
  return String(fields.get(name) ?? '')
}

function texts(value: AttributeValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

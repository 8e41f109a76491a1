/**
 * Spans as the Go SDK's `stdouttrace` exporter prints them: the SDK's own fields, in OTLP's terms already. Values carry
 * their type; times are RFC 3339; the local parent's id is in `Parent`, whose id is all zero for a root.
 */

import { StatusCode } from '#shared/model/span.ts'
import type { JsonFormat } from './import-format.ts'
import { boundedJson } from './json-depth.ts'
import type { JsonObject } from './json-fields.ts'
import { isJsonObject, type OtlpDocument } from './otlp-document.ts'
import { listOf, nanosOfIso, plainValue } from './otlp-values.ts'
import { SpanGroups } from './span-groups.ts'

export const goStdoutFormat: JsonFormat = { name: 'Go stdouttrace', recognises, toOtlp: goStdoutToOtlp }

const statusCodes: Readonly<Record<string, number>> = {
  Unset: StatusCode.unset,
  Ok: StatusCode.ok,
  Error: StatusCode.error,
}
/** `HAS_IS_REMOTE` and `IS_REMOTE` of `SpanFlags` (trace.proto). */
const remoteFlags = { known: 0x100, remote: 0x200 }

function recognises(value: unknown): boolean {
  return isJsonObject(value) && isJsonObject(value.SpanContext) && 'Name' in value && 'StartTime' in value
}

function goStdoutToOtlp(values: readonly unknown[]): OtlpDocument {
  const groups = new SpanGroups()
  for (const value of values.filter(isJsonObject)) {
    const scope = value.InstrumentationScope ?? value.InstrumentationLibrary
    const resource = listOf(value.Resource)
    // Every span repeats its resource and scope: equal ones are told by what they say.
    const source = boundedJson([resource, scope]) ?? value
    groups.add(spanOf(value), scopeOf(scope), source, () => ({ attributes: pairs(resource) }))
  }
  return groups.otlp
}

function spanOf(json: JsonObject): JsonObject {
  const context = objectOf(json.SpanContext)
  const parent = objectOf(json.Parent)
  const status = objectOf(json.Status)
  const code =
    typeof status.Code === 'string' && Object.hasOwn(statusCodes, status.Code) ? statusCodes[status.Code] : status.Code
  return {
    traceId: context.TraceID,
    spanId: context.SpanID,
    parentSpanId: parent.SpanID,
    traceState: context.TraceState,
    flags: flagsOf(context, parent),
    name: json.Name,
    kind: json.SpanKind,
    startTimeUnixNano: timeOf(json.StartTime),
    endTimeUnixNano: timeOf(json.EndTime),
    attributes: pairs(json.Attributes),
    events: listOf(json.Events).map((item) => {
      const event = objectOf(item)
      return {
        timeUnixNano: timeOf(event.Time),
        name: event.Name,
        attributes: pairs(event.Attributes),
        droppedAttributesCount: event.DroppedAttributeCount,
      }
    }),
    links: listOf(json.Links).map((item) => {
      const link = objectOf(item)
      const target = objectOf(link.SpanContext)
      return {
        traceId: target.TraceID,
        spanId: target.SpanID,
        traceState: target.TraceState,
        attributes: pairs(link.Attributes),
        droppedAttributesCount: link.DroppedAttributeCount,
      }
    }),
    status: { code, message: status.Description },
    droppedAttributesCount: json.DroppedAttributes,
    droppedEventsCount: json.DroppedEvents,
    droppedLinksCount: json.DroppedLinks,
  }
}

function flagsOf(context: JsonObject, parent: JsonObject): number {
  const trace = typeof context.TraceFlags === 'string' ? Number.parseInt(context.TraceFlags, 16) : 0
  const remote = typeof parent.Remote === 'boolean' ? remoteFlags.known + (parent.Remote ? remoteFlags.remote : 0) : 0
  return (Number.isNaN(trace) ? 0 : trace & 0xff) | remote
}

function scopeOf(scope: unknown): JsonObject {
  const { Name, Version, SchemaURL, Attributes } = objectOf(scope)
  return { name: Name, version: Version, attributes: pairs(Attributes), schemaUrl: SchemaURL }
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** What isn't a time stays, to be refused as what it is. */
function timeOf(value: unknown): unknown {
  return typeof value === 'string' ? (nanosOfIso(value) ?? value) : value
}

function pairs(attributes: unknown): unknown[] {
  return listOf(attributes).map((item) => {
    const { Key, Value } = objectOf(item)
    const { Type, Value: value } = objectOf(Value)
    return { key: Key, value: valueOfType(typeof Type === 'string' ? Type : '', value) }
  })
}

const slice = 'SLICE'

function valueOfType(type: string, value: unknown): JsonObject {
  const each = type.endsWith(slice) ? type.slice(0, -slice.length) : undefined
  // There are no lists of lists.
  if (each !== undefined && !each.endsWith(slice) && Array.isArray(value)) {
    return { arrayValue: { values: value.map((item) => valueOfType(each, item)) } }
  }
  switch (type) {
    case 'BOOL':
      return { boolValue: value }
    case 'INT64':
      return { intValue: value }
    case 'FLOAT64':
      return { doubleValue: value }
    case 'STRING':
      return { stringValue: value }
    default:
      return plainValue(value)
  }
}

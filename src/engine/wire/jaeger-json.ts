/**
 * Spans from Jaeger's JSON, as its UI and API write it (`{"data": [trace, …]}`, one trace, or single spans). Lossless, and
 * by the specification's "OpenTelemetry to Jaeger Transformation" read backwards:
 *
 * - process → resource: `serviceName` is `service.name` (`OTLPResourceNoServiceName` is none), tags are attributes.
 * - tags `span.kind`, `w3c.tracestate`, `otel.scope.*`, `otel.status_*`, `otel.dropped_*_count` become the fields they came
 *   from. With `otel.status_code` the tag `error` goes too; alone, a true `error` sets the status and stays an attribute.
 * - the first `CHILD_OF` (or `parentSpanID`) in the same trace is the parent; every other reference is a link, its type in
 *   `opentracing.ref_type` (`child_of`, `follows_from`).
 * - logs → events: the field `event` is the name; `warnings` → attribute `@jaeger@warnings`, as Jaeger 2 has it.
 * - ids get their leading zeros back; `flags` stay flags.
 */

import { StatusCode } from '#shared/model/span.ts'
import type { JsonFormat } from './import-format.ts'
import type { JsonObject } from './json-fields.ts'
import { isJsonObject, type OtlpDocument } from './otlp-document.ts'
import {
  list,
  listOf,
  nanosOfMicros,
  type OtlpAttribute,
  paddedId,
  plainValue,
  recordsOf,
  text,
} from './otlp-values.ts'
import { SpanGroups } from './span-groups.ts'
import { type SpanScope, Tags } from './tags.ts'

export const jaegerFormat: JsonFormat = { name: 'Jaeger JSON', recognises, toOtlp: jaegerToOtlp }

const kinds: Readonly<Record<string, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 }

function recognises(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  if (Array.isArray(value.data)) return value.data.length === 0 || isTrace(value.data[0])
  return isTrace(value) || isSpan(value)
}

function isTrace(value: unknown): boolean {
  return isJsonObject(value) && Array.isArray(value.spans) && (value.processes !== undefined || isSpan(value.spans[0]))
}

function isSpan(value: unknown): boolean {
  return isJsonObject(value) && 'spanID' in value && ('traceID' in value || 'operationName' in value)
}

function jaegerToOtlp(values: readonly unknown[]): OtlpDocument {
  const groups = new SpanGroups()
  for (const value of values) {
    if (!isJsonObject(value)) groups.addBroken(value)
    else if (isSpan(value)) addSpan(groups, value, value.process)
    else for (const trace of value.data === undefined ? [value] : recordsOf(value.data)) addTrace(groups, trace)
  }
  return groups.otlp
}

function addTrace(groups: SpanGroups, trace: unknown): void {
  if (!isJsonObject(trace)) {
    groups.addBroken(trace)
    return
  }
  const processes = isJsonObject(trace.processes) ? trace.processes : {}
  for (const span of recordsOf(trace.spans)) {
    if (!isJsonObject(span)) {
      groups.addBroken(span)
      continue
    }
    const process = typeof span.processID === 'string' ? processes[span.processID] : undefined
    addSpan(groups, span.traceID === undefined ? { ...span, traceID: trace.traceID } : span, process ?? span.process)
  }
}

function addSpan(groups: SpanGroups, json: JsonObject, process: unknown): void {
  const { span, scope } = spanOf(json)
  groups.add(span, { ...scope }, process, () => resourceOf(process))
}

const noService = 'OTLPResourceNoServiceName'

function resourceOf(process: unknown): JsonObject {
  if (!isJsonObject(process)) return {}
  const { serviceName } = process
  const hasName = typeof serviceName === 'string' && serviceName !== '' && serviceName !== noService
  return { attributes: [...(hasName ? [text('service.name', serviceName)] : []), ...attributesOf(process.tags)] }
}

function spanOf(json: JsonObject): { span: JsonObject; scope: SpanScope } {
  const start = nanosOfMicros(json.startTime)
  const duration = nanosOfMicros(json.duration ?? 0)
  const traceId = paddedId(json.traceID, 32)
  const tags = new Tags(attributesOf(json.tags))
  const kind = kinds[tags.takeText('span.kind', (value) => Object.hasOwn(kinds, value)) ?? '']
  const scope = tags.takeScope()
  const traceState = tags.takeText('w3c.tracestate')
  const status = statusOf(tags)
  const dropped = tags.takeDropped()
  const { parentSpanId, links } = referencesOf(json, traceId)
  const warnings = listOf(json.warnings)
  const span = {
    traceId,
    spanId: paddedId(json.spanID, 16),
    parentSpanId,
    traceState,
    flags: json.flags,
    name: json.operationName,
    kind: kind ?? 0,
    startTimeUnixNano: start,
    endTimeUnixNano: typeof start === 'bigint' && typeof duration === 'bigint' ? start + duration : json.duration,
    status,
    attributes: warnings.length === 0 ? tags.rest : [...tags.rest, list('@jaeger@warnings', warnings)],
    events: listOf(json.logs).map(eventOf),
    links,
    ...dropped,
  }
  return { span, scope }
}

function statusOf(tags: Tags): JsonObject {
  const code = tags.takeStatusCode()
  const message = tags.takeText('otel.status_description')
  const error = tags.find('error')
  const isError = error?.boolValue === true || error?.stringValue === 'true'
  if (code === undefined) return { code: isError ? StatusCode.error : StatusCode.unset, message }
  if (code === StatusCode.error && error?.boolValue === true) tags.drop('error')
  return { code, message }
}

function referencesOf(json: JsonObject, traceId: unknown): { parentSpanId: unknown; links: unknown[] } {
  let parentSpanId = typeof json.parentSpanID === 'string' ? paddedId(json.parentSpanID, 16) : undefined
  const links: unknown[] = []
  for (const reference of listOf(json.references)) {
    if (!isJsonObject(reference)) {
      links.push(reference)
      continue
    }
    const isChild = reference.refType !== 'FOLLOWS_FROM'
    const linkedTrace = paddedId(reference.traceID ?? traceId, 32)
    const linkedSpan = paddedId(reference.spanID, 16)
    if (isChild && sameId(linkedTrace, traceId) && (parentSpanId === undefined || sameId(parentSpanId, linkedSpan))) {
      parentSpanId = linkedSpan
      continue
    }
    const type = isChild ? 'child_of' : 'follows_from'
    links.push({ traceId: linkedTrace, spanId: linkedSpan, attributes: [text('opentracing.ref_type', type)] })
  }
  return { parentSpanId, links }
}

function sameId(left: unknown, right: unknown): boolean {
  return typeof left === 'string' && typeof right === 'string' && left.toLowerCase() === right.toLowerCase()
}

function eventOf(log: unknown): unknown {
  if (!isJsonObject(log)) return log
  const fields = new Tags(attributesOf(log.fields))
  const name = fields.takeText('event') ?? ''
  return { timeUnixNano: nanosOfMicros(log.timestamp), name, attributes: fields.rest }
}

function attributesOf(tags: unknown): OtlpAttribute[] {
  return listOf(tags).map((tag) =>
    isJsonObject(tag) ? { key: tag.key ?? '', value: anyValueOf(tag.type, tag.value) } : { key: tag, value: {} },
  )
}

/** A value that isn't of its own type stays what it is. */
function anyValueOf(type: unknown, value: unknown): JsonObject {
  switch (typeof type === 'string' ? type.toLowerCase() : '') {
    case 'bool':
    case 'boolean':
      if (value === true || value === 'true') return { boolValue: true }
      if (value === false || value === 'false') return { boolValue: false }
      break
    case 'int64':
    case 'long':
      if (typeof value === 'bigint' || Number.isInteger(value)) return { intValue: value }
      if (typeof value === 'string' && /^-?\d{1,18}$/.test(value)) return { intValue: value }
      break
    case 'float64':
    case 'double':
      if (typeof value === 'number' || typeof value === 'bigint') return { doubleValue: Number(value) }
      if (value === 'NaN' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)))) {
        return { doubleValue: value }
      }
      break
    case 'binary':
      if (typeof value === 'string' && /^[\w+/-]*={0,2}$/.test(value)) return { bytesValue: value }
  }
  return plainValue(value)
}

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
import { MalformedPayload } from './decode-error.ts'
import type { JsonFormat } from './import-format.ts'
import type { JsonObject } from './json-fields.ts'
import { isJsonObject, type OtlpDocument } from './otlp-document.ts'
import { listOf, nanosOfMicros, type OtlpAttribute, paddedId, text, texts } from './otlp-values.ts'
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

/** Throws `MalformedPayload`. */
function jaegerToOtlp(values: readonly unknown[]): OtlpDocument {
  const groups = new SpanGroups()
  for (const value of values) {
    const document = objectOf(value, 'the document')
    if (isSpan(document)) addSpan(groups, document, document.process)
    else if (document.data === undefined) addTrace(groups, document)
    else for (const trace of listOf(document.data)) addTrace(groups, objectOf(trace, 'each item of "data"'))
  }
  return groups.otlp
}

function addTrace(groups: SpanGroups, trace: JsonObject): void {
  const processes = isJsonObject(trace.processes) ? trace.processes : {}
  for (const item of listOf(trace.spans)) {
    const span = objectOf(item, 'each item of "spans"')
    const process = typeof span.processID === 'string' ? processes[span.processID] : undefined
    addSpan(groups, span.traceID === undefined ? { ...span, traceID: trace.traceID } : span, process ?? span.process)
  }
}

function addSpan(groups: SpanGroups, json: JsonObject, process: unknown): void {
  const { span, scope } = spanOf(json)
  groups.add(span, { ...scope }, process, () => resourceOf(process))
}

function objectOf(value: unknown, what: string): JsonObject {
  if (!isJsonObject(value)) throw new MalformedPayload(`${what} must be a JSON object`)
  return value
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
  const kind = kinds[tags.takeText('span.kind', (value) => value in kinds) ?? '']
  const scope = tags.takeScope()
  const traceState = tags.takeText('w3c.tracestate')
  const status = statusOf(tags)
  const dropped = tags.takeDropped()
  const { parentSpanId, links } = referencesOf(json, traceId)
  const warnings = listOf(json.warnings).map(String)
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
    attributes: warnings.length === 0 ? tags.rest : [...tags.rest, texts('@jaeger@warnings', warnings)],
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
  for (const item of listOf(json.references)) {
    const reference = objectOf(item, 'each item of "references"')
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
  return String(left).toLowerCase() === String(right).toLowerCase()
}

function eventOf(item: unknown): JsonObject {
  const log = objectOf(item, 'each item of "logs"')
  const fields = new Tags(attributesOf(log.fields))
  const name = fields.takeText('event') ?? ''
  return { timeUnixNano: nanosOfMicros(log.timestamp), name, attributes: fields.rest }
}

function attributesOf(tags: unknown): OtlpAttribute[] {
  return listOf(tags).map((item) => {
    const tag = objectOf(item, 'each tag')
    return { key: String(tag.key ?? ''), value: anyValueOf(tag.type, tag.value) }
  })
}

/** A value that isn't of its own type stays what it is. */
function anyValueOf(type: unknown, value: unknown): JsonObject {
  switch (String(type).toLowerCase()) {
    case 'bool':
    case 'boolean':
      if (value === true || value === 'true') return { boolValue: true }
      if (value === false || value === 'false') return { boolValue: false }
      break
    case 'int64':
    case 'long':
      if (typeof value === 'bigint' || Number.isInteger(value) || /^-?\d{1,18}$/.test(String(value))) {
        return { intValue: value }
      }
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
      break
    default:
      if (typeof value === 'boolean') return { boolValue: value }
      if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { intValue: value }
      if (typeof value === 'number') return { doubleValue: value }
  }
  if (value === null || value === undefined) return {}
  return {
    stringValue:
      typeof value === 'string'
        ? value
        : JSON.stringify(value, (_key, each) => (typeof each === 'bigint' ? each.toString() : each)),
  }
}

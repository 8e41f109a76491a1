/**
 * Spans from Zipkin's JSON (v2), in a file or as Zipkin clients post them. Lossless, and by the specification's
 * "OpenTelemetry to Zipkin Transformation" read backwards:
 *
 * - `localEndpoint.serviceName` → `service.name`; its address and port → `network.local.address`, `network.local.port`;
 *   `remoteEndpoint` → `peer.service`, `network.peer.address`, `network.peer.port`. What finds a tag of that name there, and
 *   a second address, goes to `zipkin.local.*` and `zipkin.remote.*` (`serviceName`, `ipv4`, `ipv6`, `port`).
 * - no `kind` is internal. `shared` and `debug` stay as `zipkin.shared`, `zipkin.debug`.
 * - tags `otel.status_code`, `otel.scope.*`, `otel.dropped_*_count`, `w3c.tracestate` become the fields they came from. With
 *   `otel.status_code` ERROR the tag `error` is the message and goes; alone it sets the status and stays an attribute.
 * - annotations → events by name. A missing `timestamp` is the first annotation's, else the import's, and
 *   `otel.zipkin.absentField.startTime` says so, as the Collector does; a missing `duration` is none.
 * - client and server may share one id: both are kept, as twins.
 */

import { SpanKind, StatusCode } from '#shared/model/span.ts'
import type { DecodeContext, JsonFormat } from './import-format.ts'
import type { JsonObject } from './json-fields.ts'
import { isJsonObject, type OtlpDocument } from './otlp-document.ts'
import { flag, integer, listOf, nanosOfMicros, type OtlpAttribute, paddedId, plainValue, text } from './otlp-values.ts'
import { SpanGroups } from './span-groups.ts'
import { Tags } from './tags.ts'

export const zipkinFormat: JsonFormat = { name: 'Zipkin JSON', recognises, toOtlp: zipkinToOtlp }

const kinds: Readonly<Record<string, number>> = {
  CLIENT: SpanKind.client,
  SERVER: SpanKind.server,
  PRODUCER: SpanKind.producer,
  CONSUMER: SpanKind.consumer,
}

function recognises(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0 || recognises(value[0])
  return (
    isJsonObject(value) && typeof value.traceId === 'string' && typeof value.id === 'string' && !('spanId' in value)
  )
}

/** Spans, and lists of them, as the API answers traces. */
export function zipkinToOtlp(values: readonly unknown[], { fallbackUnixNano, service }: DecodeContext): OtlpDocument {
  const groups = new SpanGroups()
  for (const value of values.flat(2)) {
    if (!isJsonObject(value)) {
      groups.addBroken(value)
      continue
    }
    const tags = new Tags(tagsOf(value))
    const scope = tags.takeScope()
    const local = isJsonObject(value.localEndpoint) ? value.localEndpoint : {}
    const name = typeof local.serviceName === 'string' && local.serviceName !== '' ? local.serviceName : service
    const describe = (): JsonObject => ({ attributes: name === undefined ? [] : [text('service.name', name)] })
    groups.add(spanOf(value, tags, fallbackUnixNano), { ...scope }, name, describe)
  }
  return groups.otlp
}

function spanOf(json: JsonObject, tags: Tags, fallbackUnixNano: bigint): JsonObject {
  const events = listOf(json.annotations).map(eventOf)
  const absent = json.timestamp === undefined || json.timestamp === null || json.timestamp === 0
  const start = absent ? (firstTime(events) ?? fallbackUnixNano) : nanosOfMicros(json.timestamp)
  const duration = nanosOfMicros(json.duration ?? 0)
  const status = statusOf(tags)
  const traceState = tags.takeText('w3c.tracestate')
  const dropped = tags.takeDropped()
  return {
    traceId: paddedId(json.traceId, 32),
    spanId: paddedId(json.id, 16),
    parentSpanId: paddedId(json.parentId, 16),
    traceState,
    name: json.name,
    kind: typeof json.kind === 'string' ? (kinds[json.kind.toUpperCase()] ?? SpanKind.internal) : SpanKind.internal,
    startTimeUnixNano: start,
    endTimeUnixNano: typeof start === 'bigint' && typeof duration === 'bigint' ? start + duration : json.duration,
    status,
    attributes: [
      ...tags.rest,
      ...endpointOf('local', json.localEndpoint, tags),
      ...endpointOf('remote', json.remoteEndpoint, tags),
      ...(json.shared === true ? [flag('zipkin.shared', true)] : []),
      ...(json.debug === true ? [flag('zipkin.debug', true)] : []),
      ...(absent ? [flag('otel.zipkin.absentField.startTime', true)] : []),
    ],
    events,
    ...dropped,
  }
}

function eventOf(annotation: unknown): unknown {
  if (!isJsonObject(annotation)) return annotation
  return { timeUnixNano: nanosOfMicros(annotation.timestamp), name: annotation.value }
}

function firstTime(events: readonly unknown[]): bigint | undefined {
  let first: bigint | undefined
  for (const event of events) {
    const timeUnixNano = isJsonObject(event) ? event.timeUnixNano : undefined
    if (typeof timeUnixNano === 'bigint' && (first === undefined || timeUnixNano < first)) first = timeUnixNano
  }
  return first
}

/** A tag `error`, whatever it says, is an error (Zipkin's data model), unless it says "false". */
function statusOf(tags: Tags): JsonObject {
  const code = tags.takeStatusCode()
  const error = tags.find('error')?.stringValue
  if (code === StatusCode.error) return { code, message: tags.takeText('error') }
  if (code !== undefined) return { code }
  if (typeof error !== 'string' || error === 'false') return { code: StatusCode.unset }
  return { code: StatusCode.error, message: error === 'true' ? '' : error }
}

const endpointNames = {
  local: { serviceName: undefined, address: 'network.local.address', port: 'network.local.port' },
  remote: { serviceName: 'peer.service', address: 'network.peer.address', port: 'network.peer.port' },
} as const

/** The local service's name is that of the resource. */
function endpointOf(side: 'local' | 'remote', endpoint: unknown, tags: Tags): OtlpAttribute[] {
  if (!isJsonObject(endpoint)) return []
  const names = endpointNames[side]
  const { serviceName, ipv4, ipv6, port } = endpoint
  const own = (field: string): string => `zipkin.${side}.${field}`
  const free = (name: string, field: string): string => (tags.find(name) === undefined ? name : own(field))
  const attributes: OtlpAttribute[] = []
  if (names.serviceName !== undefined && isText(serviceName)) {
    attributes.push(text(free(names.serviceName, 'serviceName'), serviceName))
  }
  if (isText(ipv4)) attributes.push(text(free(names.address, 'ipv4'), ipv4))
  if (isText(ipv6)) attributes.push(text(isText(ipv4) ? own('ipv6') : free(names.address, 'ipv6'), ipv6))
  if (typeof port === 'number' && Number.isSafeInteger(port)) attributes.push(integer(free(names.port, 'port'), port))
  return attributes
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Zipkin's tags are text; others are kept as what they are. */
function tagsOf({ tags }: JsonObject): OtlpAttribute[] {
  if (!isJsonObject(tags)) return []
  return Object.entries(tags).map(([key, value]) => ({ key, value: plainValue(value) }))
}

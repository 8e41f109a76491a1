/**
 * Spans as Jaeger's UI and API write them, by the specification's "OpenTelemetry to Jaeger Transformation": what
 * `jaeger-json.ts` reads backwards. Jaeger counts in microseconds and knows no attributes of links or scopes.
 */

import { type AttributeValue, type KeyValue, toBase64 } from '#shared/model/jsonb.ts'
import { StatusCode } from '#shared/model/span.ts'
import type { ResourceData, SpanData, SpanEventData, SpanLinkData } from '#shared/model/telemetry-data.ts'
import { jsonInteger } from './json-integer.ts'
import { textOfValue } from './plain-text.ts'

interface JaegerTag {
  readonly key: string
  readonly type: 'string' | 'bool' | 'int64' | 'float64' | 'binary'
  readonly value: unknown
}

type Json = { readonly [key: string]: unknown }

const kinds: Readonly<Record<number, string>> = {
  1: 'internal',
  2: 'server',
  3: 'client',
  4: 'producer',
  5: 'consumer',
}

/** Jaeger's own name for a resource without `service.name`. */
const noService = 'OTLPResourceNoServiceName'
const warningsName = '@jaeger@warnings'
const referenceTypeName = 'opentracing.ref_type'

export function jaegerProcess({ attributes }: ResourceData): Json {
  const name = attributes.find(({ key }) => key === 'service.name')?.value
  return {
    serviceName: typeof name === 'string' && name !== '' ? name : noService,
    tags: attributes.filter(({ key }) => key !== 'service.name').map(tagOf),
  }
}

export function jaegerSpan(span: SpanData, processId: string): Json {
  const start = span.startUnixNano / 1000n
  const end = span.endUnixNano / 1000n
  const warnings = span.attributes.find(({ key }) => key === warningsName)?.value
  return {
    traceID: span.traceId,
    spanID: span.spanId,
    flags: span.flags,
    operationName: span.name,
    references: [
      ...(span.parentSpanId === null ? [] : [reference('CHILD_OF', span.traceId, span.parentSpanId)]),
      ...span.links.map(linkReference),
    ],
    startTime: jsonInteger(start),
    duration: jsonInteger(end - start),
    tags: tagsOf(span),
    logs: span.events.map(logOf),
    processID: processId,
    warnings: Array.isArray(warnings) ? warnings.map(textOfValue) : null,
  }
}

function reference(refType: string, traceID: string, spanID: string): Json {
  return { refType, traceID, spanID }
}

function linkReference({ traceId, spanId, attributes }: SpanLinkData): Json {
  const isChild = attributes.some(({ key, value }) => key === referenceTypeName && value === 'child_of')
  return reference(isChild ? 'CHILD_OF' : 'FOLLOWS_FROM', traceId, spanId)
}

/** What the span has fields for in OTLP comes after its own attributes. */
function tagsOf(span: SpanData): JaegerTag[] {
  const kind = kinds[span.kind]
  return [
    ...span.attributes.filter(({ key }) => key !== warningsName).map(tagOf),
    ...(kind === undefined ? [] : [stringTag('span.kind', kind)]),
    ...statusTags(span),
    ...optionalTag('w3c.tracestate', span.traceState),
    ...optionalTag('otel.scope.name', span.scope.name),
    ...optionalTag('otel.scope.version', span.scope.version),
    ...countTag('otel.dropped_attributes_count', span.droppedAttributesCount),
    ...countTag('otel.dropped_events_count', span.droppedEventsCount),
    ...countTag('otel.dropped_links_count', span.droppedLinksCount),
  ]
}

/** A span that came from Jaeger keeps its own `error`, which says all there is to say. */
function statusTags({ statusCode, statusMessage, attributes }: SpanData): JaegerTag[] {
  const message = optionalTag('otel.status_description', statusMessage)
  if (statusCode === StatusCode.ok) return [stringTag('otel.status_code', 'OK'), ...message]
  if (statusCode !== StatusCode.error) return message
  const tells = attributes.some(({ key, value }) => key === 'error' && (value === true || value === 'true'))
  if (tells) return message
  return [stringTag('otel.status_code', 'ERROR'), { key: 'error', type: 'bool', value: true }, ...message]
}

function logOf({ timeUnixNano, name, attributes }: SpanEventData): Json {
  return {
    timestamp: jsonInteger(timeUnixNano / 1000n),
    fields: [...optionalTag('event', name), ...attributes.map(tagOf)],
  }
}

function stringTag(key: string, value: string): JaegerTag {
  return { key, type: 'string', value }
}

function optionalTag(key: string, value: string): JaegerTag[] {
  return value === '' ? [] : [stringTag(key, value)]
}

function countTag(key: string, value: number): JaegerTag[] {
  return value === 0 ? [] : [{ key, type: 'int64', value }]
}

function tagOf({ key, value }: KeyValue): JaegerTag {
  return { key, ...typedValue(value) }
}

function typedValue(value: AttributeValue): Pick<JaegerTag, 'type' | 'value'> {
  if (typeof value === 'boolean') return { type: 'bool', value }
  if (typeof value === 'bigint') return { type: 'int64', value: jsonInteger(value) }
  // JSON has no NaN and no infinities.
  if (typeof value === 'number') return { type: 'float64', value: Number.isFinite(value) ? value : String(value) }
  if (value instanceof Uint8Array) return { type: 'binary', value: toBase64(value) }
  return { type: 'string', value: value === null ? '' : textOfValue(value) }
}

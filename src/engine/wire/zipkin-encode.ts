/**
 * Spans as Zipkin's API takes and gives them (JSON v2), by the specification's "OpenTelemetry to Zipkin Transformation": what
 * `zipkin-json.ts` reads backwards. Zipkin counts in microseconds, its tags are text, and a resource has no place but the tags;
 * links are written as the Collector writes them.
 */

import { isIPv4, isIPv6 } from 'node:net'
import { type AttributeValue, plainAttributes } from '#shared/model/jsonb.ts'
import { StatusCode } from '#shared/model/span.ts'
import type { SpanData, SpanEventData } from '#shared/model/telemetry-data.ts'
import { jsonInteger } from './json-integer.ts'
import { textOfValue } from './plain-text.ts'

type Json = { readonly [key: string]: unknown }

const kinds: Readonly<Record<number, string>> = { 2: 'SERVER', 3: 'CLIENT', 4: 'PRODUCER', 5: 'CONSUMER' }

export function zipkinSpan(span: SpanData): Json {
  const kind = kinds[span.kind]
  const attributes = new Attributes(span)
  const local = endpoint(attributes, 'local', serviceName(span))
  const remote = endpoint(attributes, 'remote', undefined)
  const hasRemote = Object.keys(remote).length > 0
  const guessed = !hasRemote && (kind === 'CLIENT' || kind === 'PRODUCER') ? attributes.peerName : undefined
  const duration = durationMicros(span)
  const isShared = attributes.takeFlag('zipkin.shared')
  const isDebug = attributes.takeFlag('zipkin.debug')
  const isUntimed = attributes.takeFlag('otel.zipkin.absentField.startTime')
  return {
    traceId: span.traceId,
    ...(span.parentSpanId === null ? {} : { parentId: span.parentSpanId }),
    id: span.spanId,
    ...(kind === undefined ? {} : { kind }),
    name: span.name,
    ...(isUntimed ? {} : { timestamp: jsonInteger(span.startUnixNano / 1000n) }),
    ...(duration === 0n ? {} : { duration: jsonInteger(duration) }),
    ...(Object.keys(local).length === 0 ? {} : { localEndpoint: local }),
    ...(hasRemote
      ? { remoteEndpoint: remote }
      : guessed === undefined
        ? {}
        : { remoteEndpoint: { serviceName: guessed } }),
    annotations: span.events.map(annotationOf),
    tags: tagsOf(span, attributes),
    ...(isShared ? { shared: true } : {}),
    ...(isDebug ? { debug: true } : {}),
  }
}

/** A resource without a name has no service in Zipkin either. */
function serviceName({ resource }: SpanData): string | undefined {
  const name = resource.attributes.find(({ key }) => key === 'service.name')?.value
  return typeof name === 'string' && name !== '' ? name : undefined
}

/** Zipkin rounds what is shorter than a microsecond up to one, and knows no negative durations. */
function durationMicros({ startUnixNano, endUnixNano }: SpanData): bigint {
  const micros = endUnixNano / 1000n - startUnixNano / 1000n
  if (micros > 0n) return micros
  return endUnixNano > startUnixNano ? 1n : 0n
}

/** By the ranks of the specification, where the other side isn't named outright. */
const peerNames = ['service.peer.name', 'server.address', 'net.peer.name', 'db.namespace', 'db.name']

/** A span's attributes; what Zipkin has fields for is taken out of them. */
class Attributes {
  readonly rest: Map<string, AttributeValue>

  constructor({ attributes }: SpanData) {
    this.rest = new Map(attributes.map(({ key, value }) => [key, value]))
  }

  get peerName(): string | undefined {
    const name = peerNames.find((each) => typeof this.rest.get(each) === 'string')
    return name === undefined ? undefined : String(this.rest.get(name))
  }

  takeFlag(key: string): boolean {
    return this.rest.get(key) === true && this.rest.delete(key)
  }

  takeText(keys: readonly string[], suits: (text: string) => boolean = (text) => text !== ''): string | undefined {
    for (const key of keys) {
      const value = this.rest.get(key)
      if (typeof value !== 'string' || !suits(value)) continue
      this.rest.delete(key)
      return value
    }
    return undefined
  }

  takePort(keys: readonly string[]): number | undefined {
    for (const key of keys) {
      const value = this.rest.get(key)
      if (typeof value !== 'bigint' || value < 1n || value > 65_535n) continue
      this.rest.delete(key)
      return Number(value)
    }
    return undefined
  }
}

const endpointNames = {
  local: { service: [], address: ['network.local.address'], port: ['network.local.port'] },
  remote: { service: ['peer.service'], address: ['network.peer.address'], port: ['network.peer.port'] },
} as const

function endpoint(attributes: Attributes, side: 'local' | 'remote', name: string | undefined): Json {
  const names = endpointNames[side]
  const own = (field: string): string => `zipkin.${side}.${field}`
  return Object.fromEntries(
    Object.entries({
      serviceName: name ?? attributes.takeText([own('serviceName'), ...names.service]),
      ipv4: attributes.takeText([own('ipv4'), ...names.address], isIPv4),
      ipv6: attributes.takeText([own('ipv6'), ...names.address], isIPv6),
      port: attributes.takePort([own('port'), ...names.port]),
    }).filter(([, value]) => value !== undefined),
  )
}

/** An event with attributes is `"name": {…}`. */
function annotationOf({ timeUnixNano, name, attributes }: SpanEventData): Json {
  const value =
    attributes.length === 0 ? name : `${JSON.stringify(name)}: ${JSON.stringify(plainAttributes(attributes))}`
  return { timestamp: jsonInteger(timeUnixNano / 1000n), value }
}

function tagsOf(span: SpanData, attributes: Attributes): { readonly [key: string]: string } {
  const tags = new Map<string, string>()
  for (const { key, value } of span.resource.attributes) if (key !== 'service.name') tags.set(key, textOfValue(value))
  for (const [key, value] of attributes.rest) tags.set(key, textOfValue(value))
  const optional = (key: string, value: string): void => {
    if (value !== '') tags.set(key, value)
  }
  optional('otel.scope.name', span.scope.name)
  optional('otel.scope.version', span.scope.version)
  optional('w3c.tracestate', span.traceState)
  for (const [index, link] of span.links.entries()) {
    const linkAttributes = JSON.stringify(plainAttributes(link.attributes))
    const parts = [link.traceId, link.spanId, link.traceState, linkAttributes, link.droppedAttributesCount]
    tags.set(`otlp.link.${index}`, parts.join('|'))
  }
  if (span.statusCode === StatusCode.ok) tags.set('otel.status_code', 'OK')
  // Zipkin shows a span as failed by this tag, and a span that came from Zipkin has its own.
  if (span.statusCode === StatusCode.error && !tags.has('error')) {
    tags.set('otel.status_code', 'ERROR')
    tags.set('error', span.statusMessage)
  }
  return Object.fromEntries(tags)
}

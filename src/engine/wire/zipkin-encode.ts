/**
 * Spans as Zipkin's API takes and gives them (JSON v2), by the specification's "OpenTelemetry to Zipkin Transformation".
 * Zipkin counts in microseconds, its tags are text, and a resource has no place but the tags; links are written as the
 * Collector writes them.
 */

import { isIPv4, isIPv6 } from 'node:net'
import { type KeyValue, plainAttributes } from '#shared/model/jsonb.ts'
import { StatusCode } from '#shared/model/span.ts'
import type { SpanData, SpanEventData } from '#shared/model/telemetry-data.ts'
import { jsonInteger } from './json-integer.ts'
import { textOfValue } from './plain-text.ts'

type Json = { readonly [key: string]: unknown }

const kinds: Readonly<Record<number, string>> = { 2: 'SERVER', 3: 'CLIENT', 4: 'PRODUCER', 5: 'CONSUMER' }

export function zipkinSpan(span: SpanData): Json {
  const kind = kinds[span.kind]
  const remote = kind === 'CLIENT' || kind === 'PRODUCER' ? remoteEndpoint(span.attributes) : undefined
  return {
    traceId: span.traceId,
    ...(span.parentSpanId === null ? {} : { parentId: span.parentSpanId }),
    id: span.spanId,
    ...(kind === undefined ? {} : { kind }),
    name: span.name,
    timestamp: jsonInteger(span.startUnixNano / 1000n),
    duration: jsonInteger(durationMicros(span)),
    localEndpoint: { serviceName: span.resource.serviceName },
    ...(remote === undefined ? {} : { remoteEndpoint: remote }),
    annotations: span.events.map(annotationOf),
    tags: tagsOf(span),
  }
}

/** Zipkin rounds what is shorter than a microsecond up to one, and knows no negative durations. */
function durationMicros({ startUnixNano, endUnixNano }: SpanData): bigint {
  const micros = endUnixNano / 1000n - startUnixNano / 1000n
  if (micros > 0n) return micros
  return endUnixNano > startUnixNano ? 1n : 0n
}

/** By the ranks of the specification: names of services first, then of hosts. */
const remoteNames = ['peer.service', 'service.peer.name', 'server.address', 'net.peer.name', 'db.namespace', 'db.name']
const remoteAddresses = ['network.peer.address', 'net.sock.peer.addr', 'net.peer.ip', 'server.address']
const remotePorts = ['network.peer.port', 'net.sock.peer.port', 'server.port', 'net.peer.port']

function remoteEndpoint(attributes: readonly KeyValue[]): Json | undefined {
  const first = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = attributes.find(({ key }) => key === name)?.value
      if (value !== undefined && value !== null) return textOfValue(value)
    }
    return undefined
  }
  const serviceName = first(remoteNames)
  const address = first(remoteAddresses) ?? ''
  const port = Number(first(remotePorts))
  const endpoint = {
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(isIPv4(address) ? { ipv4: address } : {}),
    ...(isIPv6(address) ? { ipv6: address } : {}),
    ...(Number.isInteger(port) && port > 0 && port < 65_536 ? { port } : {}),
  }
  return Object.keys(endpoint).length === 0 ? undefined : endpoint
}

/** An event with attributes is `"name": {…}`. */
function annotationOf({ timeUnixNano, name, attributes }: SpanEventData): Json {
  const value =
    attributes.length === 0 ? name : `${JSON.stringify(name)}: ${JSON.stringify(plainAttributes(attributes))}`
  return { timestamp: jsonInteger(timeUnixNano / 1000n), value }
}

function tagsOf(span: SpanData): { readonly [key: string]: string } {
  const tags = new Map<string, string>()
  for (const { key, value } of span.resource.attributes) if (key !== 'service.name') tags.set(key, textOfValue(value))
  for (const { key, value } of span.attributes) tags.set(key, textOfValue(value))
  const optional = (key: string, value: string): void => {
    if (value !== '') tags.set(key, value)
  }
  optional('otel.scope.name', span.scope.name)
  optional('otel.scope.version', span.scope.version)
  optional('w3c.tracestate', span.traceState)
  for (const [index, link] of span.links.entries()) {
    const attributes = JSON.stringify(plainAttributes(link.attributes))
    const parts = [link.traceId, link.spanId, link.traceState, attributes, link.droppedAttributesCount]
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

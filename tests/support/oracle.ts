/** The independent oracle: the official JS exporter's protobufjs-generated codec. */

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

interface OracleType {
  encode(message: unknown): { finish(): Uint8Array }
  decode(bytes: Uint8Array): unknown
  fromObject(object: unknown): unknown
  toObject(message: unknown, options: object): Record<string, unknown>
}

/** A message class: its prototype holds a default for every field of the message. */
type MessageClass = { readonly prototype: Readonly<Record<string, unknown>> }

const require = createRequire(import.meta.url)
const packageFolder = dirname(require.resolve('otlp-oracle/package.json'))
const root = require(join(packageFolder, 'build/src/generated/root.js')) as {
  opentelemetry: { proto: { collector: Record<'trace' | 'logs' | 'metrics', { v1: Record<string, OracleType> }> } }
}

function typeNamed(signal: 'trace' | 'logs' | 'metrics', name: string): OracleType {
  const type = root.opentelemetry.proto.collector[signal].v1[name]
  if (!type) throw new Error(`the oracle has no ${name}`)
  return type
}

export const TraceRequest = typeNamed('trace', 'ExportTraceServiceRequest')
export const LogsRequest = typeNamed('logs', 'ExportLogsServiceRequest')
export const MetricsRequest = typeNamed('metrics', 'ExportMetricsServiceRequest')
export const TraceResponse = typeNamed('trace', 'ExportTraceServiceResponse')
export const LogsResponse = typeNamed('logs', 'ExportLogsServiceResponse')

/** Protobuf of a request given in OTLP's JSON mapping, whose ids are hex where protobuf's own mapping has base64. */
export function encodeRequest(type: OracleType, request: unknown): Buffer {
  const message = type.fromObject(withBinaryIds(request))
  return Buffer.from(type.encode(message).finish())
}

/** A request's protobuf in OTLP's JSON mapping, defaults filled in. */
export function decodeRequest(type: OracleType, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const options = { longs: String, bytes: String, json: true, defaults: true }
  return withHexIds(type.toObject(type.decode(bytes), options)) as Readonly<Record<string, unknown>>
}

/** How many bytes a request has when it is written again: fewer than before when there are fields unknown here. */
export function knownBytes(type: OracleType, bytes: Uint8Array): number {
  return type.encode(type.decode(bytes)).finish().length
}

const doubles = new Set([
  'doubleValue',
  'asDouble',
  'sum',
  'min',
  'max',
  'explicitBounds',
  'zeroThreshold',
  'quantile',
  'value',
])

/** The JSON mapping spells NaN and infinities as text. `sum` is also the name of a message. */
function toDoubles(field: unknown): unknown {
  if (Array.isArray(field)) return field.map(toDoubles)
  return typeof field === 'object' ? withBinaryIds(field) : Number(field)
}

const ids = new Set(['traceId', 'spanId', 'parentSpanId'])

function withHexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHexIds)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const isId = ids.has(key) && typeof field === 'string'
      return [key, isId ? Buffer.from(field, 'base64').toString('hex') : withHexIds(field)]
    }),
  )
}

function withBinaryIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withBinaryIds)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      if (ids.has(key) && typeof field === 'string') return [key, Buffer.from(field, 'hex')]
      if (doubles.has(key) && field !== undefined) return [key, toDoubles(field)]
      if (key === 'bytesValue' && typeof field === 'string') return [key, Buffer.from(field, 'base64')]
      return [key, withBinaryIds(field)]
    }),
  )
}

/** The fields of a message as the protocol defines them, by the path of its class below `opentelemetry.proto`. */
export function fieldsOfMessage(path: string): string[] {
  let node: unknown = root.opentelemetry.proto
  for (const name of path.split('.')) node = (node as Readonly<Record<string, unknown>>)[name]
  const { prototype } = node as MessageClass
  return Object.keys(prototype).filter((field) => typeof prototype[field] !== 'function')
}

/** Every message class in a package, nested ones included, as paths for `fieldsOfMessage`. */
export function messagesOf(path: string): string[] {
  let node: unknown = root.opentelemetry.proto
  for (const name of path.split('.')) node = (node as Readonly<Record<string, unknown>>)[name]
  return Object.entries(node as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === 'function' && 'encode' in value ? [`${path}.${name}`, ...messagesOf(`${path}.${name}`)] : [],
  )
}

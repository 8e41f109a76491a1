/** The golden requests: what official SDKs sent, found by the names of their files, and what the oracle reads in them. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { decodeRequest, encodeRequest, LogsRequest, MetricsRequest, TraceRequest } from './oracle.ts'

export type Json = Readonly<Record<string, unknown>>

export const signals = ['traces', 'logs', 'metrics'] as const
export type Signal = (typeof signals)[number]

export interface Golden {
  readonly file: string
  readonly bytes: Buffer
  readonly language: string
  readonly signal: Signal
  readonly transport: 'http' | 'grpc'
  readonly format: 'pb' | 'json'
  readonly gzip: boolean
}

const folder = join(import.meta.dirname, '../fixtures/golden')

function goldenNamed(file: string): Golden {
  const [, language, signal, transport, format, gzip] =
    /^([a-z]+)-(traces|logs|metrics)-(http|grpc)\.(pb|json)(\.gz)?$/.exec(file) ?? []
  if (!language) throw new Error(`${file} is not named <language>-<signal>-<transport>.{pb,json}[.gz]`)
  return {
    file,
    bytes: readFileSync(join(folder, file)),
    language,
    signal: signal as Signal,
    transport: transport as Golden['transport'],
    format: format as Golden['format'],
    gzip: gzip !== undefined,
  }
}

export const goldenRequests = readdirSync(folder)
  .filter((file) => file !== 'README.md')
  .map(goldenNamed)

export const requestTypes = { traces: TraceRequest, logs: LogsRequest, metrics: MetricsRequest } as const

export const plainBytes = ({ bytes, gzip }: Golden): Buffer => (gzip ? gunzipSync(bytes) : bytes)

export interface PlacedRecord {
  readonly resource: unknown
  readonly scope: unknown
  readonly record: Json
}

export const list = (value: unknown): readonly Json[] => (value ?? []) as readonly Json[]

const nesting = {
  traces: { resources: 'resourceSpans', scopes: 'scopeSpans', records: 'spans' },
  logs: { resources: 'resourceLogs', scopes: 'scopeLogs', records: 'logRecords' },
  metrics: { resources: 'resourceMetrics', scopes: 'scopeMetrics', records: 'metrics' },
} as const

/** A document's records, each with the resource and scope it stands in. */
export function recordsOf(signal: Signal, document: Json): PlacedRecord[] {
  const { resources, scopes, records } = nesting[signal]
  return list(document[resources]).flatMap(({ [scopes]: inner, ...resource }) =>
    list(inner).flatMap(({ [records]: items, ...scope }) => list(items).map((record) => ({ resource, scope, record }))),
  )
}

/** The digits as they were sent: JSON's own numbers round what is beyond 2^53. */
function exactInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  const rounded = Number.isInteger(value) && !Number.isSafeInteger(value)
  return rounded ? context?.source : value
}

/** What the oracle reads in the bytes. */
export function sentRecords(golden: Golden): PlacedRecord[] {
  const type = requestTypes[golden.signal]
  const plain = plainBytes(golden)
  const bytes = golden.format === 'pb' ? plain : encodeRequest(type, JSON.parse(plain.toString(), exactInteger))
  return recordsOf(golden.signal, decodeRequest(type, bytes))
}

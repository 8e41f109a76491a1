/** Requests as official SDKs of several languages sent them, byte for byte, through the real receiver. */

import { Client, credentials } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { canonicalOtlp } from '../support/canonical-otlp.ts'
import {
  type Golden,
  goldenRequests,
  type Json,
  list,
  type PlacedRecord,
  plainBytes,
  recordsOf,
  requestTypes,
  type Signal,
  sentRecords,
  signals,
} from '../support/golden-requests.ts'
import { call } from '../support/http-client.ts'
import { knownBytes } from '../support/oracle.ts'
import { runningEngine } from '../support/running-engine.ts'

const fewestFiles = 27
/** Every language's program makes these, and some SDKs add metrics of their own. */
const fewestRecords: Readonly<Record<Signal, number>> = { traces: 2, logs: 2, metrics: 6 }

const distinct = (names: readonly unknown[]): string[] => [...new Set(names.map(String))]

describe('the golden requests', () => {
  it('are all there: every signal of every language, in every encoding', () => {
    expect(goldenRequests.length).toBeGreaterThanOrEqual(fewestFiles)
    const languages = distinct(goldenRequests.map(({ language }) => language))
    expect(languages).toEqual(expect.arrayContaining(['go', 'java', 'javascript', 'python']))
    const names = goldenRequests.map(({ language, signal, transport }) => `${language}-${signal}-${transport}`)
    const wanted = languages.flatMap((language) =>
      signals.flatMap((signal) => [`${language}-${signal}-http`, `${language}-${signal}-grpc`]),
    )
    expect(names).toEqual(expect.arrayContaining(wanted))
    for (const signal of signals) {
      const ofSignal = goldenRequests.filter((golden) => golden.signal === signal)
      expect(ofSignal.some(({ format }) => format === 'json')).toBe(true)
      expect(ofSignal.some(({ gzip }) => gzip)).toBe(true)
    }
  })

  it.each(goldenRequests.filter(({ format }) => format === 'pb'))(
    '$file holds nothing that the oracle passes over',
    (golden) => {
      const plain = plainBytes(golden)
      expect(knownBytes(requestTypes[golden.signal], plain)).toBe(plain.length)
    },
  )
})

const clientOf = ({ language, transport, format }: Golden): string => `${language}, ${transport} ${format}`
const clients = distinct(goldenRequests.map(clientOf))

describe.each(clients)('what the SDK sends (%s)', (client) => {
  let engine: Engine & AsyncDisposable
  beforeAll(async () => {
    engine = await runningEngine()
  })
  afterAll(() => engine[Symbol.asyncDispose]())

  it.each(goldenRequests.filter((golden) => clientOf(golden) === client))(
    '$file is taken whole and given back field for field',
    async (golden) => {
      const { signal, transport } = golden
      const sent = sentRecords(golden)
      expect(sent.length).toBeGreaterThanOrEqual(fewestRecords[signal])
      await (transport === 'grpc' ? sendGrpc : sendHttp)(engine, golden)
      const exportable = sent.filter((record) => !isLogOutsideTraces(signal, record))
      expect(comparable(await exported(engine, signal, exportable))).toEqual(comparable(exportable))
      if (signal === 'logs') await expectLogsOutsideTraces(engine, sent)
    },
  )
})

async function sendHttp({ endpoints }: Engine, { bytes, signal, format, gzip }: Golden): Promise<void> {
  const answer = await call(endpoints.http, {
    method: 'POST',
    path: `/v1/${signal}`,
    headers: {
      'content-type': format === 'json' ? 'application/json' : 'application/x-protobuf',
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    },
    body: bytes,
  })
  // A partial success would stand in the body.
  expect([answer.status, answer.body.toString()]).toEqual([200, format === 'json' ? '{}' : ''])
}

const grpcServices: Readonly<Record<Signal, string>> = {
  traces: 'trace.v1.TraceService',
  logs: 'logs.v1.LogsService',
  metrics: 'metrics.v1.MetricsService',
}

async function sendGrpc({ endpoints }: Engine, { bytes, signal }: Golden): Promise<void> {
  const client = new Client(new URL(endpoints.grpc).host, credentials.createInsecure())
  const same = (message: Buffer): Buffer => message
  const path = `/opentelemetry.proto.collector.${grpcServices[signal]}/Export`
  const answer = await new Promise<Buffer | undefined>((resolve, reject) => {
    client.makeUnaryRequest(path, same, same, bytes, (error, message?: Buffer) =>
      error ? reject(error) : resolve(message),
    )
  }).finally(() => client.close())
  expect(answer).toHaveLength(0)
}

/** In a form that compares field for field, whatever their order and nesting was. */
function comparable(records: readonly PlacedRecord[]): unknown[] {
  return records
    .map((record) => canonicalOtlp(record))
    .map((value) => ({ value, text: JSON.stringify(value) }))
    .sort((left, right) => (left.text < right.text ? -1 : 1))
    .map(({ value }) => value)
}

/** Everything stored under the trace ids or metric names of these records, as OTLP again. */
async function exported({ context }: Engine, signal: Signal, sent: readonly PlacedRecord[]): Promise<PlacedRecord[]> {
  const { readers } = context
  const queries: Readonly<Record<Signal, (key: string) => Promise<Uint8Array>>> = {
    traces: (traceId) => readers.query('traceAsOtlp', { traceId }),
    logs: (traceId) => readers.query('logsAsOtlp', { traceId }),
    metrics: (name) => readers.query('metricAsOtlp', { name }),
  }
  const keys = distinct(sent.map(({ record }) => (signal === 'metrics' ? record.name : record.traceId)))
  const documents = await Promise.all(keys.map(queries[signal]))
  return documents.flatMap((bytes) => recordsOf(signal, JSON.parse(Buffer.from(bytes).toString()) as Json))
}

const isLogOutsideTraces = (signal: Signal, { record }: PlacedRecord): boolean =>
  signal === 'logs' && record.traceId === ''

/** A record outside any trace is in no OTLP export; its details have every field. */
async function expectLogsOutsideTraces({ context }: Engine, sent: readonly PlacedRecord[]): Promise<void> {
  const { readers } = context
  const { logs } = await readers.query('listLogs', { order: 'oldest', limit: 100 })
  expect(logs).toHaveLength(sent.length)
  const outside = logs.filter(({ traceId }) => traceId === null)
  expect(outside).not.toEqual([])
  const details = await Promise.all(outside.map(({ id }) => readers.query('logDetails', { id })))
  const expected = sent.filter((record) => isLogOutsideTraces('logs', record)).map(logDetailsOf)
  expect(details.map(({ id: _id, serviceName: _name, ...fields }) => fields)).toEqual(expected)
}

function logDetailsOf({ resource, scope, record }: PlacedRecord): Json {
  const { resource: sender } = resource as { resource: Json }
  const { scope: origin } = scope as { scope: Json }
  return {
    timeUnixNano: record.timeUnixNano,
    observedTimeUnixNano: record.observedTimeUnixNano,
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    body: plainValue(record.body),
    traceId: null,
    spanId: null,
    eventName: record.eventName,
    attributes: plainObject(record.attributes),
    flags: record.flags,
    droppedAttributesCount: record.droppedAttributesCount,
    resource: plainObject(sender.attributes),
    scope: { name: origin.name, version: origin.version, attributes: plainObject(origin.attributes) },
  }
}

function plainObject(pairs: unknown): Json {
  return Object.fromEntries(list(pairs).map(({ key, value }) => [key, plainValue(value)]))
}

/** An OTLP value as plain JSON, as far as the golden files need it. */
function plainValue(value: unknown): unknown {
  const [type, field] = Object.entries(value ?? {})[0] ?? []
  if (type === undefined) return null
  if (type === 'intValue') return Number(field)
  if (type === 'arrayValue') return list((field as Json).values).map(plainValue)
  return type === 'kvlistValue' ? plainObject((field as Json).values) : field
}

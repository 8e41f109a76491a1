/** Every format comes in however it is packed, encoded and spaced, and is known by its content alone. */

import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { importBytes } from '../support/importing.ts'
import { encodeRequest, LogsRequest, MetricsRequest, TraceRequest } from '../support/oracle.ts'
import { epoch, keyValues, logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'
import { zipOf } from '../support/zip.ts'

let engine: Engine & AsyncDisposable
beforeAll(async () => {
  engine = await runningEngine()
})
afterAll(() => engine[Symbol.asyncDispose]())

let traces = 0
/** Every file has a trace of its own, so that each import stores. */
const nextTrace = (): number => ++traces

const micros = Number(epoch / 1000n)

const otlp = (): unknown => {
  const trace = nextTrace()
  return tracesOf('cart', [
    { trace, id: 1, name: 'a' },
    { trace, id: 2, parent: 1, name: 'b' },
  ])
}

const jaeger = (): unknown => {
  const traceID = traceIdOf(nextTrace())
  const span = (id: number, parent?: number): unknown => ({
    traceID,
    spanID: spanIdOf(id),
    operationName: 'a',
    startTime: micros,
    duration: 5,
    processID: 'p1',
    references: parent ? [{ refType: 'CHILD_OF', traceID, spanID: spanIdOf(parent) }] : [],
  })
  return { data: [{ traceID, spans: [span(1), span(2, 1)], processes: { p1: { serviceName: 'cart' } } }], total: 0 }
}

const zipkin = (): unknown => {
  const traceId = traceIdOf(nextTrace())
  const span = { traceId, name: 'a', timestamp: micros, duration: 5, localEndpoint: { serviceName: 'cart' } }
  return [
    { ...span, id: spanIdOf(1) },
    { ...span, id: spanIdOf(2), parentId: spanIdOf(1) },
  ]
}

const tempo = (): unknown => ({ batches: (otlp() as { resourceSpans: unknown[] }).resourceSpans })

const goStdout = (): string => {
  const TraceID = traceIdOf(nextTrace())
  const span = (id: number): string =>
    JSON.stringify(
      {
        Name: 'a',
        SpanContext: { TraceID, SpanID: spanIdOf(id), TraceFlags: '01' },
        Parent: { TraceID, SpanID: spanIdOf(id - 1) },
        SpanKind: 1,
        StartTime: '2023-11-14T22:13:20Z',
        EndTime: '2023-11-14T22:13:21Z',
        Attributes: null,
        Status: { Code: 'Unset', Description: '' },
        Resource: [{ Key: 'service.name', Value: { Type: 'STRING', Value: 'cart' } }],
      },
      null,
      '\t',
    )
  return `${span(1)}\n${span(2)}\n`
}

const delimited = (...messages: Buffer[]): Buffer =>
  Buffer.concat(messages.flatMap((message) => [Buffer.from(varint(message.length)), message]))

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]
}

const files: Readonly<Record<string, { readonly format: string; make(): string | Buffer }>> = {
  'OTLP JSON Lines': { format: 'OTLP JSON', make: () => `${JSON.stringify(otlp())}\n` },
  'one OTLP document, indented': { format: 'OTLP JSON', make: () => JSON.stringify(otlp(), null, 2) },
  'an array of OTLP documents': { format: 'OTLP JSON', make: () => JSON.stringify([otlp()]) },
  'OTLP protobuf': { format: 'OTLP protobuf', make: () => encodeRequest(TraceRequest, otlp()) },
  'OTLP protobuf with lengths': { format: 'OTLP protobuf', make: () => delimited(encodeRequest(TraceRequest, otlp())) },
  'Jaeger in one line': { format: 'Jaeger JSON', make: () => JSON.stringify(jaeger()) },
  'Jaeger, indented': { format: 'Jaeger JSON', make: () => JSON.stringify(jaeger(), null, 4) },
  'one bare trace of Jaeger': {
    format: 'Jaeger JSON',
    make: () => JSON.stringify((jaeger() as { data: unknown[] }).data[0], null, 1),
  },
  Zipkin: { format: 'Zipkin JSON', make: () => JSON.stringify(zipkin()) },
  'traces of Zipkin': { format: 'Zipkin JSON', make: () => JSON.stringify([zipkin()], null, 2) },
  Tempo: { format: 'Tempo JSON', make: () => JSON.stringify(tempo()) },
  'Go stdouttrace': { format: 'Go stdouttrace', make: goStdout },
}

describe.each(Object.entries(files))('%s', (_name, { format, make }) => {
  it.each([
    ['plain', (bytes: Buffer) => bytes, ''],
    ['gzip', (bytes: Buffer) => gzipSync(bytes), ' (gzip)'],
    ['zstd', (bytes: Buffer) => zstdCompressSync(bytes), ' (zstd)'],
  ])('%s', async (_packing, pack, suffix) => {
    const report = await importBytes(engine, pack(Buffer.from(make())), { chunkBytes: 200 })
    expect(report).toMatchObject({
      state: 'finished',
      format: `${format}${suffix}`,
      stored: { spans: 2, logs: 0, points: 0 },
      refused: 0,
    })
  })
})

describe('odd text', () => {
  it.each([
    ['a byte-order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['Windows line ends', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['big-endian UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['comments before it', (text: string) => Buffer.from(`// of {today}\n/* a [b] */\n# c\n\n${text}`)],
    ['blank lines', (text: string) => Buffer.from(`\n\n  \n${text}\n\n`)],
  ])('%s', async (_name, encode) => {
    for (const text of [JSON.stringify(jaeger(), null, 2), `${JSON.stringify(otlp())}\n`]) {
      const report = await importBytes(engine, encode(text), { chunkBytes: 33 })
      expect(report).toMatchObject({ stored: { spans: 2 }, refused: 0 })
    }
  })
})

it('tells the signals of protobuf apart, and mixes them in one file', async () => {
  const trace = nextTrace()
  const logs = logsOf('cart', [
    { body: 'one', at: 1n, trace, span: 1 },
    { body: 'two', at: 2n },
  ])
  const metrics = {
    resourceMetrics: [
      {
        resource: { attributes: keyValues({ 'service.name': 'cart' }) },
        scopeMetrics: [
          { metrics: [{ name: 'load', gauge: { dataPoints: [{ timeUnixNano: epoch.toString(), asDouble: 0.5 }] } }] },
        ],
      },
    ],
  }
  const file = delimited(
    encodeRequest(MetricsRequest, metrics),
    encodeRequest(LogsRequest, logs),
    encodeRequest(TraceRequest, otlp()),
  )
  expect(await importBytes(engine, file)).toMatchObject({ stored: { spans: 2, logs: 2, points: 1 }, refused: 0 })
  const again = [metrics, logs].map((document) => JSON.stringify(document)).join('\n')
  expect(await importBytes(engine, again)).toMatchObject({
    stored: { spans: 0, logs: 0, points: 0 },
    repeated: { spans: 0, logs: 2, points: 1 },
  })
})

it('reads every file of a zip, also of a zip in it, and names the part that is refused', async () => {
  const inner = zipOf({ 'deep.json': JSON.stringify(zipkin()) })
  const file = zipOf({
    'a/traces.jsonl': JSON.stringify(otlp()),
    'b.json.gz': gzipSync(JSON.stringify(jaeger())),
    'c.zip': inner,
    'notes.txt': 'nothing\nto see',
    '../../etc/passwd': JSON.stringify(otlp()),
    '/root/x': JSON.stringify(otlp()),
  })
  for (const chunkBytes of [11, 100_000]) {
    const report = await importBytes(engine, file, { chunkBytes })
    expect(report.read).toEqual({ spans: 6, logs: 0, points: 0 })
    expect(report.refusals.map(({ file: part, reason }) => [part, reason.split(/[:;]/)[0]])).toEqual([
      ['notes.txt', 'its format is not recognised, but it is text'],
      ['../../etc/passwd', 'its path leads out of the zip'],
      ['/root/x', 'its path leads out of the zip'],
    ])
  }
})

/** What came from Jaeger or Zipkin goes back to them with ids, names, times, parents, links, tags, logs and errors. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jaegerFormat } from '../../src/engine/wire/jaeger-json.ts'
import { zipkinFormat } from '../../src/engine/wire/zipkin-json.ts'
import { jsonBytes } from '../support/arbitrary-otlp.ts'
import { exportedText } from '../support/exported.ts'
import { scratchStore } from '../support/scratch-store.ts'

const context = { service: undefined, fallbackUnixNano: 0n }
const hex = (digits: number) =>
  fc.bigInt({ min: 1n, max: 16n ** BigInt(digits) - 1n }).map((id) => id.toString(16).padStart(digits, '0'))
const micros = fc.integer({ min: 1_600_000_000_000_000, max: 1_800_000_000_000_000 })
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
/** No name that OTLP has a field for. */
const key = fc.string({ unit: fc.constantFrom(...'abcxyz'), minLength: 1, maxLength: 6 }).map((name) => `t.${name}`)

const value = fc.oneof(
  text.map((each) => ({ type: 'string', value: each })),
  fc.boolean().map((each) => ({ type: 'bool', value: each })),
  fc.integer().map((each) => ({ type: 'int64', value: each })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => ({ type: 'float64', value: each || 0.5 })),
  fc
    .uint8Array({ minLength: 1, maxLength: 9 })
    .map((each) => ({ type: 'binary', value: Buffer.from(each).toString('base64') })),
)
const tags = fc.uniqueArray(
  fc.tuple(key, value).map(([name, rest]) => ({ key: name, ...rest })),
  { selector: (tag) => tag.key, maxLength: 4 },
)

const jaegerSpan = fc
  .record({
    spanID: hex(16),
    parent: fc.option(hex(16), { nil: undefined }),
    links: fc.array(
      fc.record({ refType: fc.constantFrom('CHILD_OF', 'FOLLOWS_FROM'), traceID: hex(32), spanID: hex(16) }),
      { maxLength: 2 },
    ),
    operationName: text,
    startTime: micros,
    duration: fc.nat({ max: 10 ** 9 }),
    tags,
    logs: fc.array(fc.record({ timestamp: micros, fields: tags }), { maxLength: 2 }),
    error: fc.boolean(),
    kind: fc.option(fc.constantFrom('client', 'server', 'producer', 'consumer', 'internal'), { nil: undefined }),
    warnings: fc.array(text, { maxLength: 2 }),
    flags: fc.constantFrom(0, 1),
    processID: fc.constantFrom('p1', 'p2'),
  })
  .map(({ error, kind, ...span }) => ({
    ...span,
    tags: [
      ...span.tags,
      ...(error ? [{ key: 'error', type: 'bool', value: true }] : []),
      ...(kind === undefined ? [] : [{ key: 'span.kind', type: 'string', value: kind }]),
    ],
  }))

const jaegerTrace = fc
  .record({
    traceID: hex(32),
    spans: fc.uniqueArray(jaegerSpan, { selector: (span) => span.spanID, minLength: 1, maxLength: 5 }),
    tags,
  })
  .map(({ traceID, spans, tags: processTags }) => ({
    traceID,
    spans: spans.map(({ parent, links, ...span }) => ({
      traceID,
      ...span,
      references: [
        ...(parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: parent }]),
        ...links.filter((link) => link.traceID !== traceID),
      ],
    })),
    processes: { p1: { serviceName: 'shop', tags: processTags }, p2: { serviceName: 'bank', tags: [] } },
  }))

type Json = Readonly<Record<string, unknown>>
const sorted = (list: unknown): string[] => (list as unknown[]).map((each) => JSON.stringify(each)).sort()

/** Order of spans, tags and processes says nothing; the process of a span is written into it. */
function canonicalJaeger({
  spans,
  processes,
}: {
  readonly spans: readonly Json[]
  readonly processes: Json
}): string[] {
  return spans
    .map((span) => {
      const process = processes[String(span.processID)] as Json
      const own = (tag: unknown): string => JSON.stringify(Object.entries(tag as Json).sort())
      return JSON.stringify(
        Object.entries({
          ...span,
          processID: undefined,
          warnings: span.warnings ?? [],
          tags: (span.tags as unknown[]).map(own).sort(),
          logs: (span.logs as Json[]).map(({ timestamp, fields }) => [
            timestamp,
            (fields as unknown[]).map(own).sort(),
          ]),
          references: (span.references as unknown[]).map(own),
          process: [process.serviceName, (process.tags as unknown[]).map(own).sort()],
        }).sort(([left], [right]) => (left < right ? -1 : 1)),
      )
    })
    .sort()
}

it('Jaeger → OTLP → Jaeger keeps everything', async () => {
  await fc.assert(
    fc.asyncProperty(jaegerTrace, async (trace) => {
      using store = scratchStore()
      const bytes = jsonBytes(bigintsAsText(jaegerFormat.toOtlp([{ data: [trace] }], context)))
      store.ingest({ signal: 'traces', encoding: 'json', bytes })
      const back = JSON.parse(await exportedText(store.context, 'jaeger')) as { data: [typeof trace] }
      expect(back.data).toHaveLength(1)
      expect(canonicalJaeger(back.data[0])).toEqual(canonicalJaeger(trace))
    }),
    { numRuns: 10, endOnFailure: true },
  )
})

const endpoint = fc.record(
  {
    serviceName: text,
    ipv4: fc.ipV4(),
    ipv6: fc.ipV6().filter((ip) => !ip.includes('.')),
    port: fc.integer({ min: 1, max: 65_535 }),
  },
  { requiredKeys: [] },
)
const textTags = fc.dictionary(key, text, { maxKeys: 4, noNullPrototype: true })

const zipkinSpan = fc
  .record(
    {
      traceId: hex(32),
      id: hex(16),
      parentId: hex(16),
      kind: fc.constantFrom('CLIENT', 'SERVER', 'PRODUCER', 'CONSUMER'),
      name: text,
      timestamp: micros,
      duration: fc.integer({ min: 1, max: 10 ** 9 }),
      localEndpoint: fc.tuple(endpoint, text).map(([rest, serviceName]) => ({ ...rest, serviceName })),
      remoteEndpoint: endpoint.filter((each) => Object.keys(each).length > 0),
      annotations: fc.array(fc.record({ timestamp: micros, value: text }), { maxLength: 2 }),
      tags: fc.tuple(textTags, fc.option(text)).map(([own, error]) => (error === null ? own : { ...own, error })),
      shared: fc.constant(true),
      debug: fc.constant(true),
    },
    { requiredKeys: ['traceId', 'id', 'name', 'timestamp', 'localEndpoint'] },
  )
  .map((span) => ({ annotations: [], tags: {}, ...span }))

it('Zipkin → OTLP → Zipkin keeps everything', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(zipkinSpan, { minLength: 1, maxLength: 6 }), async (spans) => {
      using store = scratchStore()
      const bytes = jsonBytes(bigintsAsText(zipkinFormat.toOtlp([spans], context)))
      store.ingest({ signal: 'traces', encoding: 'json', bytes })
      const back = JSON.parse(await exportedText(store.context, 'zipkin')) as unknown[]
      const canonical = (list: readonly unknown[]) => sorted(list.map((span) => sortedFields(span)))
      expect(canonical(back)).toEqual(canonical(spans))
    }),
    { numRuns: 10, endOnFailure: true },
  )
})

function sortedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedFields)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => [name, sortedFields(field)])
}

/** What the import hands on has integers as such; OTLP/JSON spells 64 bits as text. */
function bigintsAsText(document: unknown): unknown {
  return JSON.parse(
    JSON.stringify(document, (_name, field: unknown) => (typeof field === 'bigint' ? field.toString() : field)),
  )
}

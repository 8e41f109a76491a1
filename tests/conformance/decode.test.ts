/** Decoders on what nobody meant to send, on what is partly bad, and on the same request in both encodings. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedPayload } from '../../src/engine/wire/decode-error.ts'
import { decodeLogsJson } from '../../src/engine/wire/otlp-logs-json.ts'
import { decodeLogsProtobuf } from '../../src/engine/wire/otlp-logs-protobuf.ts'
import { decodeTracesJson } from '../../src/engine/wire/otlp-traces-json.ts'
import { decodeTracesProtobuf } from '../../src/engine/wire/otlp-traces-protobuf.ts'
import type { Batch } from '../../src/shared/model/batch.ts'
import { jsonBytes, logsRequest, traceRequest } from '../support/arbitrary-otlp.ts'
import { encodeRequest, LogsRequest, TraceRequest } from '../support/oracle.ts'
import { logsOf, type SpanSketch, tracesOf } from '../support/otlp.ts'

type Decode = (bytes: Buffer) => Batch<unknown>

/** The batch, or undefined when the payload was refused as a whole; any other error fails the test. */
function attempt(decode: Decode, bytes: Buffer): Batch<unknown> | undefined {
  try {
    return decode(bytes)
  } catch (error) {
    if (error instanceof MalformedPayload) return undefined
    throw error
  }
}

const rejectedOf = (batch: Batch<unknown>): number => [...batch.rejected.values()].reduce((sum, each) => sum + each, 0)

const decoders: [string, Decode, fc.Arbitrary<Buffer>][] = [
  ['traces in protobuf', decodeTracesProtobuf, traceRequest.map((each) => encodeRequest(TraceRequest, each))],
  ['traces in JSON', decodeTracesJson, traceRequest.map(jsonBytes)],
  ['logs in protobuf', decodeLogsProtobuf, logsRequest.map((each) => encodeRequest(LogsRequest, each))],
  ['logs in JSON', decodeLogsJson, logsRequest.map(jsonBytes)],
]

const edit = fc.record({
  at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  remove: fc.nat(3),
  insert: fc.uint8Array({ maxLength: 3 }),
})

function edited(bytes: Buffer, edits: readonly { at: number; remove: number; insert: Uint8Array }[]): Buffer {
  return edits.reduce((result, { at, remove, insert }) => {
    const position = Math.floor(at * result.length)
    return Buffer.concat([result.subarray(0, position), insert, result.subarray(position + remove)])
  }, bytes)
}

describe.each(decoders)('%s', (_name, decode, valid) => {
  it('takes any bytes, or refuses them with a reason', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        attempt(decode, Buffer.from(bytes))
      }),
      { numRuns: 3000 },
    )
  })

  it('takes a damaged request, or refuses it with a reason', () => {
    fc.assert(
      fc.property(valid, fc.array(edit, { minLength: 1, maxLength: 4 }), (bytes, edits) => {
        attempt(decode, edited(bytes, edits))
      }),
      { numRuns: 800 },
    )
  })

  it('takes a request cut off anywhere, or refuses it', () => {
    fc.assert(
      fc.property(valid, (bytes) => {
        const step = Math.max(1, Math.floor(bytes.length / 40))
        for (let length = 0; length < bytes.length; length += step) attempt(decode, bytes.subarray(0, length))
      }),
      { numRuns: 40 },
    )
  })

  it('keeps every record of a good request', () => {
    fc.assert(
      fc.property(valid, (bytes) => {
        expect(rejectedOf(decode(bytes))).toBe(0)
      }),
      { numRuns: 100 },
    )
  })
})

describe('JSON of any shape', () => {
  const keys = ['resource', 'scope', 'attributes', 'key', 'value', 'spans', 'events', 'links', 'status', 'body']
  const ids = ['traceId', 'spanId', 'parentSpanId', 'kind', 'startTimeUnixNano', 'name', 'severityNumber']
  const values = ['stringValue', 'intValue', 'doubleValue', 'bytesValue', 'arrayValue', 'kvlistValue', 'values']
  const frames = ['resourceSpans', 'scopeSpans', 'resourceLogs', 'scopeLogs', 'logRecords']
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 8 },
      fc.constantFrom(null, true, '', 'x', '00', 0, -1, 1.5, 1e300, '18446744073709551616', 'NaN', 'SPAN_KIND_SERVER'),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...frames, ...keys, ...ids, ...values), tie('json'), { maxKeys: 4 }),
    ),
  }))

  it.each<[string, Decode]>([
    ['traces', decodeTracesJson],
    ['logs', decodeLogsJson],
  ])('is taken or refused as %s', (signal, decode) => {
    const [outer, middle, inner] =
      signal === 'traces' ? ['resourceSpans', 'scopeSpans', 'spans'] : ['resourceLogs', 'scopeLogs', 'logRecords']
    const framed = fc
      .array(json, { maxLength: 3 })
      .map((records) => ({ [outer]: [{ [middle]: [{ [inner]: records }] }] }))
    fc.assert(
      fc.property(json, (each) => {
        attempt(decode, jsonBytes(each))
      }),
      { numRuns: 1500 },
    )
    fc.assert(
      fc.property(framed, (request) => {
        const sent = (request[outer as string] as { [key: string]: { [key: string]: unknown[] }[] }[])[0]?.[
          middle as string
        ]?.[0]?.[inner as string]?.length
        const batch = decode(jsonBytes(request))
        expect(batch.records.length + rejectedOf(batch)).toBe(sent)
      }),
      { numRuns: 1500 },
    )
  })

  it('nested beyond any stack is refused, not a crash', () => {
    const deep = `{"resourceSpans":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect(() => decodeTracesJson(Buffer.from(deep))).toThrow(MalformedPayload)
    expect(() => decodeTracesJson(Buffer.from(`${deep.slice(0, -1)},"n":12345678901234567890}`))).toThrow(
      MalformedPayload,
    )
  })
})

describe('bad records among good ones', () => {
  const good: SpanSketch = { id: 1 }
  const deepValue = (levels: number): Record<string, unknown> => {
    let value: Record<string, unknown> = { stringValue: 'deep' }
    for (let level = 0; level < levels; level++) value = { arrayValue: { values: [value] } }
    return value
  }
  const attribute = (value: unknown): Record<string, unknown> => ({ attributes: [{ key: 'k', value }] })
  const bad: [string, SpanSketch][] = [
    ['invalid trace id', { id: 2, more: { traceId: '0'.repeat(32) } }],
    ['invalid trace id', { id: 2, more: { traceId: 'ab' } }],
    ['invalid span id', { id: 0 }],
    ['invalid span id', { id: 2, more: { spanId: 'abcd' } }],
    ['invalid parent span id', { id: 2, more: { parentSpanId: 'abcd' } }],
    ['time beyond 2^63 nanoseconds', { id: 2, more: { startTimeUnixNano: (2n ** 63n).toString() } }],
    ['time beyond 2^63 nanoseconds', { id: 2, more: { endTimeUnixNano: (2n ** 64n - 1n).toString() } }],
    [
      'time beyond 2^63 nanoseconds',
      { id: 2, more: { events: [{ name: 'e', timeUnixNano: (2n ** 63n).toString(), attributes: [] }] } },
    ],
    ['attribute nested deeper than 100 levels', { id: 2, more: attribute(deepValue(101)) }],
  ]

  it.each(bad)('%s: counted under its reason, in both encodings; its neighbours are kept', (reason, sketch) => {
    const request = tracesOf('shop', [good, sketch, { id: 3 }])
    for (const batch of [
      decodeTracesJson(jsonBytes(request)),
      decodeTracesProtobuf(encodeRequest(TraceRequest, request)),
    ]) {
      expect([...batch.rejected]).toEqual([[reason, 1]])
      expect(batch.records.map(({ spanId }) => Buffer.from(spanId).at(-1))).toEqual([1, 3])
    }
  })

  it('keeps a value a hundred levels deep', () => {
    const request = tracesOf('shop', [{ id: 1, more: attribute(deepValue(100)) }])
    expect(decodeTracesJson(jsonBytes(request)).records).toHaveLength(1)
    expect(decodeTracesProtobuf(encodeRequest(TraceRequest, request)).records).toHaveLength(1)
  })

  it('refuses text that is not UTF-8 with the span it is in, wherever it stands', () => {
    for (const [where, more] of [
      ['name', { name: 'MARK' }],
      ['key', { attributes: [{ key: 'MARK', value: {} }] }],
      ['long value', attribute({ stringValue: `MARK${'x'.repeat(300)}` })],
      ['trace state', { traceState: 'MARK' }],
      ['status message', { status: { message: 'MARK' } }],
      ['event name', { events: [{ name: 'MARK' }] }],
    ] as const) {
      const bytes = encodeRequest(TraceRequest, tracesOf('shop', [good, { id: 2, more }]))
      bytes[bytes.indexOf('MARK') + 1] = 0xff
      const { records, rejected } = decodeTracesProtobuf(bytes)
      expect([where, records.length, [...rejected]]).toEqual([where, 1, [['invalid UTF-8', 1]]])
    }
  })

  it('counts every record of a resource or scope that is refused', () => {
    const request = tracesOf('shopMARK', [good, { id: 2 }])
    const bytes = encodeRequest(TraceRequest, request)
    bytes[bytes.indexOf('MARK')] = 0xff
    expect([...decodeTracesProtobuf(bytes).rejected]).toEqual([['invalid UTF-8', 2]])
    const scoped = logsOf('shop', [{ body: 'a' }, { body: 'b' }, { body: 'c' }])
    const json = JSON.stringify(scoped).replace('"name":"test"', '"name":5')
    expect([...decodeLogsJson(Buffer.from(json)).rejected]).toEqual([['field of the wrong type', 3]])
  })

  it('refuses a log whose ids have a wrong length, and takes absent, empty and zero ids for none', () => {
    const ids = [undefined, '', '0'.repeat(32), 'ab'.repeat(16), 'abcd']
    const request = logsOf(
      'shop',
      ids.map((traceId) => ({ more: { traceId } })),
    )
    const { records, rejected } = decodeLogsJson(jsonBytes(request))
    expect(records.map(({ traceId }) => traceId && Buffer.from(traceId).toString('hex'))).toEqual([
      null,
      null,
      null,
      'ab'.repeat(16),
    ])
    expect([...rejected]).toEqual([['invalid trace id', 1]])
  })
})

/** Bytes as hex: buffers and plain arrays compare alike. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map) return [...value]
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]))
}

describe('one request in both encodings', () => {
  it('gives the same spans', () => {
    fc.assert(
      fc.property(traceRequest, (request) => {
        const fromProtobuf = decodeTracesProtobuf(encodeRequest(TraceRequest, request))
        expect(plain(decodeTracesJson(jsonBytes(request)))).toEqual(plain(fromProtobuf))
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same log records', () => {
    fc.assert(
      fc.property(logsRequest, (request) => {
        const fromProtobuf = decodeLogsProtobuf(encodeRequest(LogsRequest, request))
        expect(plain(decodeLogsJson(jsonBytes(request)))).toEqual(plain(fromProtobuf))
      }),
      { numRuns: 300 },
    )
  })
})

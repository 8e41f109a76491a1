/** Spans between the import thread and the writer arrive as they left. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buffersOf, packSpans, unpackSpans } from '../../src/engine/threads/packed-spans.ts'
import { decodeTracesJson } from '../../src/engine/wire/otlp-traces-json.ts'
import type { ResourceRecord, ScopeRecord, SpanRecord, TraceBatch } from '../../src/shared/model/batch.ts'
import { jsonBytes, traceRequest } from '../support/arbitrary-otlp.ts'

interface Whole {
  readonly span: Omit<SpanRecord, 'resource' | 'scope'>
  readonly resource: ResourceRecord | undefined
  readonly scope: ScopeRecord | undefined
}

/** Each span with what it points at: several batches become one, and what they share is there once. */
function wholeSpans(batches: readonly TraceBatch[]): Whole[] {
  return batches.flatMap(({ resources, scopes, records }) =>
    records.map(({ resource, scope, ...span }) => ({ span, resource: resources[resource], scope: scopes[scope] })),
  )
}

const inHex = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint'
    ? `${value}n`
    : ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
      : value

function readable(wholes: readonly Whole[]): unknown {
  // A Buffer would turn itself into something else first.
  const plain = (value: unknown): unknown =>
    Buffer.isBuffer(value)
      ? new Uint8Array(value)
      : typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
        : value
  return JSON.parse(JSON.stringify(wholes.map(plain), inHex))
}

test('Nothing is lost, and nothing is shared with who sent it', () => {
  fc.assert(
    fc.property(fc.array(traceRequest, { maxLength: 3 }), (requests) => {
      const batches = requests.map((request) => decodeTracesJson(jsonBytes(request)))
      const sent = readable(wholeSpans(batches))
      const packed = packSpans(batches)
      const arrived = structuredClone(packed, { transfer: buffersOf(packed) })
      for (const { attributes } of batches.flatMap(({ records }) => records)) attributes.fill(0)
      expect(readable(wholeSpans([unpackSpans(arrived)]))).toEqual(sent)
    }),
    { numRuns: 100 },
  )
})

test('What spans have in common goes once', () => {
  const json = jsonBytes({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: ['01', '02'].map((id) => ({
              traceId: '0af7651916cd43dd8448eb211c80319c',
              spanId: `b7ad6b71692033${id}`,
              name: 'GET /',
            })),
          },
        ],
      },
    ],
  })
  const { texts, resources, scopes, bytes } = packSpans([decodeTracesJson(json)])
  expect([texts, resources.length, scopes.length]).toEqual([['GET /', ''], 1, 1])
  const [first, second] = unpackSpans(packSpans([decodeTracesJson(json)])).records
  expect(first?.traceId).toBe(second?.traceId)
  expect(bytes.length).toBeLessThan(100)
})

/** Spans between the import thread and the writer arrive as they left. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buffersOf, packSpans, unpackSpans } from '../../src/engine/threads/packed-spans.ts'
import { decodeTracesJson } from '../../src/engine/wire/otlp-traces-json.ts'
import { jsonBytes, traceRequest } from '../support/arbitrary-otlp.ts'
import { readable } from '../support/whole-spans.ts'

test('Nothing is lost, and nothing is shared with who sent it', () => {
  fc.assert(
    fc.property(fc.array(traceRequest, { maxLength: 3 }), (requests) => {
      const batches = requests.map((request) => decodeTracesJson(jsonBytes(request)))
      const sent = readable(batches)
      const packed = packSpans(batches)
      const arrived = structuredClone(packed, { transfer: buffersOf(packed) })
      for (const { attributes } of batches.flatMap(({ records }) => records)) attributes.fill(0)
      expect(readable([unpackSpans(arrived)])).toEqual(sent)
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

/** Spans that are walked as bytes are what a parser and the decoder of objects make of them; what isn't plain is left to those. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTracesJson } from '../../src/engine/wire/otlp-traces-json.ts'
import { TracesWalk } from '../../src/engine/wire/otlp-traces-walk.ts'
import type { TraceBatch } from '../../src/shared/model/batch.ts'
import { jsonBytes, traceRequest } from '../support/arbitrary-otlp.ts'
import { readable } from '../support/whole-spans.ts'

/** Undefined where a parser has to read it. */
function walked(bytes: Buffer): TraceBatch | undefined {
  const walk = new TracesWalk()
  return walk.add(bytes) ? (walk.take() ?? { resources: [], scopes: [], records: [], rejected: new Map() }) : undefined
}

describe('Walking spans', () => {
  it('gives what decoding gives, however they are written', () => {
    const spaces = fc.constantFrom(undefined, 1, '\t')
    fc.assert(
      fc.property(traceRequest, spaces, (request, space) => {
        const bytes = Buffer.from(JSON.stringify(JSON.parse(jsonBytes(request).toString()), null, space))
        const batch = walked(bytes)
        expect(batch && readable([batch])).toEqual(readable([decodeTracesJson(bytes)]))
      }),
      { numRuns: 150 },
    )
  })

  it('never takes what decoding refuses, or takes it for something else', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
      remove: fc.nat(3),
      insert: fc.string({ unit: fc.constantFrom(...'"\\{}[]:, 0123456789-+.eEtrufalsn\n'), maxLength: 3 }),
    })
    let taken = 0
    fc.assert(
      fc.property(traceRequest, edit, (request, { at, remove, insert }) => {
        const text = jsonBytes(request).toString('latin1')
        const position = Math.floor(at * text.length)
        const bytes = Buffer.from(text.slice(0, position) + insert + text.slice(position + remove), 'latin1')
        const batch = walked(bytes)
        if (!batch) return
        taken++
        const decoded = decodeTracesJson(bytes)
        expect(decoded.rejected.size).toBe(0)
        expect(readable([batch])).toEqual(readable([decoded]))
      }),
      { numRuns: 1500 },
    )
    expect(taken).toBeGreaterThan(50)
  })

  const numbers = [
    '5',
    '-5',
    '0',
    '-0',
    '"007"',
    '"-0"',
    '""',
    '007',
    '1e3',
    '1.0',
    '9007199254740993',
    '"9223372036854775807"',
  ]
  it.each([
    ...numbers.map((number) => `{"intValue":${number}}`),
    ...numbers.map((number) => `{"doubleValue":${number}}`),
    '{"intValue":12345678901234567890}',
    '{"boolValue":true}',
    '{"boolValue":tru}',
    '{"stringValue":null,"intValue":"1"}',
    '{"stringValue":"first","stringValue":"last"}',
    '{"stringValue":"\\ud800"}',
    '{"stringValue":"\\u00e9\\n"}',
    '{"arrayValue":{}}',
    '{"unknownValue":1}',
    'null',
  ])('agrees about %s', (value) => {
    const bytes = Buffer.from(
      `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0AF7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",
        "endTimeUnixNano":1795860000000000001,"attributes":[{"key":"it","value":${value}}]}]}]}]}`,
    )
    const batch = walked(bytes)
    if (batch) expect(readable([batch])).toEqual(readable([decodeTracesJson(bytes)]))
    else expect(value).toMatch(/null|""|-0|007|tru}|ud800|last|unknown/)
  })
})

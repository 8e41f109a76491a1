/** OTLP out equals OTLP in, whichever encoding it came in, for every field and value type. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logsAsOtlp, traceAsOtlp } from '../../src/engine/export.ts'
import type { Payload } from '../../src/engine/ingest.ts'
import { jsonBytes, logRecord, resource, schemaUrl, scope, span, traceIdHex } from '../support/arbitrary-otlp.ts'
import { encodeRequest, LogsRequest, TraceRequest } from '../support/oracle.ts'
import { scratchStore } from '../support/scratch-store.ts'

const runs = { numRuns: 100 }

/** What was sent, in the form it is given back: protobuf can't tell an absent field from its default. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value)
    .filter(([, field]) => !(field === '' || field === undefined || (Array.isArray(field) && field.length === 0)))
    .filter(([, field]) => field !== 0 && field !== '0')
    .map(([key, field]) => [key, key.endsWith('Value') ? canonicalValue(key, field) : canonical(field)])
  return Object.fromEntries(fields)
}

function canonicalValue(key: string, field: unknown): unknown {
  if (key === 'doubleValue') return String(Object.is(field, -0) || field === '-0' ? '-0' : Number(field))
  return typeof field === 'object' ? canonical(field) : field
}

/** `canonical` drops zeros and empty texts, which inside a value are values. */
function keepValues(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, field: unknown) => {
    if (['stringValue', 'intValue', 'boolValue', 'bytesValue'].includes(key)) return `${key}:${String(field)}`
    return key === 'doubleValue' ? `double:${canonicalValue(key, field)}` : field
  })
}

const same = (value: unknown): unknown => canonical(keepValues(value))

const encodings: Payload['encoding'][] = ['protobuf', 'json']

describe.each(encodings)('%s', (encoding) => {
  it('gives traces back field for field', () => {
    const group = fc.record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, traceId: traceIdHex, span })
    fc.assert(
      fc.property(group, ({ resource, schemaUrl, scope, scopeUrl, traceId, span }) => {
        using store = scratchStore()
        const request = {
          resourceSpans: [
            { resource, schemaUrl, scopeSpans: [{ scope, schemaUrl: scopeUrl, spans: [{ ...span, traceId }] }] },
          ],
        }
        const bytes = encoding === 'json' ? jsonBytes(request) : encodeRequest(TraceRequest, request)
        const { outcomes } = store.ingest({ signal: 'traces', encoding, bytes })
        expect(outcomes).toEqual([{ kind: 'committed', rejected: 0, message: '' }])
        const back = JSON.parse(Buffer.from(traceAsOtlp(store.context, { traceId })).toString()) as unknown
        expect(same(back)).toEqual(same(request))
      }),
      runs,
    )
  })

  it('gives logs back field for field', () => {
    const group = fc.record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, traceId: traceIdHex, logRecord })
    fc.assert(
      fc.property(group, ({ resource, schemaUrl, scope, scopeUrl, traceId, logRecord }) => {
        using store = scratchStore()
        const request = {
          resourceLogs: [
            {
              resource,
              schemaUrl,
              scopeLogs: [{ scope, schemaUrl: scopeUrl, logRecords: [{ ...logRecord, traceId }] }],
            },
          ],
        }
        const bytes = encoding === 'json' ? jsonBytes(request) : encodeRequest(LogsRequest, request)
        const { outcomes } = store.ingest({ signal: 'logs', encoding, bytes })
        expect(outcomes).toEqual([{ kind: 'committed', rejected: 0, message: '' }])
        const back = JSON.parse(Buffer.from(logsAsOtlp(store.context, { traceId })).toString()) as unknown
        expect(same(back)).toEqual(same(request))
      }),
      runs,
    )
  })
})

/** OTLP out equals OTLP in, whichever encoding it came in, for every field and value type. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logsAsOtlp } from '../../src/engine/export/otlp-logs.ts'
import { metricAsOtlp } from '../../src/engine/export/otlp-metrics.ts'
import { traceAsOtlp } from '../../src/engine/export/otlp-traces.ts'
import type { Payload } from '../../src/engine/ingest.ts'
import {
  jsonBytes,
  logRecord,
  metric,
  resource,
  schemaUrl,
  scope,
  span,
  traceIdHex,
} from '../support/arbitrary-otlp.ts'
import { encodeRequest, LogsRequest, MetricsRequest, TraceRequest } from '../support/oracle.ts'
import { scratchStore } from '../support/scratch-store.ts'

const runs = { numRuns: 100 }

/** What was sent, in the form it is given back: protobuf can't tell an absent field from its default. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value)
    .filter(([, field]) => !(field === '' || field === undefined || (Array.isArray(field) && field.length === 0)))
    .filter(([, field]) => field !== 0 && field !== '0')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, field]) => [key, key.endsWith('Value') ? canonicalValue(key, field) : canonical(field)])
  return Object.fromEntries(fields)
}

function canonicalValue(key: string, field: unknown): unknown {
  if (key === 'doubleValue') return String(Object.is(field, -0) || field === '-0' ? '-0' : Number(field))
  return typeof field === 'object' ? canonical(field) : field
}

const doubleNames = new Set(['asDouble', 'sum', 'min', 'max', 'zeroThreshold', 'quantile', 'value'])

/** `canonical` drops zeros and empty texts, which inside a value are values. */
function keepValues(value: unknown): unknown {
  return JSON.parse(jsonBytes(value).toString(), (key, field: unknown) => {
    if (['stringValue', 'intValue', 'boolValue', 'bytesValue'].includes(key)) return `${key}:${String(field)}`
    if (key === 'doubleValue') return `double:${canonicalValue(key, field)}`
    // Points come back series by series.
    if (key === 'dataPoints' && Array.isArray(field))
      return field.map((point) => JSON.stringify(canonical(point))).sort()
    if (key === 'asInt') return `int:${String(field)}`
    if (key === 'explicitBounds' && Array.isArray(field)) return field.map((bound) => `double:${spelled(bound)}`)
    // `value` is a double in a quantile and a message in an attribute; `sum` is also the name of a message.
    return doubleNames.has(key) && typeof field !== 'object' ? `double:${spelled(field)}` : field
  })
}

const spelled = (value: unknown): string => (Object.is(value, -0) || value === '-0' ? '-0' : String(Number(value)))

const same = (value: unknown): unknown => canonical(keepValues(value))

const encodings: Payload['encoding'][] = ['protobuf', 'json']

describe.each(encodings)('%s', (encoding) => {
  it('gives traces back field for field', async () => {
    const group = fc.record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, traceId: traceIdHex, span })
    await fc.assert(
      fc.asyncProperty(group, async ({ resource, schemaUrl, scope, scopeUrl, traceId, span }) => {
        using store = scratchStore()
        const request = {
          resourceSpans: [
            { resource, schemaUrl, scopeSpans: [{ scope, schemaUrl: scopeUrl, spans: [{ ...span, traceId }] }] },
          ],
        }
        const bytes = encoding === 'json' ? jsonBytes(request) : encodeRequest(TraceRequest, request)
        const { outcomes } = store.ingest({ signal: 'traces', encoding, bytes })
        expect(outcomes).toEqual([{ kind: 'committed', rejected: 0, message: '' }])
        const back = JSON.parse(Buffer.from(await traceAsOtlp(store.context, { traceId })).toString()) as unknown
        expect(same(back)).toEqual(same(request))
      }),
      runs,
    )
  })

  it('gives logs back field for field', async () => {
    const group = fc.record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, traceId: traceIdHex, logRecord })
    await fc.assert(
      fc.asyncProperty(group, async ({ resource, schemaUrl, scope, scopeUrl, traceId, logRecord }) => {
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
        const back = JSON.parse(Buffer.from(await logsAsOtlp(store.context, { traceId })).toString()) as unknown
        expect(same(back)).toEqual(same(request))
      }),
      runs,
    )
  })

  it('gives metrics back field for field', async () => {
    const group = fc.record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, metric })
    await fc.assert(
      fc.asyncProperty(group, async ({ resource, schemaUrl, scope, scopeUrl, metric }) => {
        using store = scratchStore()
        const request = {
          resourceMetrics: [{ resource, schemaUrl, scopeMetrics: [{ scope, schemaUrl: scopeUrl, metrics: [metric] }] }],
        }
        const bytes = encoding === 'json' ? jsonBytes(request) : encodeRequest(MetricsRequest, request)
        const { outcomes } = store.ingest({ signal: 'metrics', encoding, bytes })
        expect(outcomes).toEqual([{ kind: 'committed', rejected: 0, message: '' }])
        const back = JSON.parse(
          Buffer.from(await metricAsOtlp(store.context, { name: 'a.metric' })).toString(),
        ) as unknown
        expect(same(back)).toEqual(same(request))
      }),
      runs,
    )
  })
})

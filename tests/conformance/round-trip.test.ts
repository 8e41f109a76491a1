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
import { canonicalOtlp } from '../support/canonical-otlp.ts'
import { encodeRequest, LogsRequest, MetricsRequest, TraceRequest } from '../support/oracle.ts'
import { scratchStore } from '../support/scratch-store.ts'

const runs = { numRuns: 100 }

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
        expect(canonicalOtlp(back)).toEqual(canonicalOtlp(request))
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
        expect(canonicalOtlp(back)).toEqual(canonicalOtlp(request))
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
        expect(canonicalOtlp(back)).toEqual(canonicalOtlp(request))
      }),
      runs,
    )
  })
})

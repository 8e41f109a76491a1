/** What is exported as OTLP is what was received, field for field, in every OTLP format. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QueryContext } from '../../src/engine/queries/context.ts'
import { SpanlightError } from '../../src/shared/contract/errors.ts'
import type { ExportFormat } from '../../src/shared/contract/exports.ts'
import { jsonBytes, logsRequest, metric, resource, schemaUrl, scope, traceRequest } from '../support/arbitrary-otlp.ts'
import { exportedBytes, exportedText } from '../support/exported.ts'
import { decodeRequest, LogsRequest, MetricsRequest, TraceRequest } from '../support/oracle.ts'
import { recordsOf } from '../support/otlp-records.ts'
import { scratchStore } from '../support/scratch-store.ts'

const metricsRequest = fc
  .record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, metric })
  .map(({ resource, schemaUrl, scope, scopeUrl, metric }) => ({
    resourceMetrics: [{ resource, schemaUrl, scopeMetrics: [{ scope, schemaUrl: scopeUrl, metrics: [metric] }] }],
  }))

/** What the store exports, as requests in OTLP's JSON mapping. */
const formats: Partial<Record<ExportFormat, (context: QueryContext) => Promise<unknown[]>>> = {
  'otlp-jsonl': async (context) =>
    (await exportedText(context, 'otlp-jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  'otlp-json': async (context) => [JSON.parse(await exportedText(context, 'otlp-json')) as unknown],
  // Small messages of one signal can be read as another's, so each is exported by itself.
  'otlp-protobuf': async (context) => {
    const types = { traces: TraceRequest, logs: LogsRequest, metrics: MetricsRequest }
    const requests: unknown[] = []
    for (const [signal, type] of Object.entries(types)) {
      const bytes = await exportedBytes(context, 'otlp-protobuf', { signals: [signal] }).catch(nothingStored)
      requests.push(...delimitedMessages(bytes).map((message) => decodeRequest(type, message)))
    }
    return requests
  },
}

function nothingStored(error: unknown): Buffer {
  if (error instanceof SpanlightError && error.code === 'NOT_FOUND') return Buffer.alloc(0)
  throw error
}

function delimitedMessages(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0
      length += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    messages.push(bytes.subarray(at, at + length))
    at += length
  }
  return messages
}

describe.each(Object.entries(formats))('%s', (_format, read) => {
  it('equals what came in', async () => {
    await fc.assert(
      fc.asyncProperty(traceRequest, logsRequest, metricsRequest, async (traces, logs, metrics) => {
        using store = scratchStore()
        store.ingest(
          { signal: 'traces', encoding: 'json', bytes: jsonBytes(traces) },
          { signal: 'logs', encoding: 'json', bytes: jsonBytes(logs) },
          { signal: 'metrics', encoding: 'json', bytes: jsonBytes(metrics) },
        )
        const back = await read(store.context)
        expect(recordsOf(...back)).toEqual(recordsOf(traces, logs, metrics))
      }),
      { numRuns: 15 },
    )
  })
})

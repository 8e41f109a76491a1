/** What is exported as OTLP is what was received, field for field, in every OTLP format. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportFormat } from '../../src/shared/contract/exports.ts'
import { jsonBytes, logsRequest, metric, resource, schemaUrl, scope, traceRequest } from '../support/arbitrary-otlp.ts'
import { exportedBytes } from '../support/exported.ts'
import { decodeRequest, knownBytes, LogsRequest, MetricsRequest, TraceRequest } from '../support/oracle.ts'
import { recordsOf } from '../support/otlp-records.ts'
import { scratchStore } from '../support/scratch-store.ts'

const metricsRequest = fc
  .record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, metric })
  .map(({ resource, schemaUrl, scope, scopeUrl, metric }) => ({
    resourceMetrics: [{ resource, schemaUrl, scopeMetrics: [{ scope, schemaUrl: scopeUrl, metrics: [metric] }] }],
  }))

/** What a file holds, as requests in OTLP's JSON mapping. */
const formats: Partial<Record<ExportFormat, (bytes: Buffer) => unknown[]>> = {
  'otlp-jsonl': (bytes) =>
    bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  'otlp-json': (bytes) => [JSON.parse(bytes.toString()) as unknown],
  // The export puts the signals one after the other; the oracle reads each message as what it should be.
  'otlp-protobuf': (bytes) => delimitedMessages(bytes).map((message) => decodeRequest(typeOf(message), message)),
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

/** Of the three messages the one that knows all fields, and so loses no byte of them. */
function typeOf(message: Buffer): typeof TraceRequest {
  const types = [TraceRequest, LogsRequest, MetricsRequest]
  const found = types.find((type) => {
    try {
      return knownBytes(type, message) === message.length
    } catch {
      return false
    }
  })
  if (!found) throw new Error('no OTLP message')
  return found
}

describe.each(Object.entries(formats))('%s', (format, read) => {
  it('equals what came in', async () => {
    await fc.assert(
      fc.asyncProperty(traceRequest, logsRequest, metricsRequest, async (traces, logs, metrics) => {
        using store = scratchStore()
        store.ingest(
          { signal: 'traces', encoding: 'json', bytes: jsonBytes(traces) },
          { signal: 'logs', encoding: 'json', bytes: jsonBytes(logs) },
          { signal: 'metrics', encoding: 'json', bytes: jsonBytes(metrics) },
        )
        const back = read(await exportedBytes(store.context, format as ExportFormat))
        expect(recordsOf(...back)).toEqual(recordsOf(traces, logs, metrics))
      }),
      { numRuns: 15 },
    )
  })
})

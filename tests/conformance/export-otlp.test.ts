/** What is exported as OTLP is what was received, field for field, in every OTLP format. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonBytes, logsRequest, metric, resource, schemaUrl, scope, traceRequest } from '../support/arbitrary-otlp.ts'
import { exportedText } from '../support/exported.ts'
import { recordsOf } from '../support/otlp-records.ts'
import { scratchStore } from '../support/scratch-store.ts'

const metricsRequest = fc
  .record({ resource, schemaUrl, scope, scopeUrl: schemaUrl, metric })
  .map(({ resource, schemaUrl, scope, scopeUrl, metric }) => ({
    resourceMetrics: [{ resource, schemaUrl, scopeMetrics: [{ scope, schemaUrl: scopeUrl, metrics: [metric] }] }],
  }))

const formats = {
  'otlp-jsonl': (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  'otlp-json': (text: string) => [JSON.parse(text) as unknown],
} as const

describe.each(Object.keys(formats) as (keyof typeof formats)[])('%s', (format) => {
  it('equals what came in', async () => {
    await fc.assert(
      fc.asyncProperty(traceRequest, logsRequest, metricsRequest, async (traces, logs, metrics) => {
        using store = scratchStore()
        store.ingest(
          { signal: 'traces', encoding: 'json', bytes: jsonBytes(traces) },
          { signal: 'logs', encoding: 'json', bytes: jsonBytes(logs) },
          { signal: 'metrics', encoding: 'json', bytes: jsonBytes(metrics) },
        )
        const back = formats[format](await exportedText(store.context, format))
        expect(recordsOf(...back)).toEqual(recordsOf(traces, logs, metrics))
      }),
      { numRuns: 25 },
    )
  })
})

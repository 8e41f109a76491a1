/** An exporter that was given the wrong one of the two ports: somebody has to be told. */

import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, it, vi } from 'vitest'
import { runningEngine } from '../support/running-engine.ts'

it('notes gRPC that arrives at the HTTP port, with the way out', async () => {
  await using engine = await runningEngine()
  const exporter = new OTLPTraceExporter({ url: engine.endpoints.http, timeoutMillis: 1_000 })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'lost' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  })
  provider.getTracer('test').startSpan('lost').end()
  await vi.waitFor(async () => {
    const { refusals } = await engine.context.status.ingest()
    expect(refusals[0]).toMatchObject({
      transport: 'http',
      status: '400',
      message: expect.stringContaining('gRPC port'),
    })
  })
  await provider.shutdown()
})

/** The official JavaScript SDK as a client, over every transport and encoding. */

import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import * as sdkLogs from '@opentelemetry/sdk-logs'
import * as tracing from '@opentelemetry/sdk-trace'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { runningEngine } from '../support/running-engine.ts'

interface Clients {
  readonly traces: tracing.SpanExporter
  readonly logs: sdkLogs.LogRecordExporter
}

type Compression = 'none' | 'gzip'

/** The exporters' own enumeration of compressions is not exported by all of them; its values are these words. */
const compressionOf = (compression: Compression): { compression: never } => ({ compression: compression as never })

const transports: Record<string, (engine: Engine, compression: Compression) => Clients> = {
  gRPC: ({ endpoints }, compression) => ({
    traces: new GrpcTraces({ url: endpoints.grpc, ...compressionOf(compression) }),
    logs: new GrpcLogs({ url: endpoints.grpc, ...compressionOf(compression) }),
  }),
  'HTTP protobuf': ({ endpoints }, compression) => ({
    traces: new ProtobufTraces({ url: `${endpoints.http}/v1/traces`, ...compressionOf(compression) }),
    logs: new ProtobufLogs({ url: `${endpoints.http}/v1/logs`, ...compressionOf(compression) }),
  }),
  'HTTP JSON': ({ endpoints }, compression) => ({
    traces: new JsonTraces({ url: `${endpoints.http}/v1/traces`, ...compressionOf(compression) }),
    logs: new JsonLogs({ url: `${endpoints.http}/v1/logs`, ...compressionOf(compression) }),
  }),
}

describe.each(Object.entries(transports))('%s', (_name, connect) => {
  it.each<Compression>(['none', 'gzip'])('keeps what the SDK sends, compression %s', async (compression) => {
    await using engine = await runningEngine()
    const clients = connect(engine, compression)
    const resource = resourceFromAttributes({ 'service.name': 'sdk-client', 'service.version': '1.2.3' })
    const tracerProvider = new tracing.TracerProvider({
      resource,
      spanProcessors: [new tracing.BatchSpanProcessor({ exporter: clients.traces })],
    })
    const loggerProvider = new sdkLogs.LoggerProvider({
      resource,
      processors: [new sdkLogs.SimpleLogRecordProcessor({ exporter: clients.logs })],
    })
    const tracer = tracerProvider.getTracer('conformance', '9')
    const root = tracer.startSpan('GET /cart', { kind: SpanKind.SERVER, attributes: { 'http.route': '/cart', n: 42 } })
    const context = trace.setSpan((await import('@opentelemetry/api')).ROOT_CONTEXT, root)
    const child = tracer.startSpan(
      'SELECT',
      { kind: SpanKind.CLIENT, links: [{ context: root.spanContext() }] },
      context,
    )
    child.recordException(new TypeError('no rows'))
    child.setStatus({ code: SpanStatusCode.ERROR, message: 'no rows' })
    loggerProvider.getLogger('conformance').emit({
      severityNumber: SeverityNumber.ERROR,
      severityText: 'ERROR',
      body: 'cart is empty',
      attributes: { 'cart.id': 'c-1' },
      context: trace.setSpan(context, child),
    })
    child.end()
    root.end()
    await tracerProvider.forceFlush()
    await loggerProvider.forceFlush()
    await tracerProvider.shutdown()
    await loggerProvider.shutdown()

    const { traceId, spanId } = root.spanContext()
    const { readers } = engine.context
    const summary = await readers.query('traceSummary', { traceId })
    expect(summary).toMatchObject({
      rootService: 'sdk-client',
      rootOperation: 'GET /cart',
      rootReceived: true,
      spanCount: 2,
      errorCount: 1,
      services: ['sdk-client'],
    })
    const childSpan = await readers.query('spanDetails', { traceId, spanId: child.spanContext().spanId, twin: 0 })
    expect(childSpan).toMatchObject({
      parentSpanId: spanId,
      kind: 'client',
      status: 'error',
      statusMessage: 'no rows',
      scope: { name: 'conformance', version: '9' },
      resource: { 'service.name': 'sdk-client', 'service.version': '1.2.3' },
      events: [{ name: 'exception', attributes: { 'exception.type': 'TypeError', 'exception.message': 'no rows' } }],
      links: [{ traceId, spanId, stored: true }],
    })
    expect(await readers.query('spanDetails', { traceId, spanId, twin: 0 })).toMatchObject({
      attributes: { 'http.route': '/cart', n: 42 },
      linkedFrom: [{ traceId, spanId: child.spanContext().spanId }],
    })
    const { logs } = await readers.query('listLogs', { order: 'newest', limit: 10, traceId })
    expect(logs).toMatchObject([
      {
        body: 'cart is empty',
        severityNumber: 17,
        severityText: 'ERROR',
        spanId: child.spanContext().spanId,
        attributes: { 'cart.id': 'c-1' },
      },
    ])
    expect((await engine.context.status.health()).counts).toMatchObject({ spans: 2, traces: 1, logs: 1 })
  })
})

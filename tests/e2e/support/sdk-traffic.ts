/** Requests of the past, sent through the official JavaScript SDK: as many, as slow and as broken as a test says. */

import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import * as sdkLogs from '@opentelemetry/sdk-logs'
import * as tracing from '@opentelemetry/sdk-trace'

export interface PastRequest {
  /** Start in ms since the epoch. */
  readonly atMs: number
  readonly durationMs: number
  readonly name: string
  readonly kind?: SpanKind
  /** Fails with this, on its span and in an error log. */
  readonly error?: string
}

export interface Traffic {
  readonly service: string
  /** Of OTLP/HTTP. */
  readonly endpoint: string
  readonly requests: readonly PastRequest[]
}

/** Each request is a trace of one span; resolves once all of it was acknowledged. */
export async function sendTraffic({ service, endpoint, requests }: Traffic): Promise<void> {
  const resource = resourceFromAttributes({ 'service.name': service })
  const tracers = new tracing.TracerProvider({
    resource,
    spanProcessors: [
      new tracing.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }) }),
    ],
  })
  const loggers = new sdkLogs.LoggerProvider({
    resource,
    processors: [
      new sdkLogs.SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url: `${endpoint}/v1/logs` }) }),
    ],
  })
  const tracer = tracers.getTracer('shop')
  const logger = loggers.getLogger('shop')
  for (const { atMs, durationMs, name, kind = SpanKind.SERVER, error } of requests) {
    const span = tracer.startSpan(name, { kind, startTime: new Date(atMs) }, ROOT_CONTEXT)
    if (error !== undefined) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error })
      logger.emit({
        timestamp: new Date(atMs + durationMs),
        severityNumber: SeverityNumber.ERROR,
        severityText: 'ERROR',
        body: error,
        context: trace.setSpan(ROOT_CONTEXT, span),
      })
    }
    span.end(new Date(atMs + durationMs))
  }
  await tracers.forceFlush()
  await loggers.forceFlush()
  await tracers.shutdown()
  await loggers.shutdown()
}

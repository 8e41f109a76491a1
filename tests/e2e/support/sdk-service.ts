/** A service that uses the official JavaScript SDK and one of its exporters. */

import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter as GrpcLogs } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as ProtobufLogs } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import * as sdkLogs from '@opentelemetry/sdk-logs'
import * as tracing from '@opentelemetry/sdk-trace'

export interface SdkService {
  readonly protocol: 'gRPC' | 'HTTP'
  /** As the SDK's users give it: `http://127.0.0.1:4317` or `http://127.0.0.1:4318`. */
  readonly endpoint: string
  readonly name: string
}

/** One request that fails with an exception, recorded on its span and logged; resolves once all of it was acknowledged. */
export async function serveOneRequest({ protocol, endpoint, name }: SdkService): Promise<void> {
  const traceExporter =
    protocol === 'gRPC' ? new GrpcTraces({ url: endpoint }) : new ProtobufTraces({ url: `${endpoint}/v1/traces` })
  const logExporter =
    protocol === 'gRPC' ? new GrpcLogs({ url: endpoint }) : new ProtobufLogs({ url: `${endpoint}/v1/logs` })
  const resource = resourceFromAttributes({ 'service.name': name })
  const tracers = new tracing.TracerProvider({
    resource,
    spanProcessors: [new tracing.BatchSpanProcessor({ exporter: traceExporter })],
  })
  const loggers = new sdkLogs.LoggerProvider({
    resource,
    processors: [new sdkLogs.SimpleLogRecordProcessor({ exporter: logExporter })],
  })

  const span = tracers.getTracer('shop').startSpan('GET /cart')
  const error = new TypeError('the cart is empty')
  span.recordException(error)
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
  loggers.getLogger('shop').emit({
    severityNumber: SeverityNumber.ERROR,
    severityText: 'ERROR',
    body: 'no cart to show',
    exception: error,
    context: trace.setSpan(ROOT_CONTEXT, span),
  })
  span.end()
  await tracers.forceFlush()
  await loggers.forceFlush()
  await tracers.shutdown()
  await loggers.shutdown()
}

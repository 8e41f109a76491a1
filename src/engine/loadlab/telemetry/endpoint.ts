/** Where the lab's telemetry goes, and how: exporters of the SDK for spans and logs, one of its own for metrics. */

import * as grpc from '@grpc/grpc-js'
import { OTLPLogExporter as GrpcLogExporter } from '@opentelemetry/exporter-logs-otlp-grpc'
import { OTLPLogExporter as HttpLogExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPTraceExporter as GrpcTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as HttpTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import type { SpanExporter } from '@opentelemetry/sdk-trace'

export interface LabEndpoint {
  readonly protocol: 'http' | 'grpc'
  /** Without the signal's path. */
  readonly url: string
}

/** An endpoint that hangs must not hold the lab up. */
const exportTimeoutMs = 3000
const concurrencyLimit = 8

export function spanExporter({ protocol, url }: LabEndpoint): SpanExporter {
  const shared = { timeoutMillis: exportTimeoutMs, concurrencyLimit }
  return protocol === 'grpc'
    ? new GrpcTraceExporter({ ...shared, url })
    : new HttpTraceExporter({ ...shared, url: signalUrl(url, 'traces') })
}

export function logExporter({ protocol, url }: LabEndpoint): LogRecordExporter {
  const shared = { timeoutMillis: exportTimeoutMs, concurrencyLimit }
  return protocol === 'grpc'
    ? new GrpcLogExporter({ ...shared, url })
    : new HttpLogExporter({ ...shared, url: signalUrl(url, 'logs') })
}

function signalUrl(url: string, signal: string): string {
  return `${url.replace(/\/+$/, '')}/v1/${signal}`
}

/** Sends an encoded request; rejects when it is not taken. */
export type MetricSender = { send(bytes: Uint8Array<ArrayBuffer>): Promise<void>; close(): void }

export function metricSender(endpoint: LabEndpoint): MetricSender {
  return endpoint.protocol === 'grpc' ? grpcSender(endpoint.url) : httpSender(signalUrl(endpoint.url, 'metrics'))
}

function httpSender(url: string): MetricSender {
  const headers = { 'content-type': 'application/x-protobuf', ...environmentHeaders() }
  return {
    async send(bytes) {
      const signal = AbortSignal.timeout(exportTimeoutMs)
      const response = await fetch(url, { method: 'POST', headers, body: bytes, signal })
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
    },
    close: () => undefined,
  }
}

function grpcSender(url: string): MetricSender {
  const { protocol, host } = new URL(url.includes('://') ? url : `http://${url}`)
  const credentials = protocol === 'https:' ? grpc.credentials.createSsl() : grpc.credentials.createInsecure()
  const client = new grpc.Client(host, credentials)
  const metadata = new grpc.Metadata()
  for (const [name, value] of Object.entries(environmentHeaders())) metadata.set(name, value)
  const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes)
  return {
    send: (bytes) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
          asBuffer,
          (answer: Buffer) => answer,
          bytes,
          metadata,
          { deadline: Date.now() + exportTimeoutMs },
          (error) => (error ? reject(error) : resolve()),
        )
      }),
    close: () => client.close(),
  }
}

/** `OTEL_EXPORTER_OTLP_HEADERS`, as the SDK's exporters read it too. */
function environmentHeaders(): Record<string, string> {
  const pairs = (process.env.OTEL_EXPORTER_OTLP_HEADERS ?? '').split(',').map((pair) => pair.split('='))
  const named = pairs.filter(([name]) => name?.trim())
  return Object.fromEntries(
    named.map(([name = '', ...value]) => [name.trim().toLowerCase(), decodeURIComponent(value.join('=').trim())]),
  )
}

/** The telemetry of one instance of one service: its own resource, tracer, logger and meter, and its own clock. */

import { randomBytes, randomUUID } from 'node:crypto'
import {
  type Attributes,
  type Context,
  type Link,
  type Logger,
  type LogRecord,
  type Meter,
  ROOT_CONTEXT,
  SeverityNumber,
  type Span,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { hrTimeOf, unixMs, unixNanoOf } from './clock.ts'
import type { Delivery } from './delivery.ts'
import { type LabEndpoint, logExporter, metricSender, spanExporter } from './endpoint.ts'
import { Exemplars } from './exemplars.ts'
import { metricExporter } from './metric-exporter.ts'

/** Data is on screen within seconds. */
const spanDelayMs = 300
const logDelayMs = 400
const metricIntervalMs = 2000
/** Of a request that somebody watches: as its spans end, gathered for a moment. */
const liveDelayMs = 25
const maxQueueSize = 16_384

export interface TelemetryIdentity {
  readonly name: string
  readonly version: string
  readonly namespace: string
  /** More than one instance of a service: told apart by this. */
  readonly host: string
}

export interface TelemetrySources {
  readonly endpoint: LabEndpoint
  readonly delivery: Delivery
  /** How many milliseconds the clock of this host is off; negative is behind. */
  skewMs(): number
  /** Whether this span is lost before it is sent. */
  loses(span: ReadableSpan): boolean
}

export type Severity = 'debug' | 'info' | 'warn' | 'error' | 'fatal'

const severities: Readonly<Record<Severity, SeverityNumber>> = {
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
}

export class ServiceTelemetry {
  readonly identity: TelemetryIdentity
  readonly instanceId = randomUUID()
  readonly meter: Meter
  readonly exemplars = new Exemplars()
  readonly #sources: TelemetrySources
  readonly #tracer: Tracer
  readonly #logger: Logger
  readonly #spans: TracerProvider
  readonly #logs: LoggerProvider
  readonly #metrics: MeterProvider
  #nextTraceId: string | undefined
  #flushing: NodeJS.Timeout | undefined

  constructor(identity: TelemetryIdentity, sources: TelemetrySources) {
    this.identity = identity
    this.#sources = sources
    const { endpoint, delivery } = sources
    const resource = defaultResource().merge(
      resourceFromAttributes({
        'service.name': identity.name,
        'service.version': identity.version,
        'service.namespace': identity.namespace,
        'service.instance.id': this.instanceId,
        'host.name': identity.host,
        'deployment.environment.name': 'load-lab',
        'process.pid': process.pid,
        'process.runtime.name': 'nodejs',
        'process.runtime.version': process.versions.node,
      }),
    )
    const batch = new BatchSpanProcessor({
      exporter: delivery.countSpans(spanExporter(endpoint)),
      scheduledDelayMillis: spanDelayMs,
      maxQueueSize,
    })
    this.#spans = new TracerProvider({
      resource,
      idGenerator: {
        generateTraceId: () => {
          const asked = this.#nextTraceId
          this.#nextTraceId = undefined
          return asked ?? randomBytes(16).toString('hex')
        },
        generateSpanId: () => randomBytes(8).toString('hex'),
      },
      spanProcessors: [this.#watched(batch)],
    })
    this.#tracer = this.#spans.getTracer('spanlight-load-lab', identity.version)
    this.#logs = new LoggerProvider({
      resource,
      processors: [
        new BatchLogRecordProcessor({
          exporter: delivery.countLogs(logExporter(endpoint)),
          scheduledDelayMillis: logDelayMs,
          maxQueueSize,
        }),
      ],
    })
    this.#logger = this.#logs.getLogger('spanlight-load-lab', identity.version)
    this.#metrics = new MeterProvider({
      resource,
      readers: [
        new PeriodicExportingMetricReader({
          exporter: metricExporter(metricSender(endpoint), this.exemplars, delivery),
          exportIntervalMillis: metricIntervalMs,
          exportTimeoutMillis: metricIntervalMs,
        }),
      ],
    })
    this.meter = this.#metrics.getMeter('spanlight-load-lab', identity.version)
  }

  /** Now, as the clock of this host has it. */
  now(): number {
    return unixMs() + this.#sources.skewMs()
  }

  /** `traceId` is for a root that has to be found. */
  startSpan(
    name: string,
    kind: SpanKind,
    attributes: Attributes,
    parent: Context,
    more: { readonly links?: Link[]; readonly traceId?: string | undefined; readonly at?: number } = {},
  ): Span {
    if (more.traceId !== undefined) this.#nextTraceId = more.traceId
    const span = this.#tracer.startSpan(
      name,
      {
        kind,
        attributes,
        startTime: hrTimeOf(more.at ?? this.now()),
        ...(more.links && { links: more.links }),
      },
      parent,
    )
    this.#nextTraceId = undefined
    return span
  }

  /** A failed span says what went wrong. `live`: somebody watches this trace. */
  endSpan(span: Span, error?: { readonly type: string; readonly message: string }, live = false): void {
    if (error) {
      span.setAttribute('error.type', error.type)
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message })
    }
    span.end(hrTimeOf(this.now()))
    if (live) this.flushSoon()
  }

  log(severity: Severity, body: string, context: Context, attributes: Attributes = {}): void {
    this.emit({
      timestamp: hrTimeOf(this.now()),
      severityNumber: severities[severity],
      severityText: severity.toUpperCase(),
      body,
      attributes,
      context,
    })
  }

  emit(record: LogRecord): void {
    this.#logger.emit(record)
  }

  /** OTLP log record `spanlight.annotation`; sent again with its end when it is over. */
  annotate(kind: string, text: string, startMs: number, endMs: number | undefined): void {
    this.emit({
      eventName: 'spanlight.annotation',
      timestamp: hrTimeOf(startMs),
      severityNumber: SeverityNumber.INFO,
      severityText: 'INFO',
      body: text,
      context: ROOT_CONTEXT,
      attributes: {
        'spanlight.annotation.kind': kind,
        'spanlight.annotation.text': text,
        ...(endMs !== undefined && { 'spanlight.annotation.end_unix_nano': String(unixNanoOf(endMs)) }),
      },
    })
    this.flushSoon()
  }

  flushSoon(): void {
    this.#flushing ??= setTimeout(() => {
      this.#flushing = undefined
      void Promise.allSettled([this.#spans.forceFlush(), this.#logs.forceFlush()])
    }, liveDelayMs)
  }

  /** Sends what is left; never rejects, and never takes much longer than one export may. */
  async close(): Promise<void> {
    clearTimeout(this.#flushing)
    await Promise.allSettled([this.#spans.shutdown(), this.#logs.shutdown(), this.#metrics.shutdown()])
  }

  /** Counts spans, and loses some when told to. */
  #watched(batch: SpanProcessor): SpanProcessor {
    const { delivery } = this.#sources
    return {
      onStart: () => undefined,
      onEnd: (span) => {
        if (this.#sources.loses(span)) return
        delivery.endedSpans++
        batch.onEnd(span)
      },
      forceFlush: () => batch.forceFlush(),
      shutdown: () => batch.shutdown(),
    }
  }
}

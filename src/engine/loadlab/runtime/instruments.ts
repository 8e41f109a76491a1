/** The metrics of one instance of a service (semantic conventions of HTTP, databases, messaging, process and Node.js). */

import { type Attributes, type Context, type Histogram, trace, type UpDownCounter } from '@opentelemetry/api'
import { unixMs } from '../telemetry/clock.ts'
import type { ServiceTelemetry } from '../telemetry/service-telemetry.ts'

/** Boundaries that the conventions advise, in seconds. */
const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

const serverDuration = 'http.server.request.duration'

export class Instruments {
  readonly #telemetry: ServiceTelemetry
  readonly #server: Histogram
  readonly #active: UpDownCounter
  readonly #client: Histogram
  readonly #database: Histogram
  readonly #process: Histogram
  readonly #collection: Histogram
  readonly poolTimeouts: ReturnType<ServiceTelemetry['meter']['createCounter']>

  constructor(telemetry: ServiceTelemetry) {
    this.#telemetry = telemetry
    const { meter } = telemetry
    const duration = (name: string, description: string): Histogram =>
      meter.createHistogram(name, {
        unit: 's',
        description,
        advice: { explicitBucketBoundaries: durationBounds },
      })
    this.#server = duration(serverDuration, 'Duration of HTTP server requests')
    this.#client = duration('http.client.request.duration', 'Duration of HTTP client requests')
    this.#database = duration('db.client.operation.duration', 'Duration of database operations')
    this.#process = duration('messaging.process.duration', 'Duration of processing a message')
    this.#collection = duration('v8js.gc.duration', 'Duration of garbage collections')
    this.#active = meter.createUpDownCounter('http.server.active_requests', {
      unit: '{request}',
      description: 'HTTP server requests under way',
    })
    this.poolTimeouts = meter.createCounter('db.client.connection.timeouts', {
      unit: '{timeout}',
      description: 'Requests for a connection that timed out',
    })
  }

  /** With the trace as an example. */
  serverRequest(ms: number, attributes: Attributes, context: Context): void {
    const value = ms / 1000
    this.#server.record(value, attributes)
    const span = trace.getSpanContext(context)
    if (!span) return
    const { traceId, spanId } = span
    this.#telemetry.exemplars.offer(serverDuration, attributes, { value, unixMs: unixMs(), traceId, spanId })
  }

  activeRequests(change: 1 | -1, attributes: Attributes): void {
    this.#active.add(change, attributes)
  }

  clientRequest(ms: number, attributes: Attributes): void {
    this.#client.record(ms / 1000, attributes)
  }

  databaseOperation(ms: number, attributes: Attributes): void {
    this.#database.record(ms / 1000, attributes)
  }

  processed(ms: number, attributes: Attributes): void {
    this.#process.record(ms / 1000, attributes)
  }

  collected(ms: number): void {
    this.#collection.record(ms / 1000, { 'v8js.gc.type': 'major' })
  }
}

/** What a person tells of a trace: its root, where the time went, what failed, and what was logged first. */

import { StatusCode } from '#shared/model/span.ts'
import type { LogData, SpanData, SpanEventData } from '#shared/model/telemetry-data.ts'
import { selfTimes } from './self-times.ts'

/** Of a larger trace the rest is counted, but takes no part in the times. */
const maxTimedSpans = 100_000
const maxErrors = 10
const maxLogs = 10
/** Warnings and worse are told before what merely happened. */
const warnSeverity = 13

export interface TimedOperation {
  readonly service: string
  readonly name: string
  readonly spans: number
  /** In the spans themselves, without their children. */
  readonly selfNs: number
}

export interface TraceDigestFacts {
  readonly traceId: string
  /** The first span without a parent, else the first of all. */
  readonly root: SpanData
  readonly startUnixNano: bigint
  readonly durationNs: number
  readonly spanCount: number
  readonly services: readonly string[]
  readonly errorCount: number
  readonly errors: readonly SpanData[]
  /** Longest first. */
  readonly operations: readonly TimedOperation[]
  /** The first, warnings and worse before others; in the order of time. */
  readonly logs: readonly LogData[]
  readonly logCount: number
}

export class TraceDigest {
  readonly #timed: SpanData[] = []
  readonly #services = new Set<string>()
  readonly #errors: SpanData[] = []
  readonly #warnings: LogData[] = []
  readonly #others: LogData[] = []
  #root: SpanData | undefined
  #end = 0n
  #spanCount = 0
  #errorCount = 0
  #logCount = 0

  span(span: SpanData): void {
    this.#spanCount++
    this.#services.add(span.resource.serviceName)
    if (this.#timed.length < maxTimedSpans) this.#timed.push(withoutDetails(span))
    if (!this.#root || (this.#root.parentSpanId !== null && span.parentSpanId === null)) this.#root = span
    if (span.endUnixNano > this.#end) this.#end = span.endUnixNano
    if (span.statusCode !== StatusCode.error) return
    this.#errorCount++
    if (this.#errors.length < maxErrors) this.#errors.push(span)
  }

  log(log: LogData): void {
    this.#logCount++
    const kept = log.severityNumber >= warnSeverity ? this.#warnings : this.#others
    if (kept.length < maxLogs) kept.push(log)
  }

  /** Undefined when the trace has no span. */
  facts(traceId: string): TraceDigestFacts | undefined {
    const [first] = this.#timed
    if (!first || !this.#root) return undefined
    return {
      traceId,
      root: this.#root,
      startUnixNano: first.startUnixNano,
      durationNs: Number(this.#end > first.startUnixNano ? this.#end - first.startUnixNano : 0n),
      spanCount: this.#spanCount,
      services: [...this.#services],
      errorCount: this.#errorCount,
      errors: this.#errors,
      operations: operationsOf(this.#timed),
      logs: [...this.#warnings, ...this.#others].slice(0, maxLogs).sort(byTime),
      logCount: this.#logCount,
    }
  }
}

function byTime(left: LogData, right: LogData): number {
  return left.timeUnixNano < right.timeUnixNano ? -1 : left.timeUnixNano > right.timeUnixNano ? 1 : 0
}

/** Times need no attributes; a hundred thousand spans with them would fill the memory. */
function withoutDetails(span: SpanData): SpanData {
  return { ...span, attributes: [], events: [], links: [] }
}

function operationsOf(spans: readonly SpanData[]): TimedOperation[] {
  const times = selfTimes(spans)
  const operations = new Map<string, TimedOperation>()
  for (const [index, { resource, name }] of spans.entries()) {
    const key = `${resource.serviceName}\0${name}`
    const { spans: count, selfNs } = operations.get(key) ?? { spans: 0, selfNs: 0 }
    operations.set(key, {
      service: resource.serviceName,
      name,
      spans: count + 1,
      selfNs: selfNs + (times[index] ?? 0),
    })
  }
  return [...operations.values()].sort((left, right) => right.selfNs - left.selfNs)
}

/** OpenTelemetry's exception event (semantic conventions, "Exceptions"): type and message, else undefined. */
export function exceptionOf(span: SpanData): string | undefined {
  const event = span.events.find(({ name }) => name === 'exception')
  if (!event) return undefined
  const parts = [attribute(event, 'exception.type'), attribute(event, 'exception.message')]
  return parts.filter((part) => part !== '').join(': ') || undefined
}

function attribute({ attributes }: SpanEventData, name: string): string {
  const value = attributes.find(({ key }) => key === name)?.value
  return typeof value === 'string' ? value : ''
}

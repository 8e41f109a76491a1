/**
 * Events of Chrome's Trace Event Format, which Perfetto, chrome://tracing and Speedscope open: services are processes, lanes
 * are threads, spans are complete events, their events and logs instants, and calls between services flows.
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */

import { type KeyValue, plainAttributes } from '#shared/model/jsonb.ts'
import { StatusCode, spanKindName } from '#shared/model/span.ts'
import type { LogData, SpanData, SpanEventData } from '#shared/model/telemetry-data.ts'
import { jsonInteger } from './json-integer.ts'
import { textOfValue } from './plain-text.ts'

export interface ChromeEvent {
  readonly ph: 'X' | 'M' | 'i' | 's' | 'f' | 'b' | 'e'
  readonly pid: number
  readonly tid: number
  readonly name: string
  readonly cat?: string
  /** Microseconds since the origin, with three decimals: nanoseconds. */
  readonly ts?: number
  readonly dur?: number
  /** A number for flows: Perfetto draws none whose id is any other text. */
  readonly id?: string | number
  readonly s?: 't'
  readonly bp?: 'e'
  readonly cname?: string
  readonly args?: { readonly [key: string]: unknown }
}

/** Where an event is drawn. */
export interface Track {
  readonly pid: number
  readonly tid: number
}

/** Since an origin near the data: since 1970, nanoseconds would be lost in a double. */
export class ChromeClock {
  readonly #origin: bigint

  constructor(origin: bigint) {
    this.#origin = origin
  }

  micros(instant: bigint): number {
    return Number(instant - this.#origin) / 1000
  }
}

export function processNames(pid: number, service: string): ChromeEvent[] {
  return [{ ph: 'M', pid, tid: 0, name: 'process_name', args: { name: service } }]
}

export function threadNames({ pid, tid }: Track, lane: number): ChromeEvent[] {
  return [
    { ph: 'M', pid, tid, name: 'thread_name', args: { name: `lane ${lane + 1}` } },
    { ph: 'M', pid, tid, name: 'thread_sort_index', args: { sort_index: lane } },
  ]
}

/** A span whose clock jumped back has no width. */
export function spanEvent(clock: ChromeClock, track: Track, span: SpanData): ChromeEvent {
  return { ph: 'X', ...track, ...head(clock, span), dur: widthOf(span) }
}

/** For spans without a lane: events that nest by their id, each by itself. */
export function asyncSpanEvents(clock: ChromeClock, track: Track, span: SpanData): ChromeEvent[] {
  const { ts, ...named } = head(clock, span)
  const id = `${span.traceId}:${span.spanId}`
  return [
    { ph: 'b', ...track, ...named, ts, id },
    { ph: 'e', ...track, name: span.name, cat: named.cat, ts: ts + widthOf(span), id },
  ]
}

function widthOf({ startUnixNano, endUnixNano }: SpanData): number {
  return endUnixNano > startUnixNano ? Number(endUnixNano - startUnixNano) / 1000 : 0
}

function head(clock: ChromeClock, span: SpanData) {
  return {
    name: span.name === '' ? '(no name)' : span.name,
    cat: spanKindName(span.kind),
    ts: clock.micros(span.startUnixNano),
    ...(span.statusCode === StatusCode.error ? { cname: 'terrible' } : {}),
    args: {
      'trace id': span.traceId,
      'span id': span.spanId,
      ...(span.parentSpanId === null ? {} : { 'parent span id': span.parentSpanId }),
      ...statusArgs(span),
      ...argsOf(span.attributes),
      ...(span.links.length === 0 ? {} : { links: span.links.map(({ traceId, spanId }) => `${traceId}:${spanId}`) }),
      scope: span.scope.name,
      resource: argsOf(span.resource.attributes),
    },
  }
}

function statusArgs({ statusCode, statusMessage }: SpanData): Readonly<Record<string, string>> {
  const name = { 1: 'ok', 2: 'error' }[statusCode]
  return {
    ...(name === undefined ? {} : { status: name }),
    ...(statusMessage === '' ? {} : { 'status message': statusMessage }),
  }
}

export function spanEventEvent(clock: ChromeClock, track: Track, event: SpanEventData): ChromeEvent {
  return instant(clock, track, event.timeUnixNano, event.name, 'event', argsOf(event.attributes))
}

const maxLogNameLength = 120

export function logEvent(clock: ChromeClock, track: Track, log: LogData): ChromeEvent {
  const text = log.body === undefined || log.body === null ? log.eventName : textOfValue(log.body)
  const at = log.timeUnixNano === 0n ? log.observedTimeUnixNano : log.timeUnixNano
  const args = { severity: log.severityText, body: text, ...argsOf(log.attributes) }
  return instant(clock, track, at, text.slice(0, maxLogNameLength), 'log', args)
}

function instant(
  clock: ChromeClock,
  track: Track,
  at: bigint,
  name: string,
  cat: string,
  args: { readonly [key: string]: unknown },
): ChromeEvent {
  return { ph: 'i', ...track, s: 't', name: name === '' ? `(${cat})` : name, cat, ts: clock.micros(at), args }
}

export interface Arrow {
  readonly from: Track & { readonly start: bigint; readonly end: bigint }
  readonly to: Track & { readonly start: bigint }
  readonly id: number
}

/** From within the parent, at the moment the child begins or as near as the parent reaches, to the child. */
export function flowEvents(clock: ChromeClock, { from, to, id }: Arrow): ChromeEvent[] {
  const within = to.start < from.start ? from.start : to.start > from.end ? from.end : to.start
  const shared = { name: 'call', cat: 'flow', id }
  return [
    { ph: 's', pid: from.pid, tid: from.tid, ts: clock.micros(within), ...shared },
    { ph: 'f', bp: 'e', pid: to.pid, tid: to.tid, ts: clock.micros(to.start), ...shared },
  ]
}

function argsOf(attributes: readonly KeyValue[]): { readonly [key: string]: unknown } {
  const plain = plainAttributes(attributes)
  // What JSON rounds when it is read stays exact as it is written.
  return Object.fromEntries(
    Object.entries(plain).map(([key, value]) => {
      const exact = attributes.findLast((pair) => pair.key === key)?.value
      return [key, typeof exact === 'bigint' ? jsonInteger(exact) : value]
    }),
  )
}

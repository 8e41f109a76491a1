/** A trace file for Perfetto and chrome://tracing, all traces on one time axis. */

import type { LogData, SpanData } from '#shared/model/telemetry-data.ts'
import {
  asyncSpanEvents,
  ChromeClock,
  type ChromeEvent,
  flowEvents,
  logEvent,
  processNames,
  spanEvent,
  spanEventEvent,
  type Track,
  threadNames,
} from '../wire/chrome-encode.ts'
import { SpanLanes } from '../wire/span-lanes.ts'
import type { ExportPiece } from './export-pieces.ts'
import type { FormatWriter } from './format-writer.ts'

/** Spans of the trace at hand that children and logs find their place by; of a larger one the rest have no arrows. */
const maxPlaced = 200_000

interface Process {
  readonly pid: number
  readonly lanes: SpanLanes
  readonly tids: Map<number, number>
  /** Where logs go whose span isn't there. */
  logTid: number | undefined
}

type Placed = Track & { readonly start: bigint; readonly end: bigint }

export class ChromeWriter implements FormatWriter {
  readonly #processes = new Map<string, Process>()
  readonly #placed = new Map<string, Placed>()
  #clock: ChromeClock | undefined
  #origin = 0n
  #traceId = ''
  #tids = 0
  #events = 0
  #arrows = 0

  begin(): string {
    return '{"displayTimeUnit":"ns","traceEvents":['
  }

  *write(piece: ExportPiece): Generator<string> {
    if (piece.kind !== 'trace') return
    if (piece.traceId !== this.#traceId) this.#beginTrace(piece.traceId)
    for (const span of piece.spans) for (const event of this.#span(span)) yield this.#text(event)
    for (const log of piece.logs) for (const event of this.#log(log)) yield this.#text(event)
  }

  *end(): Generator<string> {
    const origin = {
      'time of 0': new Date(Number(this.#origin / 1_000_000n)).toISOString(),
      'time of 0 in ns': String(this.#origin),
    }
    yield `\n],"otherData":${JSON.stringify(origin)}}\n`
  }

  #text(event: ChromeEvent): string {
    return `${this.#events++ === 0 ? '' : ','}\n${JSON.stringify(event)}`
  }

  #beginTrace(traceId: string): void {
    this.#traceId = traceId
    this.#placed.clear()
    for (const { lanes } of this.#processes.values()) lanes.beginTrace()
  }

  /** Traces come oldest first, so that the first instant is about the earliest. */
  #clockFrom(instant: bigint): ChromeClock {
    if (!this.#clock) {
      this.#origin = instant
      this.#clock = new ChromeClock(instant)
    }
    return this.#clock
  }

  *#span(span: SpanData): Generator<ChromeEvent> {
    const clock = this.#clockFrom(span.startUnixNano)
    const service = span.resource.serviceName
    const process = yield* this.#process(service)
    const start = span.startUnixNano
    const end = span.endUnixNano < start ? start : span.endUnixNano
    const lane = process.lanes.place({ spanId: span.spanId, parentSpanId: span.parentSpanId, start, end })
    const track = yield* this.#track(process, lane ?? -1)
    if (lane === undefined) yield* asyncSpanEvents(clock, track, span)
    else yield spanEvent(clock, track, span)
    for (const event of span.events) yield spanEventEvent(clock, track, event)
    const parent = span.parentSpanId === null ? undefined : this.#placed.get(span.parentSpanId)
    if (parent && parent.pid !== track.pid && lane !== undefined) {
      yield* flowEvents(clock, { from: parent, to: { ...track, start }, id: ++this.#arrows })
    }
    if (this.#placed.size < maxPlaced) this.#placed.set(span.spanId, { ...track, start, end })
  }

  *#log(log: LogData): Generator<ChromeEvent> {
    const at = log.timeUnixNano === 0n ? log.observedTimeUnixNano : log.timeUnixNano
    const clock = this.#clockFrom(at)
    const process = yield* this.#process(log.resource.serviceName)
    const span = log.spanId === null ? undefined : this.#placed.get(log.spanId)
    process.logTid ??= ++this.#tids
    const track = span ? { pid: span.pid, tid: span.tid } : { pid: process.pid, tid: process.logTid }
    yield logEvent(clock, track, log)
  }

  *#process(service: string): Generator<ChromeEvent, Process> {
    let process = this.#processes.get(service)
    if (!process) {
      process = { pid: this.#processes.size + 1, lanes: new SpanLanes(), tids: new Map(), logTid: undefined }
      this.#processes.set(service, process)
      yield* processNames(process.pid, service)
    }
    return process
  }

  *#track({ pid, tids }: Process, lane: number): Generator<ChromeEvent, Track> {
    let tid = tids.get(lane)
    if (tid === undefined) {
      tid = ++this.#tids
      tids.set(lane, tid)
      if (lane >= 0) yield* threadNames({ pid, tid }, lane)
    }
    return { pid, tid }
  }
}

/** The write side of the store: everything one commit puts into the database. */

import type { Statement } from 'better-sqlite3'
import type { LogBatch, MetricBatch, TraceBatch } from '#shared/model/batch.ts'
import type { NoteRecord } from '#shared/model/note-record.ts'
import { StatusCode } from '#shared/model/span.ts'
import type { FoldedSpan } from '../rollup/fold.ts'
import { Outcome, type OutcomeCode, outcomeOf } from '../rollup/outcome.ts'
import { weightOf } from '../rollup/weight.ts'
import type { WriteDb } from './database.ts'
import { foldedDurationNs, foldedKind, isEntry } from './folded-span.ts'
import { HiddenErrors } from './hidden-errors.ts'
import { ImportedRanges } from './imported-ranges.ts'
import { Interner } from './intern.ts'
import type { KnownRecords } from './known-records.ts'
import { mergeNotes } from './merge-notes.ts'
import { ReceivedRequests } from './received-requests.ts'
import { logBytes, pointBytes, spanBytes } from './row-bytes.ts'
import { AnnotationWriter } from './write-annotations.ts'
import { CountWriter, type ServiceDelta } from './write-counts.ts'
import { type LogRow, LogWriter, timeOf } from './write-logs.ts'
import { maxNotes } from './write-notes.ts'
import { type MetricRow, maxSeriesPerMetric, PointWriter } from './write-points.ts'
import { RollupWriter } from './write-rollups.ts'
import { type SpanRow, SpanWriter, sortedByTrace } from './write-spans.ts'
import { TraceWriter } from './write-traces.ts'

/** What a commit added; retries and twins are already told apart. */
export interface Added {
  spans: number
  traces: number
  logs: number
  points: number
}

/** What became of the records of one signal. */
export interface Written extends Added {
  /** Those that were stored already. */
  repeated: number
  /** Those that can't be stored, by reason. */
  refused: ReadonlyMap<string, number>
}

/** What one service added. */
export interface ServiceCounts {
  readonly name: string
  readonly spans: number
  readonly logs: number
  readonly points: number
}

const tooManyTwins = 'more than 256 spans under the same ids'
const tooManyNotes = `more than ${maxNotes} notes in a session`
const tooManySeries = `more than ${maxSeriesPerMetric} series of one metric`

const written: Written = { spans: 0, traces: 0, logs: 0, points: 0, repeated: 0, refused: new Map() }

function refusedFor(reason: string, count: number): ReadonlyMap<string, number> {
  return new Map(count > 0 ? [[reason, count]] : [])
}

/** Writes batches within a transaction of `db`. */
export class StoreWriter {
  readonly #db: WriteDb
  readonly #intern: Interner
  readonly #spans: SpanWriter
  readonly #traces: TraceWriter
  readonly #logs: LogWriter
  readonly #points: PointWriter
  readonly #rollups: RollupWriter
  readonly #hidden: HiddenErrors
  readonly annotations: AnnotationWriter
  readonly #requests: ReceivedRequests
  readonly counts: CountWriter
  readonly imported: ImportedRanges
  readonly #serviceName: Statement
  #counted = new Map<number, ServiceDelta>()

  constructor(db: WriteDb) {
    this.#db = db
    this.#intern = new Interner(db)
    this.#spans = new SpanWriter(db)
    this.#traces = new TraceWriter(db)
    this.#logs = new LogWriter(db)
    this.#points = new PointWriter(db)
    this.#rollups = new RollupWriter(db)
    this.#hidden = new HiddenErrors(db)
    this.annotations = new AnnotationWriter(db)
    this.#requests = new ReceivedRequests(db)
    this.counts = new CountWriter(db)
    this.imported = new ImportedRanges(db)
    this.#serviceName = db.prepare('SELECT name FROM service WHERE id = ?').pluck()
  }

  /** Runs `work` in one transaction: all of it is committed, or nothing is and the error comes through. */
  transaction<T>(work: () => T): T {
    try {
      return this.#db.transaction(work).immediate()
    } catch (error) {
      this.forgetIds()
      throw error
    }
  }

  /** Writes a page within the caller's transaction, to learn whether the store can be written. */
  probe(): void {
    this.#db.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('probe', hex(randomblob(8)))").run()
  }

  /** What each service added since this was last asked, by name. */
  takeServiceCounts(): ServiceCounts[] {
    const counted = this.#counted
    this.#counted = new Map()
    return [...counted].map(([id, { spans, logs, points }]) => ({
      name: this.#serviceName.get(id) as string,
      spans,
      logs,
      points,
    }))
  }

  /** After rows were removed or rolled back that are known by id. */
  forgetIds(): void {
    this.#counted = new Map()
    this.#intern.forget()
    this.#points.forget()
  }

  isNewRequest(signal: string, payload: Uint8Array, nowUnixNano: bigint): boolean {
    return this.#requests.isNew(signal, payload, nowUnixNano)
  }

  forgetOldRequests(nowUnixNano: bigint): void {
    this.#requests.forgetOld(nowUnixNano)
  }

  /** Stores all batches' spans in one sorted run, so that the identity index is walked in order. */
  writeTraces(batches: readonly TraceBatch[], nowUnixNano: bigint): Written {
    const rows = sortedByTrace(batches.flatMap((batch) => this.#spanRows(batch)))
    const { inserted, rejectedTwins, lastIdBefore } = this.#spans.write(rows)
    const { added: traces, withErrors } = this.#traces.write(inserted)
    const hiding = this.#hidden.settle(withErrors, lastIdBefore)
    this.#rollups.add(inserted.map((row) => toFold(row, hiding.take(row.span) ? Outcome.implicit : row.outcome)))
    this.counts.addTally('spans', inserted.length)
    this.counts.addTally('traces', traces)
    this.counts.addLoss('traces', tooManyTwins, rejectedTwins, nowUnixNano)
    const deltas = new Map<number, ServiceDelta>()
    let bytes = 0
    for (const { serviceId, span } of inserted) {
      bytes += spanBytes(span)
      const delta = deltaOf(deltas, serviceId)
      delta.spans++
      if (span.statusCode === StatusCode.error) delta.errors++
      if (span.startUnixNano > delta.lastSeenUnixNano) delta.lastSeenUnixNano = span.startUnixNano
    }
    this.counts.addTally('span_bytes', bytes)
    this.#countServices(deltas)
    return {
      ...written,
      spans: inserted.length,
      traces,
      repeated: rows.length - inserted.length - rejectedTwins,
      refused: refusedFor(tooManyTwins, rejectedTwins),
    }
  }

  /** `nowUnixNano` stands in for records without any time; those that are `known` are left out. */
  writeLogs(batches: readonly LogBatch[], nowUnixNano: bigint, known?: KnownRecords): Written {
    const all = batches.flatMap((batch) => this.#logRows(batch))
    const rows = known ? all.filter((row) => !known.hasLog(row, nowUnixNano)) : all
    this.#logs.write(rows, nowUnixNano)
    this.counts.addTally('logs', rows.length)
    const deltas = new Map<number, ServiceDelta>()
    let bytes = 0
    for (const { serviceId, service, log } of rows) {
      bytes += logBytes(log)
      const delta = deltaOf(deltas, serviceId)
      delta.logs++
      const time = timeOf(log, nowUnixNano)
      if (time > delta.lastSeenUnixNano) delta.lastSeenUnixNano = time
      this.annotations.note(log, time, service)
    }
    this.counts.addTally('log_bytes', bytes)
    this.#countServices(deltas)
    return { ...written, logs: rows.length, repeated: all.length - rows.length }
  }

  writeMetrics(batches: readonly MetricBatch[], nowUnixNano: bigint, known?: KnownRecords): Written {
    const rows = batches.flatMap((batch) => this.#metricRows(batch))
    const { kept, rejected, repeated } = this.#points.write(rows, known)
    this.counts.addLoss('metrics', tooManySeries, rejected, nowUnixNano)
    const deltas = new Map<number, ServiceDelta>()
    let points = 0
    let bytes = 0
    for (const { serviceId, metric } of kept) {
      const delta = deltaOf(deltas, serviceId)
      delta.points += metric.points.length
      points += metric.points.length
      for (const point of metric.points) {
        const { timeUnixNano } = point
        bytes += pointBytes(point)
        if (timeUnixNano > delta.lastSeenUnixNano) delta.lastSeenUnixNano = timeUnixNano
      }
    }
    this.counts.addTally('points', points)
    this.counts.addTally('point_bytes', bytes)
    this.#countServices(deltas)
    return { ...written, points, repeated, refused: refusedFor(tooManySeries, rejected) }
  }

  /** Answers how many were left out, by reason. */
  writeNotes(notes: readonly NoteRecord[]): ReadonlyMap<string, number> {
    return refusedFor(tooManyNotes, mergeNotes(this.#db, notes))
  }

  #countServices(deltas: ReadonlyMap<number, ServiceDelta>): void {
    this.counts.addServices(deltas)
    for (const [id, { spans, logs, points }] of deltas) {
      const sum = deltaOf(this.#counted, id)
      sum.spans += spans
      sum.logs += logs
      sum.points += points
    }
  }

  #metricRows(batch: MetricBatch): MetricRow[] {
    const resources = batch.resources.map((resource) => this.#intern.resource(resource))
    const scopes = batch.scopes.map((scope) => this.#intern.scope(scope))
    return batch.records.map((metric) => {
      const resource = at(resources, metric.resource)
      return { metric, serviceId: resource.serviceId, resourceId: resource.id, scopeId: at(scopes, metric.scope) }
    })
  }

  #spanRows(batch: TraceBatch): SpanRow[] {
    const resources = batch.resources.map((resource) => this.#intern.resource(resource))
    const scopes = batch.scopes.map((scope) => this.#intern.scope(scope))
    return batch.records.map((span) => {
      const resource = at(resources, span.resource)
      return {
        span,
        serviceId: resource.serviceId,
        operationId: this.#intern.operation(resource.serviceId, span.name, span.kind),
        resourceId: resource.id,
        scopeId: at(scopes, span.scope),
        outcome: outcomeOf(span),
      }
    })
  }

  #logRows(batch: LogBatch): LogRow[] {
    const resources = batch.resources.map((resource) => this.#intern.resource(resource))
    const scopes = batch.scopes.map((scope) => this.#intern.scope(scope))
    return batch.records.map((log) => {
      const resource = at(resources, log.resource)
      const service = at(batch.resources, log.resource).serviceName
      return { log, service, serviceId: resource.serviceId, resourceId: resource.id, scopeId: at(scopes, log.scope) }
    })
  }
}

function toFold({ span, serviceId, operationId }: SpanRow, outcome: OutcomeCode): FoldedSpan {
  return {
    serviceId,
    operationId,
    kind: foldedKind(span.kind),
    entry: isEntry(span.kind, span.parentSpanId === null),
    outcome,
    weight: weightOf(span.traceState),
    durationNs: foldedDurationNs(span.endUnixNano - span.startUnixNano),
    startUnixNano: span.startUnixNano,
    traceId: span.traceId,
    spanId: span.spanId,
  }
}

function deltaOf(deltas: Map<number, ServiceDelta>, serviceId: number): ServiceDelta {
  let delta = deltas.get(serviceId)
  if (!delta) {
    delta = { spans: 0, errors: 0, logs: 0, points: 0, lastSeenUnixNano: 0n }
    deltas.set(serviceId, delta)
  }
  return delta
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new RangeError(`a record points at entry ${index} of ${items.length}`)
  return item
}

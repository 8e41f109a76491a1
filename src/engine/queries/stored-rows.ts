/** Rows of spans and logs with what they share, as details and export read them. */

import type { MetricType } from '#shared/model/metric.ts'
import type { ReadDb } from '../store/database.ts'
import { statement } from './statements.ts'

export interface StoredSpan {
  readonly id: bigint
  readonly trace_id: Buffer
  readonly span_id: Buffer
  readonly twin: bigint
  readonly parent_span_id: Buffer | null
  readonly name: string
  readonly kind: bigint
  readonly service: string
  readonly resource_id: bigint
  readonly scope_id: bigint
  readonly start_unix_nano: bigint
  readonly duration_ns: bigint
  readonly status_code: bigint
  readonly status_message: string
  readonly flags: bigint
  readonly trace_state: string
  readonly attributes: Buffer
  readonly dropped_attributes_count: bigint
  readonly events: Buffer | null
  readonly dropped_events_count: bigint
  readonly links: Buffer | null
  readonly dropped_links_count: bigint
}

const spanSelect = `SELECT span.*, operation.name AS name, operation.kind AS kind, service.name AS service
  FROM span JOIN operation ON operation.id = span.operation_id JOIN service ON service.id = operation.service_id`

export function spanByKey(db: ReadDb, traceId: Buffer, spanId: Buffer, twin: number): StoredSpan | undefined {
  return db
    .prepare(`${spanSelect} WHERE span.trace_id = ? AND span.span_id = ? AND span.twin = ?`)
    .get(traceId, spanId, twin) as StoredSpan | undefined
}

/** A trace's spans in pieces, sorted by resource and scope, then as they arrived. */
export function* spansOfTrace(db: ReadDb, traceId: Buffer): Generator<StoredSpan[]> {
  const ids = db.prepare('SELECT id FROM span WHERE trace_id = ? ORDER BY resource_id, scope_id, id').pluck()
  yield* spansInPieces(db, ids.safeIntegers(false).all(traceId) as number[])
}

/** The same, sorted by start. */
export function* spansInOrder(db: ReadDb, traceId: Buffer): Generator<StoredSpan[]> {
  const ids = db
    .prepare('SELECT id FROM span WHERE trace_id = ? ORDER BY start_unix_nano, duration_ns DESC, id')
    .pluck()
  yield* spansInPieces(db, ids.safeIntegers(false).all(traceId) as number[])
}

function* spansInPieces(db: ReadDb, ids: readonly number[]): Generator<StoredSpan[]> {
  yield* inPieces(ids, (piece) => {
    const rows = statement(db, `${spanSelect} WHERE span.id IN (SELECT value FROM json_each(?))`).all(piece)
    return rows as StoredSpan[]
  })
}

const pieceRows = 1_000

/** Rows of a sorted list of ids, a statement per piece, in the order of the list. Ids are numbers: eight bytes each. */
function* inPieces<Row extends { readonly id: bigint }>(
  ids: readonly number[],
  read: (ids: string) => Row[],
): Generator<Row[]> {
  for (let first = 0; first < ids.length; first += pieceRows) {
    const piece = ids.slice(first, first + pieceRows)
    const rows = new Map(read(`[${piece.join(',')}]`).map((row) => [Number(row.id), row]))
    // A row may have been pruned since its id was read.
    yield piece.flatMap((id) => rows.get(id) ?? [])
  }
}

export interface StoredLog {
  readonly id: bigint
  readonly resource_id: bigint
  readonly scope_id: bigint
  /** What it is sorted by: its time, else when it was observed, else when it was received. */
  readonly at_unix_nano: bigint
  readonly time_unix_nano: bigint
  readonly observed_time_unix_nano: bigint
  readonly severity_number: bigint
  readonly severity_text: string
  readonly body: Buffer | null
  readonly attributes: Buffer
  readonly dropped_attributes_count: bigint
  readonly flags: bigint
  readonly event_name: string
  readonly trace_id: Buffer | null
  readonly span_id: Buffer | null
}

/** A trace's log records in pieces, sorted by resource and scope, then by time. */
export function* logsOfTrace(db: ReadDb, traceId: Buffer): Generator<StoredLog[]> {
  const ids = db
    .prepare('SELECT id FROM log_record WHERE trace_id = ? ORDER BY resource_id, scope_id, at_unix_nano, id')
    .pluck()
  yield* logsById(db, ids.safeIntegers(false).all(traceId) as number[])
}

/** The same, sorted by time alone. */
export function* logsInOrder(db: ReadDb, traceId: Buffer): Generator<StoredLog[]> {
  const ids = db.prepare('SELECT id FROM log_record WHERE trace_id = ? ORDER BY at_unix_nano, id').pluck()
  yield* logsById(db, ids.safeIntegers(false).all(traceId) as number[])
}

/** Log records in the order of their ids' list, in pieces. */
export function* logsById(db: ReadDb, ids: readonly number[]): Generator<StoredLog[]> {
  yield* inPieces(ids, (piece) => {
    const rows = statement(db, 'SELECT * FROM log_record WHERE id IN (SELECT value FROM json_each(?))').all(piece)
    return rows as StoredLog[]
  })
}

export interface StoredResource {
  readonly attributes: Buffer
  readonly dropped_attributes_count: bigint
  readonly entity_refs: Buffer | null
  readonly schema_url: string
}

export function resourceById(db: ReadDb, id: bigint): StoredResource {
  return statement(db, 'SELECT * FROM resource WHERE id = ?').get(id) as StoredResource
}

export interface StoredScope {
  readonly name: string
  readonly version: string
  readonly attributes: Buffer
  readonly dropped_attributes_count: bigint
  readonly schema_url: string
}

export function scopeById(db: ReadDb, id: bigint): StoredScope {
  return statement(db, 'SELECT * FROM scope WHERE id = ?').get(id) as StoredScope
}

export interface StoredMetric {
  readonly id: bigint
  readonly name: string
  readonly type: MetricType
  readonly unit: string
  readonly description: string
  readonly temporality: bigint
  readonly monotonic: bigint
  readonly metadata: Buffer | null
  readonly point_count: bigint
}

export function metricsNamed(db: ReadDb, name: string): StoredMetric[] {
  return db.prepare('SELECT * FROM metric WHERE name = ? ORDER BY id').all(name) as StoredMetric[]
}

export interface StoredPoint {
  readonly id: bigint
  readonly series_id: bigint
  readonly time_unix_nano: bigint
  readonly start_unix_nano: bigint
  readonly flags: bigint
  readonly int_value: bigint | null
  readonly double_value: number | null
  readonly count: bigint | null
  readonly sum: number | null
  readonly min: number | null
  readonly max: number | null
  readonly detail: Buffer | null
}

export interface StoredSeries {
  readonly id: bigint
  readonly service: string
  readonly resource_id: bigint
  readonly scope_id: bigint
  readonly attributes: Buffer
}

const seriesSelect = `SELECT series.id, service.name AS service, resource_id, scope_id, attributes
  FROM series JOIN service ON service.id = service_id`

/** Sorted by resource and scope. */
export function seriesOfMetric(db: ReadDb, metricId: bigint): StoredSeries[] {
  return db
    .prepare(`${seriesSelect} WHERE metric_id = ? ORDER BY resource_id, scope_id, series.id`)
    .all(metricId) as StoredSeries[]
}

/** Undefined when it was pruned since its id was read. */
export function seriesById(db: ReadDb, id: number): StoredSeries | undefined {
  return statement(db, `${seriesSelect} WHERE series.id = ?`).get(id) as StoredSeries | undefined
}

export interface StoredExemplar {
  readonly time_unix_nano: bigint
  readonly int_value: bigint | null
  readonly double_value: number | null
  readonly detail: Buffer | null
  readonly trace_id: Buffer | null
  readonly span_id: Buffer | null
  readonly attributes: Buffer
}

export function exemplarsOfPoint(db: ReadDb, pointId: bigint): StoredExemplar[] {
  return statement(db, 'SELECT * FROM exemplar WHERE point_id = ? ORDER BY id').all(pointId) as StoredExemplar[]
}

/** Removes rows together with everything that is counted about them. Every function runs in the caller's transaction. */

import type { Statement } from 'better-sqlite3'
import type { WriteDb } from './database.ts'
import type { CountWriter, ServiceDelta, Tally } from './write-counts.ts'

/** Tombstones of pruned traces that are kept, so that a link to one says what became of it. */
const maxTombstones = 100_000

export interface PrunedRows {
  spans: number
  logs: number
  points: number
}

interface SpanKeyRow {
  readonly id: number
  readonly service_id: number
  readonly is_error: number
}

export class Pruner {
  readonly #db: WriteDb
  readonly #counts: CountWriter
  readonly #statements = new Map<string, Statement>()

  constructor(db: WriteDb, counts: CountWriter) {
    this.#db = db
    this.#counts = counts
  }

  /** Marks a trace as pruned and takes it out of every list; its rows go with `finishTrace`. */
  bury(traceId: Buffer, reason: string, nowUnixNano: bigint): void {
    this.#sql('DELETE FROM pruned_trace WHERE trace_id = ?').run(traceId)
    const { lastInsertRowid } = this.#sql(
      'INSERT INTO pruned_trace (trace_id, pruned_unix_nano, reason, unfinished) VALUES (?, ?, ?, 1)',
    ).run(traceId, nowUnixNano, reason)
    this.#sql('DELETE FROM pruned_trace WHERE id <= ? AND unfinished = 0').run(
      BigInt(lastInsertRowid) - BigInt(maxTombstones),
    )
    // Rollups of these spans can't be computed anew from here on.
    this.#sql(
      `INSERT INTO rollup_state (name, value)
       SELECT 'pruned_until_unix_s', end_unix_nano / 1000000000 + 1 FROM trace WHERE trace_id = ?
       ON CONFLICT DO UPDATE SET value = max(value, excluded.value)`,
    ).run(traceId)
    this.#dropSummary(traceId)
  }

  /** Removes up to `limit` rows of a buried trace, its logs included. */
  finishTrace(traceId: Buffer, reason: string, limit: number, nowUnixNano: bigint): PrunedRows {
    const spans = this.#sql(
      `SELECT span.id, operation.service_id, span.status_code = 2 AS is_error
         FROM span JOIN operation ON operation.id = span.operation_id WHERE span.trace_id = ? LIMIT ?`,
    ).all(traceId, limit) as SpanKeyRow[]
    this.#deleteByIds('span', spans)
    const logs = this.#sql('SELECT id, service_id FROM log_record WHERE trace_id = ? LIMIT ?').all(
      traceId,
      limit - spans.length,
    ) as { id: number; service_id: number }[]
    this.#deleteLogs(logs)
    if (spans.length + logs.length < limit) {
      this.#sql('DELETE FROM span_link WHERE trace_id = ?').run(traceId)
      this.#sql('UPDATE pruned_trace SET unfinished = 0 WHERE trace_id = ?').run(traceId)
      // Spans that came after the burial brought a new summary; they are gone as well.
      this.#dropSummary(traceId)
    }
    const deltas = new Deltas()
    for (const { service_id, is_error } of spans) {
      deltas.of(service_id).spans--
      deltas.of(service_id).errors -= is_error
    }
    for (const { service_id } of logs) deltas.of(service_id).logs--
    this.#counts.addServices(deltas.byService)
    this.#uncount('spans', 'span_bytes', spans.length)
    this.#uncount('logs', 'log_bytes', logs.length)
    this.#counts.addLoss('traces', reason, spans.length, nowUnixNano)
    this.#counts.addLoss('logs', reason, logs.length, nowUnixNano)
    return { spans: spans.length, logs: logs.length, points: 0 }
  }

  logs(
    rows: readonly { readonly id: number; readonly service_id: number }[],
    reason: string,
    nowUnixNano: bigint,
  ): void {
    this.#deleteLogs(rows)
    const deltas = new Deltas()
    for (const { service_id } of rows) deltas.of(service_id).logs--
    this.#counts.addServices(deltas.byService)
    this.#uncount('logs', 'log_bytes', rows.length)
    this.#counts.addLoss('logs', reason, rows.length, nowUnixNano)
  }

  /** Removes points, and series that have none left. */
  points(
    rows: readonly {
      readonly id: number
      readonly series_id: number
      readonly metric_id: number
      readonly service_id: number
    }[],
    reason: string,
    nowUnixNano: bigint,
  ): void {
    const ids = JSON.stringify(rows.map(({ id }) => id))
    this.#sql('DELETE FROM exemplar WHERE point_id IN (SELECT value FROM json_each(?))').run(ids)
    this.#deleteByIds('point', rows)
    const deltas = new Deltas()
    const perMetric = new Map<number, number>()
    for (const { service_id, metric_id } of rows) {
      deltas.of(service_id).points--
      perMetric.set(metric_id, (perMetric.get(metric_id) ?? 0) + 1)
    }
    for (const [metricId, count] of perMetric) {
      this.#sql('UPDATE metric SET point_count = point_count - ? WHERE id = ?').run(count, metricId)
    }
    const emptied = this.#sql(
      `DELETE FROM series WHERE id IN (SELECT value FROM json_each(?))
          AND NOT EXISTS (SELECT 1 FROM point WHERE point.series_id = series.id) RETURNING metric_id`,
    ).all(JSON.stringify([...new Set(rows.map(({ series_id }) => series_id))])) as { metric_id: number }[]
    for (const { metric_id } of emptied) {
      this.#sql('UPDATE metric SET series_count = series_count - 1 WHERE id = ?').run(metric_id)
    }
    this.#counts.addServices(deltas.byService)
    this.#uncount('points', 'point_bytes', rows.length)
    this.#counts.addLoss('metrics', reason, rows.length, nowUnixNano)
  }

  #dropSummary(traceId: Buffer): void {
    const { changes } = this.#sql('DELETE FROM trace WHERE trace_id = ?').run(traceId)
    this.#counts.addTally('traces', -changes)
  }

  #deleteLogs(rows: readonly { readonly id: number }[]): void {
    this.#deleteByIds('log_record', rows)
    const ids = JSON.stringify(rows.map(({ id }) => id))
    if (rows.length > 0) this.#sql('DELETE FROM log_text WHERE rowid IN (SELECT value FROM json_each(?))').run(ids)
  }

  #deleteByIds(table: 'span' | 'log_record' | 'point', rows: readonly { readonly id: number }[]): void {
    if (rows.length === 0) return
    const ids = JSON.stringify(rows.map(({ id }) => id))
    this.#sql(`DELETE FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`).run(ids)
  }

  /** Rows of one signal are taken to be of one size: their bytes leave in proportion. */
  #uncount(name: Tally, bytesName: Tally, removed: number): void {
    if (removed === 0) return
    const value = this.#sql('SELECT value FROM tally WHERE name = ?').pluck()
    const count = Number(value.get(name) ?? 0)
    const bytes = Number(value.get(bytesName) ?? 0)
    this.#counts.addTally(name, -removed)
    this.#counts.addTally(bytesName, -Math.round((bytes * removed) / Math.max(1, count)))
  }

  #sql(text: string): Statement {
    let statement = this.#statements.get(text)
    if (!statement) {
      statement = this.#db.prepare(text).safeIntegers(false)
      this.#statements.set(text, statement)
    }
    return statement
  }
}

class Deltas {
  readonly byService = new Map<number, ServiceDelta>()

  of(serviceId: number): ServiceDelta {
    let delta = this.byService.get(serviceId)
    if (!delta) {
      delta = { spans: 0, errors: 0, logs: 0, points: 0, lastSeenUnixNano: 0n }
      this.byService.set(serviceId, delta)
    }
    return delta
  }
}

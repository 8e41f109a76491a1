/** Puts metric points into the store: the metric and its series once, then one row per point. */

import { createHash } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import type { MetricRecord, PointRecord } from '#shared/model/batch.ts'
import type { WriteDb } from './database.ts'
import { type Column, MultiInsert } from './multi-insert.ts'

/** A metric with the ids of the rows it shares with others. */
export interface MetricRow {
  readonly metric: MetricRecord
  readonly serviceId: number
  readonly resourceId: number
  readonly scopeId: number
}

const pointColumns = [
  'id',
  'series_id',
  'time_unix_nano',
  'start_unix_nano',
  'flags',
  'int_value',
  'double_value',
  'count',
  'sum',
  'min',
  'max',
  'detail',
] as const
const exemplarColumns = [
  'point_id',
  'time_unix_nano',
  'int_value',
  'double_value',
  'detail',
  'trace_id',
  'span_id',
  'attributes',
] as const

/** Above this the cache starts anew: attributes without end must not fill the memory. */
const maxCachedSeries = 50_000

export class PointWriter {
  readonly #lastId: Statement
  readonly #metricIds = new Map<string, number>()
  readonly #seriesIds = new Map<string, number>()
  readonly #findMetric: Statement
  readonly #addMetric: Statement
  readonly #findSeries: Statement
  readonly #addSeries: Statement
  readonly #countPoints: Statement
  readonly #countSeries: Statement
  readonly #insertPoints: MultiInsert
  readonly #insertExemplars: MultiInsert

  constructor(db: WriteDb) {
    this.#lastId = db.prepare('SELECT coalesce(max(id), 0) FROM point').pluck()
    this.#findMetric = db.prepare('SELECT id FROM metric WHERE digest = ?').pluck()
    this.#addMetric = db.prepare(
      'INSERT INTO metric (digest, name, type, unit, description, temporality, monotonic, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#findSeries = db.prepare('SELECT id FROM series WHERE digest = ?').pluck()
    this.#addSeries = db.prepare(
      'INSERT INTO series (digest, metric_id, service_id, resource_id, scope_id, attributes) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#countPoints = db.prepare(
      `UPDATE metric SET point_count = point_count + @points, last_time_unix_nano = max(ifnull(last_time_unix_nano, 0), @lastTime)
        WHERE id = @metric`,
    )
    this.#countSeries = db.prepare(
      `UPDATE metric SET series_count = series_count + 1,
              service_ids = (SELECT json_group_array(id) FROM (
                SELECT value AS id FROM json_each(service_ids) UNION SELECT @service ORDER BY id))
        WHERE id = @metric`,
    )
    this.#insertPoints = new MultiInsert(db, `INSERT INTO point (${pointColumns.join(', ')})`, pointColumns.length)
    this.#insertExemplars = new MultiInsert(
      db,
      `INSERT INTO exemplar (${exemplarColumns.join(', ')})`,
      exemplarColumns.length,
    )
  }

  /** Inserts within the caller's transaction. */
  write(rows: readonly MetricRow[]): void {
    let pointId = Number(this.#lastId.get())
    const points: Column[] = []
    const exemplars: Column[] = []
    for (const row of rows) {
      const metricId = this.#metricId(row.metric)
      let lastTime = 0n
      for (const point of row.metric.points) {
        pointId++
        if (point.timeUnixNano > lastTime) lastTime = point.timeUnixNano
        pushPoint(points, pointId, this.#seriesId(metricId, row, point), point)
        for (const exemplar of point.exemplars) {
          const { timeUnixNano, intValue, doubleValue, detail, traceId, spanId, attributes } = exemplar
          exemplars.push(pointId, timeUnixNano, intValue, doubleValue, detail, traceId, spanId, attributes)
        }
      }
      if (row.metric.points.length > 0) {
        this.#countPoints.run({ points: row.metric.points.length, lastTime, metric: metricId })
      }
    }
    this.#insertPoints.run(points)
    this.#insertExemplars.run(exemplars)
  }

  /** Forgets ids that a rolled-back transaction took with it. */
  forget(): void {
    this.#metricIds.clear()
    this.#seriesIds.clear()
  }

  /** A change of type, unit or temporality makes another metric of the same name: both are kept apart. */
  #metricId(metric: MetricRecord): number {
    const { name, type, unit, description, temporality, monotonic, metadata } = metric
    const key = JSON.stringify([name, type, unit, description, temporality, monotonic, metadata && latin1(metadata)])
    let id = this.#metricIds.get(key)
    if (id === undefined) {
      const digest = createHash('sha256').update(key).digest()
      const found = this.#findMetric.get(digest) as bigint | undefined
      id = Number(
        found ??
          this.#addMetric.run(digest, name, type, unit, description, temporality, monotonic ? 1 : 0, metadata)
            .lastInsertRowid,
      )
      if (this.#metricIds.size >= maxCachedSeries) this.#metricIds.clear()
      this.#metricIds.set(key, id)
    }
    return id
  }

  #seriesId(metricId: number, row: MetricRow, { attributes }: PointRecord): number {
    const key = `${metricId} ${row.resourceId} ${row.scopeId} ${latin1(attributes)}`
    let id = this.#seriesIds.get(key)
    if (id === undefined) {
      const digest = createHash('sha256').update(key, 'latin1').digest()
      const found = this.#findSeries.get(digest) as bigint | undefined
      id = Number(found ?? this.#addNewSeries(digest, metricId, row, attributes))
      if (this.#seriesIds.size >= maxCachedSeries) this.#seriesIds.clear()
      this.#seriesIds.set(key, id)
    }
    return id
  }

  #addNewSeries(digest: Buffer, metricId: number, row: MetricRow, attributes: Uint8Array): number | bigint {
    this.#countSeries.run({ service: row.serviceId, metric: metricId })
    return this.#addSeries.run(digest, metricId, row.serviceId, row.resourceId, row.scopeId, attributes).lastInsertRowid
  }
}

function pushPoint(columns: Column[], id: number, seriesId: number, point: PointRecord): void {
  columns.push(
    id,
    seriesId,
    point.timeUnixNano,
    point.startUnixNano,
    point.flags,
    point.intValue,
    point.doubleValue,
    point.count,
    point.sum,
    point.min,
    point.max,
    point.detail,
  )
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** Puts metric points into the store: the metric and its series once, then one row per point. */

import { createHash } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import type { MetricRecord, PointRecord } from '#shared/model/batch.ts'
import type { WriteDb } from './database.ts'
import { latin1 } from './intern.ts'
import type { KnownRecords } from './known-records.ts'
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

/**
 * A metric has at most so many series: an attribute that takes a new value every time would otherwise make more of them than
 * anyone can read. Points of further ones are lost and counted.
 */
export const maxSeriesPerMetric = 100_000

export interface PointsWritten {
  /** The metrics with the points that were stored. */
  readonly kept: readonly MetricRow[]
  /** Points whose series would have been one too many. */
  readonly rejected: number
  /** Points that were known. */
  readonly repeated: number
}

/** Above this the cache starts anew: attributes without end must not fill the memory. */
const maxCachedSeries = 50_000

export class PointWriter {
  readonly #lastId: Statement
  readonly #metricIds = new Map<string, number>()
  readonly #seriesIds = new Map<string, number>()
  /** By metric; a metric that isn't here is counted when it gets its next series. */
  readonly #seriesCounts = new Map<number, number>()
  readonly #findMetric: Statement
  readonly #addMetric: Statement
  readonly #findSeries: Statement
  readonly #addSeries: Statement
  readonly #countPoints: Statement
  readonly #countSeries: Statement
  readonly #seriesCount: Statement
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
    this.#seriesCount = db.prepare('SELECT series_count FROM metric WHERE id = ?').pluck()
    this.#insertPoints = new MultiInsert(db, `INSERT INTO point (${pointColumns.join(', ')})`, pointColumns.length)
    this.#insertExemplars = new MultiInsert(
      db,
      `INSERT INTO exemplar (${exemplarColumns.join(', ')})`,
      exemplarColumns.length,
    )
  }

  /** Inserts within the caller's transaction; points that are `known` are left out. */
  write(rows: readonly MetricRow[], known?: KnownRecords): PointsWritten {
    let pointId = Number(this.#lastId.get())
    const points: Column[] = []
    const exemplars: Column[] = []
    const kept: MetricRow[] = []
    let rejected = 0
    let repeated = 0
    for (const row of rows) {
      const metricId = this.#metricId(row.metric)
      let lastTime = 0n
      const stored: PointRecord[] = []
      for (const point of row.metric.points) {
        const seriesId = this.#seriesId(metricId, row, point)
        if (seriesId === undefined) {
          rejected++
          continue
        }
        if (known?.hasPoint(seriesId, point)) {
          repeated++
          continue
        }
        pointId++
        stored.push(point)
        if (point.timeUnixNano > lastTime) lastTime = point.timeUnixNano
        pushPoint(points, pointId, seriesId, point)
        for (const exemplar of point.exemplars) {
          const { timeUnixNano, intValue, doubleValue, detail, traceId, spanId, attributes } = exemplar
          exemplars.push(pointId, timeUnixNano, intValue, doubleValue, detail, traceId, spanId, attributes)
        }
      }
      if (stored.length > 0) this.#countPoints.run({ points: stored.length, lastTime, metric: metricId })
      kept.push(
        stored.length === row.metric.points.length ? row : { ...row, metric: { ...row.metric, points: stored } },
      )
    }
    this.#insertPoints.run(points)
    this.#insertExemplars.run(exemplars)
    return { kept, rejected, repeated }
  }

  /** Forgets ids that a rolled-back transaction took with it. */
  forget(): void {
    this.#metricIds.clear()
    this.#seriesIds.clear()
    this.#seriesCounts.clear()
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

  /** Undefined when the metric has as many series as it may. */
  #seriesId(metricId: number, row: MetricRow, { attributes }: PointRecord): number | undefined {
    const key = `${metricId} ${row.resourceId} ${row.scopeId} ${latin1(attributes)}`
    let id = this.#seriesIds.get(key)
    if (id === undefined) {
      const digest = createHash('sha256').update(key, 'latin1').digest()
      const found = this.#findSeries.get(digest) as bigint | undefined
      const added = found ?? this.#addNewSeries(digest, metricId, row, attributes)
      if (added === undefined) return undefined
      id = Number(added)
      if (this.#seriesIds.size >= maxCachedSeries) this.#seriesIds.clear()
      this.#seriesIds.set(key, id)
    }
    return id
  }

  #addNewSeries(digest: Buffer, metricId: number, row: MetricRow, attributes: Uint8Array): number | bigint | undefined {
    const count = this.#seriesCounts.get(metricId) ?? Number(this.#seriesCount.get(metricId))
    if (count >= maxSeriesPerMetric) return undefined
    this.#seriesCounts.set(metricId, count + 1)
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

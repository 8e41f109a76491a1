/**
 * Which imported log records and points are stored already: they have no ids, so everything they say is compared with
 * what others stored, before the import began or while it runs. Each stored record stands for one of the file: equal
 * records within a file stay as many as they are, and an import that was cut off can be repeated.
 */

import type { Statement } from 'better-sqlite3'
import type { ExemplarRecord, PointRecord } from '#shared/model/batch.ts'
import type { WriteDb } from './database.ts'
import { type LogRow, timeOf } from './write-logs.ts'

/** Ids that were found, one bit each. */
class IdSet {
  #bits = new Uint8Array(1024)

  has(id: number): boolean {
    return ((this.#bits[id >> 3] ?? 0) & (1 << (id & 7))) !== 0
  }

  add(id: number): void {
    if (id >> 3 >= this.#bits.length) {
      const grown = new Uint8Array(2 * (id >> 3) + 1024)
      grown.set(this.#bits)
      this.#bits = grown
    }
    this.#bits[id >> 3] = (this.#bits[id >> 3] ?? 0) | (1 << (id & 7))
  }
}

/** Which rows of a table are not this import's own, and which of those were found. */
class OthersIds {
  readonly #greatest: Statement
  readonly #found = new IdSet()
  #seen = 0
  /** The greatest; 0 while there are none. */
  last = 0

  constructor(db: WriteDb, table: 'log_record' | 'point') {
    this.#greatest = db.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck()
  }

  /** Runs what inserts rows of this import, in the transaction of nobody else. */
  around<T>(insert: () => T): T {
    const before = Number(this.#greatest.get())
    if (before > this.#seen) this.last = before
    const result = insert()
    const after = Number(this.#greatest.get())
    for (let id = before + 1; id <= after; id++) this.#found.add(id)
    this.#seen = after
    return result
  }

  /** Whether one of `ids` was not found before: it is now. */
  find(ids: readonly bigint[]): boolean {
    const next = ids.map(Number).find((id) => !this.#found.has(id))
    if (next === undefined) return false
    this.#found.add(next)
    return true
  }
}

export class KnownRecords {
  readonly logs: OthersIds
  readonly points: OthersIds
  readonly #sameLogs: Statement
  readonly #samePoints: Statement
  readonly #exemplars: Statement

  constructor(db: WriteDb) {
    this.logs = new OthersIds(db, 'log_record')
    this.points = new OthersIds(db, 'point')
    this.#sameLogs = db
      .prepare(
        `SELECT id FROM log_record
          WHERE at_unix_nano = @at AND severity_number = @severityNumber AND service_id = @serviceId AND id <= @last
            AND time_unix_nano = @timeUnixNano AND observed_time_unix_nano = @observedTimeUnixNano
            AND severity_text = @severityText AND body IS @body AND attributes = @attributes
            AND dropped_attributes_count = @droppedAttributesCount AND flags = @flags AND event_name = @eventName
            AND trace_id IS @traceId AND span_id IS @spanId AND resource_id = @resourceId AND scope_id = @scopeId
          ORDER BY id`,
      )
      .pluck()
    this.#samePoints = db
      .prepare(
        `SELECT id FROM point
          WHERE series_id = @seriesId AND time_unix_nano = @timeUnixNano AND id <= @last
            AND start_unix_nano = @startUnixNano AND flags = @flags AND int_value IS @intValue
            AND double_value IS @doubleValue AND count IS @count AND sum IS @sum AND min IS @min AND max IS @max
            AND detail IS @detail
          ORDER BY id`,
      )
      .pluck()
    this.#exemplars = db.prepare(
      `SELECT time_unix_nano, int_value, double_value, detail, trace_id, span_id, attributes FROM exemplar
        WHERE point_id = ? ORDER BY id`,
    )
  }

  hasLog({ log, serviceId, resourceId, scopeId }: LogRow, fallbackUnixNano: bigint): boolean {
    if (this.logs.last === 0) return false
    const { resource: _resource, scope: _scope, searchText: _text, ...columns } = log
    const at = timeOf(log, fallbackUnixNano)
    const same = this.#sameLogs.all({ ...columns, at, serviceId, resourceId, scopeId, last: this.logs.last })
    return this.logs.find(same as bigint[])
  }

  hasPoint(seriesId: number, { attributes: _attributes, exemplars, ...columns }: PointRecord): boolean {
    if (this.points.last === 0) return false
    const same = this.#samePoints.all({
      ...columns,
      doubleValue: stored(columns.doubleValue),
      sum: stored(columns.sum),
      min: stored(columns.min),
      max: stored(columns.max),
      seriesId,
      last: this.points.last,
    }) as bigint[]
    return this.points.find(same.filter((id) => this.#hasExemplars(id, exemplars)))
  }

  #hasExemplars(pointId: bigint, exemplars: readonly ExemplarRecord[]): boolean {
    const found = this.#exemplars.raw().all(pointId) as unknown[][]
    return (
      found.length === exemplars.length && exemplars.every((exemplar, index) => isSame(exemplar, found[index] ?? []))
    )
  }
}

function isSame(exemplar: ExemplarRecord, row: readonly unknown[]): boolean {
  const { timeUnixNano, intValue, doubleValue, detail, traceId, spanId, attributes } = exemplar
  const columns = [timeUnixNano, intValue, stored(doubleValue), detail, traceId, spanId, attributes]
  return columns.every((column, index) => {
    const other = row[index]
    return column instanceof Uint8Array && other instanceof Uint8Array
      ? Buffer.compare(column, other) === 0
      : column === other || (typeof column === 'number' && Number(other) === column)
  })
}

/** SQLite stores NaN as NULL and has no negative zero. */
function stored(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : value + 0
}

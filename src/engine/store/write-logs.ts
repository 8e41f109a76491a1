/** Puts log records into the store and their text into the full-text index. */

import type { Statement } from 'better-sqlite3'
import type { LogRecord } from '#shared/model/batch.ts'
import type { WriteDb } from './database.ts'
import { type Column, MultiInsert } from './multi-insert.ts'

export interface LogRow {
  readonly log: LogRecord
  /** `service.name` of its resource. */
  readonly service: string
  readonly serviceId: number
  readonly resourceId: number
  readonly scopeId: number
}

const logColumns = [
  'id',
  'at_unix_nano',
  'time_unix_nano',
  'observed_time_unix_nano',
  'severity_number',
  'severity_text',
  'body',
  'attributes',
  'dropped_attributes_count',
  'flags',
  'event_name',
  'trace_id',
  'span_id',
  'service_id',
  'resource_id',
  'scope_id',
] as const

export class LogWriter {
  readonly #lastId: Statement
  readonly #insert: MultiInsert
  readonly #insertText: MultiInsert

  constructor(db: WriteDb) {
    this.#lastId = db.prepare('SELECT coalesce(max(id), 0) FROM log_record').pluck()
    this.#insert = new MultiInsert(db, `INSERT INTO log_record (${logColumns.join(', ')})`, logColumns.length)
    this.#insertText = new MultiInsert(db, 'INSERT INTO log_text (rowid, text)', 2)
  }

  /** Inserts `rows` within the caller's transaction. `receivedUnixNano` stands in for records without any time. */
  write(rows: readonly LogRow[], receivedUnixNano: bigint): void {
    let id = Number(this.#lastId.get())
    const columns: Column[] = []
    const texts: Column[] = []
    for (const { log, serviceId, resourceId, scopeId } of rows) {
      id++
      columns.push(
        id,
        timeOf(log, receivedUnixNano),
        log.timeUnixNano,
        log.observedTimeUnixNano,
        log.severityNumber,
        log.severityText,
        log.body,
        log.attributes,
        log.droppedAttributesCount,
        log.flags,
        log.eventName,
        log.traceId,
        log.spanId,
        serviceId,
        resourceId,
        scopeId,
      )
      texts.push(id, log.searchText)
    }
    this.#insert.run(columns)
    this.#insertText.run(texts)
  }
}

/** "Use Timestamp if it is present, otherwise use ObservedTimestamp" (Logs Data Model, Timestamp). */
export function timeOf(log: LogRecord, receivedUnixNano: bigint): bigint {
  if (log.timeUnixNano !== 0n) return log.timeUnixNano
  return log.observedTimeUnixNano !== 0n ? log.observedTimeUnixNano : receivedUnixNano
}

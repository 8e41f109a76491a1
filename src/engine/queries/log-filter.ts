/** The filter that the log list and its histogram share, as SQL over `log_record`. */

import type { LogListInput } from '#shared/contract/logs.ts'
import type { ReadDb } from '../store/database.ts'
import { parseTextQuery } from './log-text.ts'

export type LogFilter = Pick<LogListInput, 'service' | 'minSeverity' | 'q' | 'traceId' | 'spanId' | 'start' | 'end'>

export interface Condition {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

export interface LogConditions {
  /** What an index walks by: slices are counted in rows of this range, whether they match the rest or not. */
  readonly range: Condition
  /** Checked on each row. */
  readonly rest: Condition
}

/** Undefined when nothing can match, because nothing by that name was ever received. */
export function logConditions(db: ReadDb, filter: LogFilter): LogConditions | undefined {
  const range: Condition[] = []
  const rest: Condition[] = []
  if (filter.start !== undefined) range.push({ sql: 'at_unix_nano >= ?', parameters: [BigInt(filter.start)] })
  if (filter.end !== undefined) range.push({ sql: 'at_unix_nano < ?', parameters: [BigInt(filter.end)] })
  if (filter.traceId !== undefined) {
    range.push({ sql: 'trace_id = ?', parameters: [Buffer.from(filter.traceId, 'hex')] })
  }
  if (filter.minSeverity) rest.push({ sql: 'severity_number >= ?', parameters: [filter.minSeverity] })
  if (filter.spanId !== undefined) rest.push({ sql: 'span_id = ?', parameters: [Buffer.from(filter.spanId, 'hex')] })
  if (filter.service !== undefined) {
    const id = db.prepare('SELECT id FROM service WHERE name = ?').pluck().get(filter.service)
    if (id === undefined) return undefined
    rest.push({ sql: 'service_id = ?', parameters: [id] })
  }
  return { range: allOf(range), rest: allOf(rest) }
}

function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: ['true', ...conditions.map(({ sql }) => sql)].join(' AND '),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  }
}

/** The text part of a filter, asked of the rows whose ids lie in a range: the index then reads that range alone. */
export function textCondition(q: string | undefined, firstId: bigint, lastId: bigint): Condition {
  const { match, exclude } = parseTextQuery(q ?? '')
  const parts: Condition[] = []
  const ids = 'SELECT rowid FROM log_text WHERE log_text MATCH ? AND rowid BETWEEN ? AND ?'
  if (match !== null) parts.push({ sql: `log_record.id IN (${ids})`, parameters: [match, firstId, lastId] })
  if (exclude !== null) parts.push({ sql: `log_record.id NOT IN (${ids})`, parameters: [exclude, firstId, lastId] })
  return allOf(parts)
}

/** Finds log records: walks them by time (or by arrival, for live tail) in slices. */

import type { Log, LogListInput } from '#shared/contract/logs.ts'
import { toHex } from '#shared/model/ids.ts'
import { plainAttributes, toPlainJson, unpack, unpackAttributes } from '#shared/model/jsonb.ts'
import { breathe, type QueryContext, SliceSize } from './context.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { logConditions, textCondition } from './log-filter.ts'

export const logColumns =
  'log_record.id, log_record.at_unix_nano, log_record.severity_number, log_record.severity_text, log_record.body, ' +
  'log_record.attributes, log_record.event_name, log_record.trace_id, log_record.span_id, service.name AS service'

export interface LogRow {
  readonly id: bigint
  readonly at_unix_nano: bigint
  readonly severity_number: bigint
  readonly severity_text: string
  readonly body: Buffer | null
  readonly attributes: Buffer
  readonly event_name: string
  readonly trace_id: Buffer | null
  readonly span_id: Buffer | null
  readonly service: string
}

export interface LogList {
  readonly logs: Log[]
  readonly nextCursor: string | null
}

/** How a list is walked: its sort key, and which way. */
interface Walk {
  readonly name: string
  readonly columns: string
  readonly order: string
  readonly beyond: '<' | '>'
  readonly upTo: '>=' | '<='
}

const walks: Record<'newest' | 'oldest', Walk> = {
  newest: {
    name: 'logs newest',
    columns: 'at_unix_nano, id',
    order: 'at_unix_nano DESC, id DESC',
    beyond: '<',
    upTo: '>=',
  },
  oldest: { name: 'logs oldest', columns: 'at_unix_nano, id', order: 'at_unix_nano, id', beyond: '>', upTo: '<=' },
}
const byArrival: Walk = { name: 'logs arrival', columns: 'id, at_unix_nano', order: 'id', beyond: '>', upTo: '<=' }

/**
 * Records that match. With `afterId` they come in the order of their arrival, else by time as `order` says.
 * Errors: BAD_INPUT for a foreign cursor, CANCELLED.
 */
export async function listLogs({ db, signal }: QueryContext, input: LogListInput): Promise<LogList> {
  const conditions = logConditions(db, input)
  if (!conditions) return { logs: [], nextCursor: null }
  const { range, rest } = conditions
  const walk = input.afterId === undefined ? walks[input.order] : byArrival
  const rows: LogRow[] = []
  const slices = new SliceSize()
  let position: readonly unknown[] | undefined =
    input.cursor === undefined ? firstPosition(input) : decodeCursor(walk.name, 'nn', input.cursor)
  for (;;) {
    const from = position ? `(${walk.columns}) ${walk.beyond} (?, ?)` : 'true'
    const after = position ?? []
    const end = slices.time((count) => {
      // The slice is bounded by rows looked at, not by rows found.
      const window = db
        .prepare(
          `SELECT min(id), max(id), count(*) FROM (SELECT id FROM log_record WHERE ${from} AND ${range.sql} ORDER BY ${walk.order} LIMIT ?)`,
        )
        .raw()
        .get(...after, ...range.parameters, count) as [bigint | null, bigint | null, bigint]
      if (window[0] === null || window[1] === null) return undefined
      const limit =
        Number(window[2]) < count
          ? undefined
          : (db
              .prepare(
                `SELECT ${walk.columns} FROM log_record WHERE ${from} AND ${range.sql} ORDER BY ${walk.order} LIMIT 1 OFFSET ?`,
              )
              .raw()
              .get(...after, ...range.parameters, count - 1) as unknown[] | undefined)
      const until = limit ? `(${walk.columns}) ${walk.upTo} (?, ?)` : 'true'
      const text = textCondition(input.q, window[0], window[1])
      const found = db
        .prepare(
          `SELECT ${logColumns} FROM (SELECT * FROM log_record WHERE ${from} AND ${until} AND ${range.sql} AND ${rest.sql} AND ${text.sql} ORDER BY ${walk.order} LIMIT ?) AS log_record
             JOIN service ON service.id = log_record.service_id ORDER BY ${walk.order.replaceAll(/\b(at_unix_nano|id)\b/g, 'log_record.$1')}`,
        )
        .all(
          ...after,
          ...(limit ?? []),
          ...range.parameters,
          ...rest.parameters,
          ...text.parameters,
          input.limit - rows.length,
        )
      rows.push(...(found as LogRow[]))
      return limit
    })
    if (rows.length >= input.limit || !end) break
    position = end
    await breathe(signal)
  }
  const last = rows.at(-1)
  const key = last && (walk === byArrival ? [last.id, last.at_unix_nano] : [last.at_unix_nano, last.id])
  return {
    logs: rows.map(toLog),
    nextCursor: key && rows.length >= input.limit ? encodeCursor(walk.name, key) : null,
  }
}

function firstPosition({ afterId }: LogListInput): readonly unknown[] | undefined {
  return afterId === undefined ? undefined : [BigInt(afterId), 2n ** 63n - 1n]
}

export function toLog(row: LogRow): Log {
  return {
    id: Number(row.id),
    timeUnixNano: row.at_unix_nano.toString(),
    severityNumber: Number(row.severity_number),
    severityText: row.severity_text,
    body: row.body === null ? null : toPlainJson(unpack(row.body)),
    serviceName: row.service,
    traceId: row.trace_id === null ? null : toHex(row.trace_id),
    spanId: row.span_id === null ? null : toHex(row.span_id),
    eventName: row.event_name,
    attributes: plainAttributes(unpackAttributes(row.attributes)),
  }
}

/** Finds traces: walks the summary rows in the asked order, in slices, and checks the rest of the filter on each. */

import type { TraceListInput, TraceSummary } from '#shared/contract/traces.ts'
import type { ReadDb } from '../store/database.ts'
import { attributeCondition } from './attribute-filter.ts'
import { breathe, type QueryContext, SliceSize } from './context.ts'
import { type CursorKey, decodeCursor, encodeCursor } from './cursor.ts'
import { type SummaryRow, summaryColumns, toTraceSummary } from './trace-summary.ts'

/** Descending sort keys; each has an index that ends with the trace id. */
const sortKeys = {
  newest: ['start_unix_nano', 'trace_id'],
  slowest: ['duration_ns', 'trace_id'],
  errors: ['error_count', 'start_unix_nano', 'trace_id'],
} as const

interface Condition {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

export interface TraceList {
  readonly traces: TraceSummary[]
  readonly nextCursor: string | null
}

/** Traces that match, best first. Errors: BAD_INPUT for a foreign cursor, CANCELLED. */
export async function listTraces({ db, signal }: QueryContext, input: TraceListInput): Promise<TraceList> {
  const filter = filterOf(db, input)
  if (!filter) return { traces: [], nextCursor: null }
  const keys = sortKeys[input.order]
  const columns = keys.map((key) => `trace.${key}`)
  const placeholders = keys.map(() => '?').join(', ')
  const order = columns.map((column) => `${column} DESC`).join(', ')
  const before = (bounded: boolean): string => (bounded ? `(${columns.join(', ')}) < (${placeholders})` : 'true')

  const slices = new SliceSize()
  const rows: SummaryRow[] = []
  const list = `traces ${input.order}`
  let position =
    input.cursor === undefined ? undefined : keyOf(decodeCursor(list, keys.length === 3 ? 'nnt' : 'nt', input.cursor))
  for (;;) {
    const from = before(position !== undefined)
    const rest = position ?? []
    const end = slices.time((count) => {
      const limit: unknown[] | undefined = db
        .prepare(
          `SELECT ${columns.join(', ')} FROM trace WHERE ${from} AND ${filter.range.sql} ORDER BY ${order} LIMIT 1 OFFSET ?`,
        )
        .raw()
        .get(...rest, ...filter.range.parameters, count - 1) as unknown[] | undefined
      const until = limit ? `(${columns.join(', ')}) >= (${placeholders})` : 'true'
      const found = db
        .prepare(
          `SELECT ${summaryColumns} FROM trace WHERE ${from} AND ${until} AND ${filter.range.sql} AND ${filter.rest.sql} ORDER BY ${order} LIMIT ?`,
        )
        .all(
          ...rest,
          ...(limit ?? []),
          ...filter.range.parameters,
          ...filter.rest.parameters,
          input.limit - rows.length,
        )
      rows.push(...(found as SummaryRow[]))
      return limit
    })
    if (rows.length >= input.limit || !end) break
    position = end
    await breathe(signal)
  }
  const last = rows.at(-1)
  const full = rows.length >= input.limit && last !== undefined
  return {
    traces: rows.map((row) => toTraceSummary(db, row)),
    nextCursor: full
      ? encodeCursor(
          list,
          keys.map((key) => cursorPart(last[key])),
        )
      : null,
  }
}

/** Undefined when nothing can match, because nothing by that name was ever received. */
function filterOf(db: ReadDb, input: TraceListInput): { range: Condition; rest: Condition } | undefined {
  const range: Condition[] = []
  const rest: Condition[] = []
  if (input.start !== undefined) range.push({ sql: 'trace.start_unix_nano >= ?', parameters: [BigInt(input.start)] })
  if (input.end !== undefined) range.push({ sql: 'trace.start_unix_nano < ?', parameters: [BigInt(input.end)] })
  if (input.minDurationNs !== undefined) {
    range.push({ sql: 'trace.duration_ns >= ?', parameters: [input.minDurationNs] })
  }
  if (input.maxDurationNs !== undefined) {
    range.push({ sql: 'trace.duration_ns <= ?', parameters: [input.maxDurationNs] })
  }
  if (input.errors) range.push({ sql: 'trace.error_count > 0', parameters: [] })

  if (input.service !== undefined) {
    const id = db.prepare('SELECT id FROM service WHERE name = ?').pluck().get(input.service)
    if (id === undefined) return undefined
    rest.push({ sql: 'EXISTS (SELECT 1 FROM json_each(trace.service_ids) WHERE value = ?)', parameters: [id] })
  }
  if (input.operation !== undefined) {
    const ids = operationIds(db, input.operation, input.service)
    if (ids.length === 0) return undefined
    rest.push({
      sql: 'EXISTS (SELECT 1 FROM span WHERE span.trace_id = trace.trace_id AND span.operation_id IN (SELECT value FROM json_each(?)))',
      parameters: [`[${ids.join(',')}]`],
    })
  }
  for (const attr of input.attr ?? []) rest.push(spanWithAttribute(db, attr))
  return { range: allOf(range), rest: allOf(rest) }
}

function operationIds(db: ReadDb, name: string, service: string | undefined): bigint[] {
  if (service === undefined) return db.prepare('SELECT id FROM operation WHERE name = ?').pluck().all(name) as bigint[]
  return db
    .prepare(
      'SELECT operation.id FROM operation JOIN service ON service.id = service_id WHERE operation.name = ? AND service.name = ?',
    )
    .pluck()
    .all(name, service) as bigint[]
}

/** Resources are few and shared: they are searched once, not once per span. */
function spanWithAttribute(db: ReadDb, attr: string): Condition {
  const condition = attributeCondition(attr)
  const resources = db
    .prepare(`SELECT id FROM resource WHERE ${condition.sql('attributes')}`)
    .pluck()
    .all(...condition.parameters) as bigint[]
  return {
    sql: `EXISTS (SELECT 1 FROM span WHERE span.trace_id = trace.trace_id AND (span.resource_id IN (SELECT value FROM json_each(?)) OR ${condition.sql('span.attributes')}))`,
    parameters: [`[${resources.join(',')}]`, ...condition.parameters],
  }
}

function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: ['true', ...conditions.map(({ sql }) => sql)].join(' AND '),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  }
}

function keyOf(key: CursorKey): unknown[] {
  return key.map((part) => (typeof part === 'bigint' ? part : Buffer.from(part, 'hex')))
}

function cursorPart(value: bigint | Buffer): bigint | string {
  return typeof value === 'bigint' ? value : value.toString('hex')
}

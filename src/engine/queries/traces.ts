/** Finds traces: walks the summary rows in the asked order, in slices, and checks the rest of the filter on each. */

import type { TraceListInput, TraceSummary } from '#shared/contract/traces.ts'
import type { ReadDb } from '../store/database.ts'
import { attributeCondition } from './attribute-filter.ts'
import { breathe, type QueryContext, SliceSize } from './context.ts'
import { type CursorKey, decodeCursor, encodeCursor } from './cursor.ts'
import { type SummaryRow, summaryColumns, toTraceSummary } from './trace-summary.ts'

/** Descending sort keys, and the index that has them in this order. */
const walks = {
  newest: { index: 'trace_start', keys: ['start_unix_nano', 'trace_id'], shape: 'nt' },
  slowest: { index: 'trace_duration', keys: ['duration_ns', 'trace_id'], shape: 'nt' },
  errors: { index: 'trace_errors', keys: ['error_count', 'start_unix_nano', 'trace_id'], shape: 'nnt' },
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
  const { index, keys, shape } = walks[input.order]
  const columns = keys.map((key) => `trace.${key}`)
  const placeholders = keys.map(() => '?').join(', ')
  const order = columns.map((column) => `${column} DESC`).join(', ')
  const before = (bounded: boolean): string => (bounded ? `(${columns.join(', ')}) < (${placeholders})` : 'true')

  const slices = new SliceSize()
  const rows: SummaryRow[] = []
  const list = `traces ${input.order}`
  let position = input.cursor === undefined ? undefined : keyOf(decodeCursor(list, shape, input.cursor))
  for (;;) {
    const from = before(position !== undefined)
    const rest = position ?? []
    const end = slices.time((count) => {
      // The slice is bounded by rows looked at, not by rows found: so the index is prescribed, too. Left to itself SQLite
      // may read and sort everything that matches in a single statement, which nobody could stop.
      const limit: unknown[] | undefined = db
        .prepare(
          `SELECT ${columns.join(', ')} FROM trace INDEXED BY ${index} WHERE ${from} AND ${filter.walk.sql} ORDER BY ${order} LIMIT 1 OFFSET ?`,
        )
        .raw()
        .get(...rest, ...filter.walk.parameters, count - 1) as unknown[] | undefined
      const until = limit ? `(${columns.join(', ')}) >= (${placeholders})` : 'true'
      const found = db
        .prepare(
          `SELECT ${summaryColumns} FROM trace INDEXED BY ${index} WHERE ${from} AND ${until} AND ${filter.walk.sql} AND ${filter.rest.sql} ORDER BY ${order} LIMIT ?`,
        )
        .all(...rest, ...(limit ?? []), ...filter.walk.parameters, ...filter.rest.parameters, input.limit - rows.length)
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
    traces: rows.map(toTraceSummary),
    nextCursor: full
      ? encodeCursor(
          list,
          keys.map((key) => cursorPart(last[key])),
        )
      : null,
  }
}

interface Filter {
  /** Where the walk begins and ends: conditions on its first sort key. */
  readonly walk: Condition
  /** What is checked on each row passed. */
  readonly rest: Condition
}

/** Undefined when nothing can match, because nothing by that name was ever received. */
function filterOf(db: ReadDb, input: TraceListInput): Filter | undefined {
  const walk: Condition[] = []
  const rest: Condition[] = []
  const bound = (column: string, operator: string, value: unknown): void => {
    const bounds = walks[input.order].keys[0] === column ? walk : rest
    bounds.push({ sql: `trace.${column} ${operator} ?`, parameters: [value] })
  }
  if (input.start !== undefined) bound('start_unix_nano', '>=', BigInt(input.start))
  if (input.end !== undefined) bound('start_unix_nano', '<', BigInt(input.end))
  if (input.minDurationNs !== undefined) bound('duration_ns', '>=', input.minDurationNs)
  if (input.maxDurationNs !== undefined) bound('duration_ns', '<=', input.maxDurationNs)
  if (input.errors) bound('error_count', '>', 0)

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
  return { walk: allOf(walk), rest: allOf(rest) }
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

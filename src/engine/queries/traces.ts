/** Finds traces: walks the summary rows in the asked order, in slices, and checks the rest of the filter on each. */

import type { SpanView } from '#shared/contract/overview.ts'
import type { OutcomeFilter, TraceListInput, TraceSummary } from '#shared/contract/traces.ts'
import { SpanKind } from '#shared/model/span.ts'
import { Outcome } from '../rollup/outcome.ts'
import type { ReadDb } from '../store/database.ts'
import { attributeCondition } from './attribute-filter.ts'
import { breathe, type QueryContext, SliceSize } from './context.ts'
import { type CursorKey, decodeCursor, encodeCursor } from './cursor.ts'
import { viewCondition } from './rollup-rows.ts'
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
export async function listTraces(context: QueryContext, input: TraceListInput): Promise<TraceList> {
  const { keys, shape } = walks[input.order]
  const list = `traces ${input.order}`
  const after = input.cursor === undefined ? undefined : keyOf(decodeCursor(list, shape, input.cursor))
  const rows: SummaryRow[] = []
  for await (const found of walkTraces<SummaryRow>(context, input, {
    columns: summaryColumns,
    limit: input.limit,
    after,
  }))
    rows.push(...found)
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

interface WalkOptions {
  readonly columns: string
  readonly limit: number
  /** Keys of the row the walk goes on after. */
  readonly after?: readonly unknown[] | undefined
}

/** What is asked for, without how much of it. */
export type TraceWalk = Omit<TraceListInput, 'limit' | 'cursor'>

/** Rows of the traces that match, best first, as many slices as it takes. Throws CANCELLED. */
export async function* walkTraces<Row>(
  { db, signal }: QueryContext,
  input: TraceWalk,
  options: WalkOptions,
): AsyncGenerator<Row[]> {
  const filter = filterOf(db, input)
  if (!filter) return
  const { index, keys } = walks[input.order]
  const columns = keys.map((key) => `trace.${key}`)
  const placeholders = keys.map(() => '?').join(', ')
  const order = columns.map((column) => `${column} DESC`).join(', ')
  const before = (bounded: boolean): string => (bounded ? `(${columns.join(', ')}) < (${placeholders})` : 'true')

  const slices = new SliceSize()
  let wanted = options.limit
  let position = options.after
  for (;;) {
    const from = before(position !== undefined)
    const rest = position ?? []
    const { found, end } = slices.time((count) => {
      // The slice is bounded by rows looked at, not by rows found: so the index is prescribed, too. Left to itself SQLite
      // may read and sort everything that matches in a single statement, which nobody could stop.
      const limit: unknown[] | undefined = db
        .prepare(
          `SELECT ${columns.join(', ')} FROM trace INDEXED BY ${index} WHERE ${from} AND ${filter.walk.sql} ORDER BY ${order} LIMIT 1 OFFSET ?`,
        )
        .raw()
        .get(...rest, ...filter.walk.parameters, count - 1) as unknown[] | undefined
      const until = limit ? `(${columns.join(', ')}) >= (${placeholders})` : 'true'
      const rows = db
        .prepare(
          `SELECT ${options.columns} FROM trace INDEXED BY ${index} WHERE ${from} AND ${until} AND ${filter.walk.sql} AND ${filter.rest.sql} ORDER BY ${order} LIMIT ?`,
        )
        .all(...rest, ...(limit ?? []), ...filter.walk.parameters, ...filter.rest.parameters, wanted)
      return { found: rows as Row[], end: limit }
    })
    yield found
    wanted -= found.length
    if (wanted <= 0 || !end) return
    position = end
    await breathe(signal)
  }
}

interface Filter {
  /** Where the walk begins and ends: conditions on its first sort key. */
  readonly walk: Condition
  /** What is checked on each row passed. */
  readonly rest: Condition
}

/** Undefined when nothing can match, because nothing by that name was ever received. */
function filterOf(db: ReadDb, input: TraceWalk): Filter | undefined {
  const walk: Condition[] = []
  const rest: Condition[] = []
  const bound = (column: string, operator: string, value: unknown): void => {
    const bounds = walks[input.order].keys[0] === column ? walk : rest
    bounds.push({ sql: `trace.${column} ${operator} ?`, parameters: [value] })
  }
  if (input.errors) bound('error_count', '>', 0)
  for (const attr of input.attr ?? []) rest.push(spanWithAttribute(db, attr))
  if (input.of !== 'trace') {
    const span = spanCondition(db, input, input.of)
    if (!span) return undefined
    rest.push(span)
    // A trace begins no later than any span of it, and at most as long before as the longest trace takes.
    if (input.end !== undefined) bound('start_unix_nano', '<', BigInt(input.end))
    if (input.start !== undefined) bound('start_unix_nano', '>=', BigInt(input.start) - longestTraceNs(db))
    if (input.minDurationNs !== undefined) bound('duration_ns', '>=', input.minDurationNs)
    return { walk: allOf(walk), rest: allOf(rest) }
  }
  if (input.start !== undefined) bound('start_unix_nano', '>=', BigInt(input.start))
  if (input.end !== undefined) bound('start_unix_nano', '<', BigInt(input.end))
  if (input.minDurationNs !== undefined) bound('duration_ns', '>=', input.minDurationNs)
  if (input.maxDurationNs !== undefined) bound('duration_ns', '<=', input.maxDurationNs)
  if (input.outcome !== undefined) {
    const { sql, parameters } = outcomeCondition(input.outcome)
    rest.push({
      sql: `EXISTS (SELECT 1 FROM span JOIN operation ON operation.id = span.operation_id
                     WHERE span.trace_id = trace.trace_id AND ${requestCondition('requests')} AND ${sql})`,
      parameters,
    })
  }

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
  return { walk: allOf(walk), rest: allOf(rest) }
}

/** One and the same span has to match all of it. */
function spanCondition(db: ReadDb, input: TraceWalk, view: SpanView): Condition | undefined {
  const conditions: Condition[] = [{ sql: requestCondition(view), parameters: [] }]
  const compare = (column: string, operator: string, value: unknown): void => {
    conditions.push({ sql: `span.${column} ${operator} ?`, parameters: [value] })
  }
  if (input.operation !== undefined) {
    const ids = operationIds(db, input.operation, input.service)
    if (ids.length === 0) return undefined
    conditions.push({
      sql: 'span.operation_id IN (SELECT value FROM json_each(?))',
      parameters: [`[${ids.join(',')}]`],
    })
  } else if (input.service !== undefined) {
    const id = db.prepare('SELECT id FROM service WHERE name = ?').pluck().get(input.service)
    if (id === undefined) return undefined
    conditions.push({ sql: 'operation.service_id = ?', parameters: [id] })
  }
  if (input.start !== undefined) compare('start_unix_nano', '>=', BigInt(input.start))
  if (input.end !== undefined) compare('start_unix_nano', '<', BigInt(input.end))
  if (input.minDurationNs !== undefined) compare('duration_ns', '>=', input.minDurationNs)
  if (input.maxDurationNs !== undefined) compare('duration_ns', '<=', input.maxDurationNs)
  if (input.outcome !== undefined) conditions.push(outcomeCondition(input.outcome))
  const all = allOf(conditions)
  return {
    sql: `EXISTS (SELECT 1 FROM span JOIN operation ON operation.id = span.operation_id
                   WHERE span.trace_id = trace.trace_id AND ${all.sql})`,
    parameters: all.parameters,
  }
}

/** As SQL over `span` and `operation`; the same spans that rollups count in this view. */
function requestCondition(view: SpanView): string {
  if (view !== 'requests') return viewCondition(view).replace('kind', 'operation.kind')
  return `(span.parent_span_id IS NULL OR operation.kind IN (${SpanKind.server}, ${SpanKind.consumer}))`
}

function outcomeCondition(outcome: OutcomeFilter): Condition {
  const codes = {
    ok: [Outcome.ok],
    failed: [Outcome.error, Outcome.implicit],
    error: [Outcome.error],
    implicit: [Outcome.implicit],
  }
  return { sql: `span.outcome IN (${codes[outcome].join(', ')})`, parameters: [] }
}

function longestTraceNs(db: ReadDb): bigint {
  const longest = db.prepare(
    'SELECT duration_ns FROM trace INDEXED BY trace_duration ORDER BY duration_ns DESC LIMIT 1',
  )
  return (longest.pluck().get() as bigint | undefined) ?? 0n
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

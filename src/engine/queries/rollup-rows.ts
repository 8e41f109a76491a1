/** Reads rollups at rest: which buckets a question needs, and the cells in them. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { SpanView } from '#shared/contract/overview.ts'
import { SpanKind, spanKindName } from '#shared/model/span.ts'
import { DecodedSketch } from '../rollup/decoded-sketch.ts'
import { allServices } from '../rollup/fold.ts'
import type { OutcomeCode } from '../rollup/outcome.ts'
import type { RollupCell } from '../rollup/rollup-cell.ts'
import type { ReadDb } from '../store/database.ts'
import { breathe, type QueryContext } from './context.ts'
import type { RollupRange } from './rollup-range.ts'

/** A stored cell. */
export interface CellRow {
  readonly n: number
  readonly count: number
  readonly sum_ns: number
  readonly min_ns: number
  readonly max_ns: number
  readonly sketch: Uint8Array
}

/** With where it belongs. */
export interface RollupRow extends CellRow {
  readonly start_unix_s: number
  readonly kind: number
  readonly outcome: OutcomeCode
  /** 1 when the view shows it; messages are read as well, to be counted. */
  readonly in_view: number
}

export interface ExemplarRow extends RollupRow {
  readonly exemplars: Buffer
}

const scratch = new DecodedSketch()

/** Adds a stored cell without its exemplars; its sketch is in `decoded` afterwards. */
export function addRow(cell: RollupCell, row: CellRow, decoded = scratch): void {
  cell.n += row.n
  cell.count += row.count
  cell.sumNs += row.sum_ns
  if (row.min_ns < cell.minNs) cell.minNs = row.min_ns
  if (row.max_ns > cell.maxNs) cell.maxNs = row.max_ns
  cell.sketch.addDecoded(decoded.read(row.sketch))
}

export interface RollupFilter {
  readonly service?: string | undefined
  readonly operation?: string | undefined
  readonly kind?: string | undefined
  readonly view: SpanView
}

/** Whose rows are read: a service or all of them together, or single operations. */
export type RollupSource =
  | { readonly table: 'service_rollup'; readonly serviceId: number; readonly condition: string }
  | { readonly table: 'rollup'; readonly operationIds: readonly number[]; readonly condition: string }

/** Throws NOT_FOUND for a service that never sent anything, or an operation it never had. */
export function sourceOf(db: ReadDb, filter: RollupFilter): RollupSource {
  const { service, operation, kind } = filter
  const serviceId = service === undefined ? allServices : serviceIdOf(db, service)
  if (operation === undefined) return { table: 'service_rollup', serviceId, condition: viewCondition(filter.view) }
  const operations = db
    .prepare('SELECT id, kind FROM operation WHERE name = ? AND (? = 0 OR service_id = ?)')
    .safeIntegers(false)
    .all(operation, serviceId, serviceId) as { id: number; kind: number }[]
  const wanted = operations.filter((each) => kind === undefined || spanKindName(each.kind) === kind)
  if (wanted.length === 0) {
    const of = service === undefined ? '' : ` of ${service}`
    throw new SpanlightError('NOT_FOUND', `No operation named ${operation}${of} has been seen here.`)
  }
  return { table: 'rollup', operationIds: wanted.map(({ id }) => id), condition: viewCondition(filter.view) }
}

export function serviceIdOf(db: ReadDb, service: string): number {
  const id = db.prepare('SELECT id FROM service WHERE name = ?').pluck().safeIntegers(false).get(service)
  if (typeof id === 'number') return id
  throw new SpanlightError(
    'NOT_FOUND',
    `No service named ${service} has sent anything. GET /api/services lists those that have.`,
  )
}

/** As SQL over `kind` and `entry`. */
export function viewCondition(view: SpanView): string {
  switch (view) {
    case 'requests':
      return 'entry = 1'
    case 'clients':
      return `kind = ${SpanKind.client}`
    case 'producers':
      return `kind = ${SpanKind.producer}`
    case 'internal':
      return `kind IN (${SpanKind.unspecified}, ${SpanKind.internal})`
  }
}

/** Rollups are read so many buckets of the answer at a time, and others are let in between. */
const bucketsPerSlice = 60

/** Rows of a range in the order of time, in slices of whole buckets of the answer. Errors: CANCELLED. */
export function rollupSlices(
  context: QueryContext,
  source: RollupSource,
  range: RollupRange,
): AsyncIterable<readonly RollupRow[]> {
  return slicesOf<RollupRow>(context, source, range, cellColumns)
}

/** The same with exemplars. */
export function exemplarSlices(
  context: QueryContext,
  source: RollupSource,
  range: RollupRange,
): AsyncIterable<readonly ExemplarRow[]> {
  return slicesOf<ExemplarRow>(context, source, range, `${cellColumns}, exemplars`)
}

const cellColumns = 'outcome, n, count, sum_ns, min_ns, max_ns, sketch'

async function* slicesOf<Row>(
  { db, signal }: QueryContext,
  source: RollupSource,
  { startUnixSeconds, endUnixSeconds, stepSeconds, widthSeconds }: RollupRange,
  columns: string,
): AsyncIterable<readonly Row[]> {
  const statement = db.prepare(selectOf(source, columns)).safeIntegers(false)
  const whose =
    source.table === 'service_rollup'
      ? { service: source.serviceId }
      : { operations: JSON.stringify(source.operationIds) }
  for (let from = startUnixSeconds; from < endUnixSeconds; from += bucketsPerSlice * stepSeconds) {
    const until = Math.min(endUnixSeconds, from + bucketsPerSlice * stepSeconds)
    yield statement.all({ ...whose, width: widthSeconds, from, until }) as Row[]
    await breathe(signal)
  }
}

/** Rows of one width whose buckets start in [from, until), in the order of time. */
function selectOf(source: RollupSource, columns: string): string {
  const messages = `kind IN (${SpanKind.producer}, ${SpanKind.consumer})`
  const wanted = `(${source.condition} OR ${messages})`
  const between = 'width_s = @width AND start_unix_s >= @from AND start_unix_s < @until'
  const inView = `(${source.condition}) AS in_view`
  return source.table === 'service_rollup'
    ? `SELECT start_unix_s, kind, ${inView}, ${columns} FROM service_rollup
        WHERE ${between} AND service_id = @service AND ${wanted} ORDER BY start_unix_s`
    : `SELECT start_unix_s, operation.kind AS kind, ${inView}, ${columns}
         FROM rollup JOIN operation ON operation.id = operation_id
        WHERE ${between} AND operation_id IN (SELECT value FROM json_each(@operations)) AND ${wanted}
        ORDER BY start_unix_s`
}

/** Reads rollups at rest: which buckets a question needs, and the cells in them. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { SpanView } from '#shared/contract/overview.ts'
import { SpanKind, spanKindName } from '#shared/model/span.ts'
import { DecodedSketch } from '../rollup/decoded-sketch.ts'
import { allServices } from '../rollup/fold.ts'
import type { RollupCell } from '../rollup/rollup-cell.ts'
import type { ReadDb } from '../store/database.ts'
import { type BucketRevision, revisionsOf } from './bucket-revisions.ts'
import { breathe, type QueryContext } from './context.ts'
import { keptRows } from './kept-rows.ts'
import type { CoverPiece, RollupRange } from './rollup-range.ts'
import type { CellRow, RollupRow } from './rollup-row.ts'

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
export async function* rollupSlices(
  { db, signal }: QueryContext,
  source: RollupSource,
  { startUnixSeconds, endUnixSeconds, stepSeconds, widthSeconds }: RollupRange,
): AsyncIterable<readonly RollupRow[]> {
  const read = rowReader(db, source)
  for (let from = startUnixSeconds; from < endUnixSeconds; from += bucketsPerSlice * stepSeconds) {
    const until = Math.min(endUnixSeconds, from + bucketsPerSlice * stepSeconds)
    yield read({ widthSeconds, fromUnixSeconds: from, untilUnixSeconds: until })
    await breathe(signal)
  }
}

/** Buckets that are as they were when they were read last aren't read again. */
function rowReader(db: ReadDb, source: RollupSource): (piece: CoverPiece) => RollupRow[] {
  const statement = db.prepare(selectOf(source)).safeIntegers(false)
  const whose =
    source.table === 'service_rollup'
      ? { service: source.serviceId }
      : { operations: JSON.stringify(source.operationIds) }
  const kept = keptRows(db)
  const name = JSON.stringify(source)
  const keyOf = ({ widthSeconds, startUnixSeconds }: BucketRevision): string =>
    `${widthSeconds} ${startUnixSeconds} ${name}`
  const rowsOf = (bucket: BucketRevision): readonly RollupRow[] | undefined => {
    const last = kept.get(keyOf(bucket))
    return last?.revision === bucket.revision ? last.rows : undefined
  }
  return (piece) => {
    const buckets = revisionsOf(db, [piece]).map((bucket) => ({ bucket, rows: rowsOf(bucket) }))
    const changed = buckets.filter(({ rows }) => !rows).map(({ bucket }) => bucket)
    const [first, last] = [changed[0], changed.at(-1)]
    if (!first || !last) return buckets.flatMap(({ rows }) => rows ?? [])
    const [from, until] = [first.startUnixSeconds, last.startUnixSeconds + piece.widthSeconds]
    const found = Map.groupBy(
      statement.all({ ...whose, width: piece.widthSeconds, from, until }) as RollupRow[],
      (row) => row.start_unix_s,
    )
    for (const bucket of changed) {
      kept.put(keyOf(bucket), { revision: bucket.revision, rows: found.get(bucket.startUnixSeconds) ?? [] })
    }
    return buckets.flatMap(({ bucket, rows }) => rows ?? found.get(bucket.startUnixSeconds) ?? [])
  }
}

/** Rows of one width whose buckets start in [from, until), in the order of time. */
function selectOf(source: RollupSource): string {
  const messages = `kind IN (${SpanKind.producer}, ${SpanKind.consumer})`
  const wanted = `(${source.condition} OR ${messages})`
  const between = 'width_s = @width AND start_unix_s >= @from AND start_unix_s < @until'
  const cell = `(${source.condition}) AS in_view, outcome, n, count, sum_ns, min_ns, max_ns, sketch, exemplars`
  return source.table === 'service_rollup'
    ? `SELECT start_unix_s, kind, ${cell} FROM service_rollup
        WHERE ${between} AND service_id = @service AND ${wanted} ORDER BY start_unix_s`
    : `SELECT start_unix_s, operation.kind AS kind, ${cell}
         FROM rollup JOIN operation ON operation.id = operation_id
        WHERE ${between} AND operation_id IN (SELECT value FROM json_each(@operations)) AND ${wanted}
        ORDER BY start_unix_s`
}

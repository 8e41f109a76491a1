/** Rollups of single operations, read in slices of time. */

import type { SpanView } from '#shared/contract/overview.ts'
import type { OutcomeCode } from '../rollup/outcome.ts'
import { breathe, type QueryContext } from './context.ts'
import type { CoverPiece } from './rollup-range.ts'
import type { CellRow } from './rollup-row.ts'
import { viewCondition } from './rollup-rows.ts'

export interface OperationRow extends CellRow {
  readonly operation_id: number
  readonly start_unix_s: number
  readonly outcome: OutcomeCode
}

export interface OperationRowsFilter {
  readonly serviceId: number | undefined
  readonly view: SpanView
  /** Only these operations; all when undefined. */
  readonly only?: readonly number[] | undefined
  /** Sketches come empty then, which is half the work. */
  readonly withoutSketches?: boolean
}

const firstSliceBuckets = 8
const targetSliceMs = 20

/** Rows of every piece in the order of time, a slice at a time. Errors: CANCELLED. */
export async function* operationRows(
  { db, signal }: QueryContext,
  pieces: readonly CoverPiece[],
  { serviceId, view, only, withoutSketches = false }: OperationRowsFilter,
): AsyncIterable<readonly OperationRow[]> {
  const conditions = ['width_s = @width', 'start_unix_s >= @from', 'start_unix_s < @until']
  if (view === 'requests') conditions.push('entry = 1')
  else conditions.push(`operation_id IN (SELECT id FROM operation WHERE ${viewCondition(view)})`)
  if (serviceId !== undefined) conditions.push('operation_id IN (SELECT id FROM operation WHERE service_id = @service)')
  if (only) conditions.push('operation_id IN (SELECT value FROM json_each(@only))')
  const statement = db
    .prepare(
      `SELECT operation_id, start_unix_s, outcome, n, count, sum_ns, min_ns, max_ns,
              ${withoutSketches ? "x'00'" : 'sketch'} AS sketch
         FROM rollup WHERE ${conditions.join(' AND ')}`,
    )
    .safeIntegers(false)
  const fixed = {
    ...(serviceId === undefined ? {} : { service: serviceId }),
    ...(only ? { only: JSON.stringify(only) } : {}),
  }
  for (const { widthSeconds, fromUnixSeconds, untilUnixSeconds } of pieces) {
    let buckets = firstSliceBuckets
    for (let from = fromUnixSeconds; from < untilUnixSeconds; ) {
      const until = Math.min(untilUnixSeconds, from + buckets * widthSeconds)
      const startedAt = performance.now()
      yield statement.all({ ...fixed, width: widthSeconds, from, until }) as OperationRow[]
      const took = performance.now() - startedAt
      if (took > 2 * targetSliceMs) buckets = Math.max(1, buckets >> 1)
      else if (took < targetSliceMs) buckets *= 2
      from = until
      await breathe(signal)
    }
  }
}

/** What operations add up to over a range, and the P99 of each along the way. */

import { DecodedSketch } from '../rollup/decoded-sketch.ts'
import { DurationSketch } from '../rollup/duration-sketch.ts'
import { Outcome } from '../rollup/outcome.ts'
import { emptyCell, type RollupCell } from '../rollup/rollup-cell.ts'
import type { QueryContext } from './context.ts'
import { type OperationRow, type OperationRowsFilter, operationRows } from './operation-rows.ts'
import type { RollupCover } from './rollup-range.ts'

export interface OperationSums {
  readonly ok: RollupCell
  readonly failed: RollupCell
  errors: number
  implicitErrors: number
  /** P99 by start of the history's bucket; empty when none was asked for. */
  readonly history: Map<number, number>
}

/** By id. Errors: CANCELLED. */
export async function sumOperations(
  context: QueryContext,
  cover: RollupCover,
  filter: OperationRowsFilter,
): Promise<ReadonlyMap<number, OperationSums>> {
  const { historySeconds } = cover
  const all = new Map<number, OperationSums>()
  let start = Number.NEGATIVE_INFINITY
  let bucket = new Map<number, OperationRow[]>()
  for await (const rows of operationRows(context, cover, filter)) {
    for (const row of rows) {
      const own =
        historySeconds === undefined ? row.start_unix_s : row.start_unix_s - (row.start_unix_s % historySeconds)
      if (own !== start) {
        addBucket(all, bucket, historySeconds === undefined ? undefined : start)
        bucket = new Map()
        start = own
      }
      const group = bucket.get(row.operation_id)
      if (group) group.push(row)
      else bucket.set(row.operation_id, [row])
    }
  }
  addBucket(all, bucket, historySeconds === undefined ? undefined : start)
  return all
}

/** Used again for each bucket of an operation, and for each row. */
const ofBucket = new DurationSketch()
const decoded = new DecodedSketch()

function addBucket(
  all: Map<number, OperationSums>,
  bucket: ReadonlyMap<number, readonly OperationRow[]>,
  historyStart: number | undefined,
): void {
  for (const [id, rows] of bucket) {
    const sums = all.get(id) ?? {
      ok: emptyCell(),
      failed: emptyCell(),
      errors: 0,
      implicitErrors: 0,
      history: new Map(),
    }
    all.set(id, sums)
    ofBucket.clear()
    let maxNs = 0
    for (const row of rows) {
      addNumbers(sums, row)
      maxNs = Math.max(maxNs, row.max_ns)
      decoded.read(row.sketch)
      const { sketch } = row.outcome === Outcome.ok ? sums.ok : sums.failed
      sketch.addDecoded(decoded)
      if (historyStart !== undefined) ofBucket.addDecoded(decoded)
    }
    const p99Ns = historyStart === undefined ? null : ofBucket.quantile(0.99)
    if (historyStart !== undefined && p99Ns !== null) sums.history.set(historyStart, Math.round(Math.min(maxNs, p99Ns)))
  }
}

/** All but the sketch. */
function addNumbers(sums: OperationSums, row: OperationRow): void {
  const cell = row.outcome === Outcome.ok ? sums.ok : sums.failed
  cell.n += row.n
  cell.count += row.count
  cell.sumNs += row.sum_ns
  cell.minNs = Math.min(cell.minNs, row.min_ns)
  cell.maxNs = Math.max(cell.maxNs, row.max_ns)
  if (row.outcome === Outcome.error) sums.errors += row.count
  else if (row.outcome === Outcome.implicit) sums.implicitErrors += row.count
}

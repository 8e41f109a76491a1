/** What operations add up to over a range, and the P99 of each along the way. */

import type { QueryContext } from './context.ts'
import { mergeSums, type OperationSums, type SumsById, toHistoryBucket } from './operation-cells.ts'
import type { OperationRowsFilter } from './operation-rows.ts'
import { sumRun } from './operation-run.ts'
import type { RollupCover } from './rollup-range.ts'
import { runsOf } from './rollup-runs.ts'

/** By id. Errors: CANCELLED. */
export async function sumOperations(
  context: QueryContext,
  cover: RollupCover,
  filter: OperationRowsFilter,
): Promise<ReadonlyMap<number, OperationSums>> {
  const { historySeconds } = cover
  const all: SumsById = new Map()
  for (const [index, run] of runsOf(cover).entries()) {
    const sums = await sumRun(context, run, filter, JSON.stringify([index, historySeconds, filter]))
    const [first] = run.pieces
    if (historySeconds !== undefined && run.stepSeconds === undefined && first) {
      toHistoryBucket(sums, first.fromUnixSeconds - (first.fromUnixSeconds % historySeconds))
    }
    mergeSums(all, sums)
  }
  return all
}

/** Sums of one run of buckets: of those that haven't changed they are kept, the others are read. */

import { type BucketRevision, revisionsOf } from './bucket-revisions.ts'
import type { QueryContext } from './context.ts'
import { type KeptSums, keptRuns } from './kept-sums.ts'
import { addCell, addHistoryBucket, packSums, type SumsById, sumsOf, unpackSums } from './operation-cells.ts'
import { type OperationRow, type OperationRowsFilter, operationRows } from './operation-rows.ts'
import { piecesWithin, type RollupRun } from './rollup-runs.ts'

/** Spans come when they end, and in batches: buckets that ended less long ago are likely to change. */
const settlingSeconds = 30

/** What the caller may add to. `key` names the question, whatever the range. Errors: CANCELLED. */
export async function sumRun(
  context: QueryContext,
  run: RollupRun,
  filter: OperationRowsFilter,
  key: string,
): Promise<SumsById> {
  const runs = keptRuns(context.db)
  const last = runs.get(key)
  // Before the cells: what changes meanwhile has another revision next time, and is read again then.
  const seen = revisionsOf(context.db, run.pieces)
  const kept = last && last.count > 0 && holds(last, seen) ? last : undefined
  const count = settledCount(run, seen, unchangedCount(last, seen))
  const sums: SumsById = new Map(kept ? Array.from(kept.sums, ([id, packed]) => [id, unpackSums(packed)]) : [])
  const until = count > (kept?.count ?? 0) ? endOf(run, seen[count - 1]) : kept?.untilUnixSeconds
  if (until === undefined) {
    runs.put(key, { seen, count: 0, untilUnixSeconds: Number.NEGATIVE_INFINITY, sums: new Map() })
  } else if (until === kept?.untilUnixSeconds) runs.put(key, { ...kept, seen })
  else {
    await addRows(context, sums, run, filter, { from: kept?.untilUnixSeconds, until })
    const packed = new Map(Array.from(sums, ([id, each]) => [id, packSums(each)]))
    runs.put(key, { seen, count, untilUnixSeconds: until, sums: packed })
  }
  await addRows(context, sums, run, filter, { from: until, until: run.untilUnixSeconds })
  return sums
}

/** Whether no bucket of the sums changed or went, and none came among them. */
function holds({ seen: before, count, untilUnixSeconds }: KeptSums, seen: readonly BucketRevision[]): boolean {
  const next = seen[count]
  return (
    (!next || next.startUnixSeconds >= untilUnixSeconds) &&
    before.slice(0, count).every(({ widthSeconds, startUnixSeconds, revision }, index) => {
      const now = seen[index]
      return (
        now?.revision === revision && now.startUnixSeconds === startUnixSeconds && now.widthSeconds === widthSeconds
      )
    })
  )
}

/** How many buckets there are before the first that changed since. */
function unchangedCount(last: KeptSums | undefined, seen: readonly BucketRevision[]): number {
  const before = new Map(last?.seen.map((bucket) => [placeOf(bucket), bucket.revision]))
  const changed = seen.findIndex((bucket) => (before.get(placeOf(bucket)) ?? bucket.revision) !== bucket.revision)
  return changed === -1 ? seen.length : changed
}

function placeOf({ widthSeconds, startUnixSeconds }: BucketRevision): string {
  return `${widthSeconds} ${startUnixSeconds}`
}

/** How many of the first `count` buckets to keep sums of: those that aren't likely to change, of whole steps. */
function settledCount(run: RollupRun, seen: readonly BucketRevision[], count: number): number {
  const settled = Date.now() / 1000 - settlingSeconds
  const ends = seen.slice(0, count).map((bucket) => endOf(run, bucket) ?? 0)
  // A step is in the sums as a whole or not at all.
  return ends.findLastIndex((end, index) => end <= settled && endOf(run, seen[index + 1]) !== end) + 1
}

/** Where a bucket ends, or the step that it belongs to. */
function endOf({ stepSeconds }: RollupRun, bucket: BucketRevision | undefined): number | undefined {
  if (!bucket) return undefined
  const { startUnixSeconds, widthSeconds } = bucket
  return stepSeconds === undefined
    ? startUnixSeconds + widthSeconds
    : startUnixSeconds - (startUnixSeconds % stepSeconds) + stepSeconds
}

/** Adds what is in [from, until). */
async function addRows(
  context: QueryContext,
  sums: SumsById,
  { pieces, stepSeconds }: RollupRun,
  filter: OperationRowsFilter,
  { from = Number.NEGATIVE_INFINITY, until }: { readonly from: number | undefined; readonly until: number },
): Promise<void> {
  let start = Number.NEGATIVE_INFINITY
  let ofStep: OperationRow[] = []
  for await (const rows of operationRows(context, piecesWithin(pieces, from, until), filter)) {
    for (const row of rows) {
      if (stepSeconds === undefined) {
        addCell(sumsOf(sums, row.operation_id), row)
        continue
      }
      const own = row.start_unix_s - (row.start_unix_s % stepSeconds)
      if (own !== start) {
        addHistoryBucket(sums, ofStep, start)
        ofStep = []
        start = own
      }
      ofStep.push(row)
    }
  }
  addHistoryBucket(sums, ofStep, start)
}

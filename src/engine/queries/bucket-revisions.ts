/** Revisions of buckets: whoever keeps what was read of a bucket reads its revision first, and compares it the next time. */

import type { ReadDb } from '../store/database.ts'
import type { CoverPiece } from './rollup-range.ts'

export interface BucketRevision {
  readonly widthSeconds: number
  readonly startUnixSeconds: number
  readonly revision: number
}

/** Of all buckets that hold anything, in the order of time. */
export function revisionsOf(db: ReadDb, pieces: readonly CoverPiece[]): BucketRevision[] {
  const statement = db
    .prepare(
      `SELECT start_unix_s, revision FROM rollup_bucket
        WHERE width_s = ? AND start_unix_s >= ? AND start_unix_s < ? ORDER BY start_unix_s`,
    )
    .safeIntegers(false)
    .raw()
  return pieces.flatMap(({ widthSeconds, fromUnixSeconds, untilUnixSeconds }) => {
    const rows = statement.all(widthSeconds, fromUnixSeconds, untilUnixSeconds) as [number, number][]
    return rows.map(([startUnixSeconds, revision]) => ({ widthSeconds, startUnixSeconds, revision }))
  })
}

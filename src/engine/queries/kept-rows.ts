/** Rows of buckets that a reader keeps from one answer to the next; they are true while their bucket has the revision it had. */

import { Kept, keptByHandle } from './kept.ts'
import type { RollupRow } from './rollup-row.ts'

interface KeptBucket {
  /** Read before the rows. */
  readonly revision: number
  readonly rows: readonly RollupRow[]
}

/** Of one reader; charts of a day or two. */
const maxBytes = 3 * 1024 * 1024
/** A row without its sketch and exemplars, about. */
const rowBytes = 500

function bytesOf({ rows }: KeptBucket): number {
  return rows.reduce((sum, { sketch, exemplars }) => sum + rowBytes + sketch.length + exemplars.length, rowBytes)
}

export const keptRows = keptByHandle(() => new Kept<KeptBucket>(maxBytes, bytesOf))

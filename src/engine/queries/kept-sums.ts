/**
 * Sums of buckets that a reader keeps from one answer to the next. They are true as long as each of these buckets has the revision
 * it had: the writer gives a bucket a new one with every change, in the transaction that makes the change.
 */

import type { BucketRevision } from './bucket-revisions.ts'
import { Kept, keptByHandle } from './kept.ts'
import { type PackedSums, packedBytesOf } from './operation-cells.ts'

/** Never changed once kept: several queries at once may start from the same sums. */
export interface KeptSums {
  /** All buckets of the run when it was last looked at, before their cells were read. */
  readonly seen: readonly BucketRevision[]
  /** How many of them, from the first one on, are in the sums. */
  readonly count: number
  /** Up to where the sums reach. */
  readonly untilUnixSeconds: number
  readonly sums: ReadonlyMap<number, PackedSums>
}

/** Of one reader; some thousand operations over a day. */
const maxBytes = 4 * 1024 * 1024
/** A place in a list, about. */
const seenBytes = 64

function bytesOf({ seen, sums }: KeptSums, key: string): number {
  let bytes = 2 * key.length + seen.length * seenBytes
  for (const each of sums.values()) bytes += packedBytesOf(each)
  return bytes
}

export const keptRuns = keptByHandle(() => new Kept<KeptSums>(maxBytes, bytesOf))

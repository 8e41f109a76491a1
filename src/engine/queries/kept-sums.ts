/**
 * Sums of buckets that a reader keeps from one answer to the next. They are true as long as each of these buckets has the revision
 * it had: the writer gives a bucket a new one with every change, in the transaction that makes the change.
 */

import type { ReadDb } from '../store/database.ts'
import type { BucketRevision } from './bucket-revisions.ts'
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

class KeptRuns {
  readonly #kept = new Map<string, { readonly sums: KeptSums; readonly bytes: number }>()
  #bytes = 0

  get(key: string): KeptSums | undefined {
    return this.#kept.get(key)?.sums
  }

  /** What wasn't put for longest goes where there is no room. */
  put(key: string, sums: KeptSums): void {
    this.#drop(key)
    const bytes = bytesOf(key, sums)
    if (bytes > maxBytes) return
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes + bytes <= maxBytes) break
      this.#drop(oldest)
    }
    this.#kept.set(key, { sums, bytes })
    this.#bytes += bytes
  }

  #drop(key: string): void {
    this.#bytes -= this.#kept.get(key)?.bytes ?? 0
    this.#kept.delete(key)
  }
}

function bytesOf(key: string, { seen, sums }: KeptSums): number {
  let bytes = 2 * key.length + seen.length * seenBytes
  for (const each of sums.values()) bytes += packedBytesOf(each)
  return bytes
}

const byHandle = new WeakMap<ReadDb, KeptRuns>()

/** Each handle has its own: another session is another handle. */
export function keptRuns(db: ReadDb): KeptRuns {
  let runs = byHandle.get(db)
  if (!runs) {
    runs = new KeptRuns()
    byHandle.set(db, runs)
  }
  return runs
}

/** Rows of buckets that a reader keeps from one answer to the next; they are true while their bucket has the revision it had. */

import type { ReadDb } from '../store/database.ts'
import type { RollupRow } from './rollup-row.ts'

interface KeptBucket {
  readonly revision: number
  readonly rows: readonly RollupRow[]
  readonly bytes: number
}

/** Of one reader; charts of a day or two. */
const maxBytes = 3 * 1024 * 1024
/** A row without its sketch and exemplars, about. */
const rowBytes = 500

class KeptRows {
  readonly #buckets = new Map<string, KeptBucket>()
  #bytes = 0

  get(key: string, revision: number): readonly RollupRow[] | undefined {
    const bucket = this.#buckets.get(key)
    return bucket?.revision === revision ? bucket.rows : undefined
  }

  /** `revision` was read before the rows. What was put longest ago goes where there is no room. */
  put(key: string, revision: number, rows: readonly RollupRow[]): void {
    this.#drop(key)
    const bytes = rows.reduce(
      (sum, { sketch, exemplars }) => sum + rowBytes + sketch.length + exemplars.length,
      rowBytes,
    )
    this.#buckets.set(key, { revision, rows, bytes })
    this.#bytes += bytes
    for (const oldest of this.#buckets.keys()) {
      if (this.#bytes <= maxBytes) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#buckets.get(key)?.bytes ?? 0
    this.#buckets.delete(key)
  }
}

const byHandle = new WeakMap<ReadDb, KeptRows>()

/** Each handle has its own: another session is another handle. */
export function keptRows(db: ReadDb): KeptRows {
  let rows = byHandle.get(db)
  if (!rows) {
    rows = new KeptRows()
    byHandle.set(db, rows)
  }
  return rows
}

/** What the store remembers about its rollups as a whole. */

import type { Statement } from 'better-sqlite3'
import type { WriteDb } from './database.ts'

export type RollupStateName =
  /** Buckets of a width before this time were dropped; see `rollup-widths.ts`. */
  | 'kept_from_10'
  | 'kept_from_60'
  | 'kept_from_600'
  /** Rows of a width, and about how many bytes all rows hold. */
  | 'rows_10'
  | 'rows_60'
  | 'rows_600'
  | 'bytes'
  /** Of the last change; it only grows, whatever is deleted. */
  | 'revision'
  /** Spans that ended before this were pruned: their rollups can't be computed from rows any more. */
  | 'pruned_until_unix_s'
  /** While rollups are computed anew: spans of these ids still have to be folded, but for those before a time. */
  | 'rebuild_after_span'
  | 'rebuild_until_span'
  | 'rebuild_from_unix_s'

export class RollupState {
  readonly #get: Statement
  readonly #set: Statement
  readonly #add: Statement
  readonly #clear: Statement

  constructor(db: WriteDb) {
    this.#get = db.prepare('SELECT value FROM rollup_state WHERE name = ?').pluck().safeIntegers(false)
    this.#set = db.prepare('REPLACE INTO rollup_state (name, value) VALUES (?, ?)')
    this.#add = db.prepare(
      'INSERT INTO rollup_state (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value',
    )
    this.#clear = db.prepare('DELETE FROM rollup_state WHERE name = ?')
  }

  get(name: RollupStateName): number | undefined {
    return this.#get.get(name) as number | undefined
  }

  set(name: RollupStateName, value: number): void {
    this.#set.run(name, value)
  }

  add(name: RollupStateName, value: number): void {
    if (value !== 0) this.#add.run(name, value)
  }

  clear(...names: readonly RollupStateName[]): void {
    for (const name of names) this.#clear.run(name)
  }
}

/** Rollups as they are read: a stored cell, and where it belongs. */

import type { OutcomeCode } from '../rollup/outcome.ts'

/** A stored cell. */
export interface CellRow {
  readonly n: number
  readonly count: number
  readonly sum_ns: number
  readonly min_ns: number
  readonly max_ns: number
  readonly sketch: Uint8Array
}

/** With where it belongs. */
export interface RollupRow extends CellRow {
  readonly start_unix_s: number
  readonly kind: number
  readonly outcome: OutcomeCode
  /** 1 when the view shows it; messages are read as well, to be counted. */
  readonly in_view: number
  readonly exemplars: Uint8Array
}

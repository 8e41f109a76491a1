/** What every query gets, and how a long one lets others in: SQLite can't be interrupted, so scans run in slices. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { ReadDb } from '../store/database.ts'

export interface QueryContext {
  readonly db: ReadDb
  readonly signal: AbortSignal
}

/** Between two slices: messages come in, and a cancelled query ends with CANCELLED. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve))
  if (signal.aborted) throw new SpanlightError('CANCELLED', 'The query was cancelled.')
}

const targetSliceMs = 25
const minSliceRows = 64
const maxSliceRows = 65_536

/** How many rows the next slice may touch, from how long the last one took. */
export class SliceSize {
  rows = 1024

  /** Runs one slice and learns from its time. */
  time<T>(run: (rows: number) => T): T {
    const startedAt = performance.now()
    const result = run(this.rows)
    const took = performance.now() - startedAt
    if (took > 2 * targetSliceMs) this.rows = Math.max(minSliceRows, Math.floor(this.rows / 2))
    else if (took < targetSliceMs / 2) this.rows = Math.min(maxSliceRows, this.rows * 2)
    return result
  }
}

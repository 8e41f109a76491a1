/**
 * Which times were imported lately. The age limit means how long data has been here: what a file brought has times in
 * the past, so times that an import covers count from when it came.
 */

import type { Statement } from 'better-sqlite3'
import { nanosPerSecond } from '#shared/model/time.ts'
import type { WriteDb } from './database.ts'

const hourSeconds = 3600n
/** Beyond it the oldest go, and what they cover counts by its own times again. */
const maxRanges = 1_000

/** From `start` on, up to `before`. */
export interface TimeGap {
  readonly start: bigint
  readonly before: bigint
}

export class ImportedRanges {
  readonly #note: Statement
  readonly #forget: Statement
  readonly #since: Statement

  constructor(db: WriteDb) {
    // By hour of arrival: what follows a file for days covers no more than it brought of late.
    this.#note = db.prepare(
      `INSERT INTO imported_range (import_id, hour_unix_s, start_unix_nano, end_unix_nano) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET start_unix_nano = min(start_unix_nano, excluded.start_unix_nano),
                                 end_unix_nano = max(end_unix_nano, excluded.end_unix_nano)`,
    )
    this.#forget = db.prepare(
      `DELETE FROM imported_range WHERE hour_unix_s < (
         SELECT hour_unix_s FROM imported_range ORDER BY hour_unix_s DESC LIMIT 1 OFFSET ${maxRanges})`,
    )
    this.#since = db
      .prepare(
        `SELECT start_unix_nano, end_unix_nano FROM imported_range
          WHERE hour_unix_s >= ? AND start_unix_nano < ? ORDER BY start_unix_nano`,
      )
      .raw()
  }

  /** Within the transaction that stores what came. */
  note(importId: string, start: bigint, end: bigint, nowUnixNano: bigint): void {
    const seconds = nowUnixNano / nanosPerSecond
    this.#note.run(importId, seconds - (seconds % hourSeconds), start, end)
    this.#forget.run()
  }

  /** Times before `cutoff` of which nothing was imported after it. */
  gapsBefore(cutoff: bigint): TimeGap[] {
    const gaps: TimeGap[] = []
    let start = 0n
    for (const [rangeStart, rangeEnd] of this.#covering(cutoff)) {
      if (rangeStart > start) gaps.push({ start, before: rangeStart })
      if (rangeEnd >= start) start = rangeEnd + 1n
    }
    if (start < cutoff) gaps.push({ start, before: cutoff })
    return gaps
  }

  #covering(cutoff: bigint): [start: bigint, end: bigint][] {
    const seconds = cutoff / nanosPerSecond
    return this.#since.all(seconds - (seconds % hourSeconds), cutoff) as [bigint, bigint][]
  }
}

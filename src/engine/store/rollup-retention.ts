/** Keeps rollups within their limits: fine buckets only for what is new, and all of them within their share of the file. */

import { nanosPerSecond } from '#shared/model/time.ts'
import { rollupWidths } from '../rollup/rollup-widths.ts'
import type { WriteDb } from './database.ts'
import { ImportedRanges } from './imported-ranges.ts'
import { RollupState } from './rollup-state.ts'
import { defaultRetention, type RetentionPolicy, readSetting } from './settings.ts'
import type { CountWriter } from './write-counts.ts'
import { rollupFixedBytes } from './write-rollups.ts'

/** Of the size limit, however many operations there are. */
const maxShare = 0.2
/** Rows per round: about 20 ms. */
const roundRows = 2_000

const tables = ['rollup', 'service_rollup'] as const
type Width = (typeof rollupWidths)[number]['seconds']

interface Due {
  readonly width: Width
  readonly beforeUnixSeconds: number
  /** Undefined where coarser buckets still tell the same. */
  readonly lossReason: string | undefined
}

export class RollupRetention {
  readonly #db: WriteDb
  readonly #counts: CountWriter
  readonly #state: RollupState
  readonly #imported: ImportedRanges
  #policy: RetentionPolicy

  constructor(db: WriteDb, counts: CountWriter) {
    this.#db = db
    this.#counts = counts
    this.#state = new RollupState(db)
    this.#imported = new ImportedRanges(db)
    this.#policy = { ...defaultRetention, ...readSetting(db, 'retention') }
  }

  set policy(policy: RetentionPolicy) {
    this.#policy = policy
  }

  /** Removes one round of what is due, in a transaction of its own. Returns how many rows went; 0 when nothing is due. */
  round(nowUnixNano: bigint): number {
    const due = this.#due(Number(nowUnixNano / nanosPerSecond))
    if (!due) return 0
    return this.#db.transaction(() => this.#drop(due, nowUnixNano)).immediate()
  }

  #due(now: number): Due | undefined {
    for (const { seconds, keptSeconds } of rollupWidths) {
      const age = keptSeconds ?? this.#policy.rollupMaxAgeSeconds
      const [oldest, newest] = this.#extent(seconds, now)
      if (age === null || oldest === null || newest === null) continue
      // From the newest data on, not from now: an old file is shown as finely as a new one.
      const until = keptSeconds === null ? this.#beforeImported(newest - age) : newest - age
      const before = until - (((until % seconds) + seconds) % seconds)
      if (oldest >= before) continue
      const lossReason = keptSeconds === null ? 'rollups pruned: older than their age limit' : undefined
      return { width: seconds, beforeUnixSeconds: before, lossReason }
    }
    return this.#overShare()
  }

  /** Rollups go from the oldest on, so what was imported lately keeps what is newer as well. */
  #beforeImported(unixSeconds: number): number {
    const [gap] = this.#imported.gapsBefore(BigInt(Math.max(0, unixSeconds)) * nanosPerSecond)
    return gap === undefined || gap.start > 0n ? 0 : Number(gap.before / nanosPerSecond)
  }

  #overShare(): Due | undefined {
    if ((this.#state.get('bytes') ?? 0) <= this.#policy.maxBytes * maxShare) return undefined
    const widths = rollupWidths.map(({ seconds }) => ({ seconds, rows: this.#state.get(`rows_${seconds}`) ?? 0 }))
    const largest = widths.reduce((most, each) => (each.rows > most.rows ? each : most))
    if (largest.rows === 0) return undefined
    const lossReason = largest.seconds === 600 ? 'rollups pruned: over their share of the size limit' : undefined
    return { width: largest.seconds, beforeUnixSeconds: Number.MAX_SAFE_INTEGER, lossReason }
  }

  #drop({ width, beforeUnixSeconds, lossReason }: Due, now: bigint): number {
    // Whole buckets only, of both tables: a bucket that is there is complete.
    const limit = this.#db
      .prepare(
        `SELECT start_unix_s FROM rollup WHERE width_s = ? AND start_unix_s < ? ORDER BY start_unix_s LIMIT 1 OFFSET ?`,
      )
      .pluck()
      .safeIntegers(false)
      .get(width, beforeUnixSeconds, roundRows) as number | undefined
    const first = this.#db
      .prepare('SELECT min(start_unix_s) FROM rollup WHERE width_s = ?')
      .pluck()
      .safeIntegers(false)
      .get(width) as number | null
    // One bucket may hold more rows than a round: it goes as a whole.
    const until = Math.min(
      beforeUnixSeconds,
      limit === undefined ? this.#end(width) : Math.max(limit, (first ?? 0) + width),
    )
    let rows = 0
    let bytes = 0
    for (const table of tables) {
      const where =
        table === 'rollup'
          ? 'width_s = @width AND start_unix_s < @until'
          : 'width_s = @width AND start_unix_s < @until AND service_id IN (SELECT 0 UNION ALL SELECT id FROM service)'
      const dropped = this.#db
        .prepare(
          `SELECT count(*) AS rows, coalesce(sum(length(sketch) + length(exemplars) + ${rollupFixedBytes}), 0) AS bytes FROM ${table} WHERE ${where}`,
        )
        .safeIntegers(false)
        .get({ width, until }) as { rows: number; bytes: number }
      this.#db.prepare(`DELETE FROM ${table} WHERE ${where}`).run({ width, until })
      rows += dropped.rows
      bytes += dropped.bytes
    }
    this.#db.prepare('DELETE FROM rollup_bucket WHERE width_s = ? AND start_unix_s < ?').run(width, until)
    this.#state.add(`rows_${width}`, -rows)
    this.#state.add('bytes', -bytes)
    this.#state.set(`kept_from_${width}`, Math.max(until, this.#state.get(`kept_from_${width}`) ?? 0))
    if (lossReason !== undefined) this.#counts.addLoss('rollups', lossReason, rows, now)
    return Math.max(1, rows)
  }

  #end(width: Width): number {
    const [, newest] = this.#extent(width, Number.MAX_SAFE_INTEGER)
    return (newest ?? 0) + width
  }

  /** First and last bucket of a width; clocks that run ahead don't make the present old. */
  #extent(width: Width, now: number): [number | null, number | null] {
    const row = this.#db
      .prepare(
        `SELECT (SELECT start_unix_s FROM rollup WHERE width_s = @width ORDER BY start_unix_s LIMIT 1) AS oldest,
                (SELECT start_unix_s FROM rollup WHERE width_s = @width AND start_unix_s <= @now ORDER BY start_unix_s DESC LIMIT 1) AS newest`,
      )
      .safeIntegers(false)
      .get({ width, now }) as { oldest: number | null; newest: number | null }
    return [row.oldest, row.newest]
  }
}

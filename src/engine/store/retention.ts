/**
 * Keeps the database within its size and age, in small rounds between commits. What is oldest goes first, across all
 * signals; a signal is spared while it holds no more than its guaranteed share, so that one sender can't push out all
 * others. A trace goes as a whole, spans and logs. What a file brought is as old as its import.
 */

import type { Statement } from 'better-sqlite3'
import { maxUnixNano, nanosPerSecond } from '#shared/model/time.ts'
import type { WriteDb } from './database.ts'
import { ImportedRanges, type TimeGap } from './imported-ranges.ts'
import { Pruner } from './prune.ts'
import { defaultRetention, type RetentionPolicy, readSetting } from './settings.ts'
import type { CountWriter } from './write-counts.ts'

type Signal = 'traces' | 'logs' | 'metrics'

/** Of the size limit; the rest is for whoever needs it. */
const guaranteedShare: Record<Signal, number> = { traces: 0.4, logs: 0.25, metrics: 0.15 }

/** Rows per round: about 20 ms, so that a commit never waits long. */
const roundRows = 1_500
/** Pruning goes on until this share of the limit, so that it doesn't start again at the next commit. */
const lowWater = 0.95
/** Beyond this share of the limit pruning comes before receiving. */
const highWater = 1.1
const vacuumPages = 1_000
/** Free pages beyond a quarter of the file (and this many) are given back to the disk. */
const keptFreePages = 4_096

export const prunedForAge = 'pruned: older than the age limit'
export const prunedForSize = 'pruned: over the size limit'

/** Nothing outside of the times may go. */
interface Due extends TimeGap {
  readonly signal: Signal
  readonly reason: string
}

const always: TimeGap = { start: 0n, before: maxUnixNano }

interface Oldest {
  readonly signal: Signal
  readonly time: bigint
}

export class Retention {
  readonly #db: WriteDb
  readonly #pruner: Pruner
  readonly #imported: ImportedRanges
  readonly #forgetSeries: () => void
  // Asked after every commit.
  readonly #unfinished: Statement
  readonly #oldestTimes: Statement
  readonly #rollupBytes: Statement
  #policy: RetentionPolicy
  #overSize = false

  /** `forgetSeries` is called when series were removed whose ids somebody may remember. */
  constructor(db: WriteDb, counts: CountWriter, forgetSeries: () => void) {
    this.#db = db
    this.#pruner = new Pruner(db, counts)
    this.#imported = new ImportedRanges(db)
    this.#forgetSeries = forgetSeries
    this.#policy = { ...defaultRetention, ...readSetting(db, 'retention') }
    this.#rollupBytes = db.prepare("SELECT value FROM rollup_state WHERE name = 'bytes'").pluck()
    this.#unfinished = db.prepare('SELECT trace_id, reason FROM pruned_trace WHERE unfinished = 1 LIMIT 1')
    this.#oldestTimes = db
      .prepare(`SELECT (SELECT min(start_unix_nano) FROM trace WHERE start_unix_nano >= @start AND start_unix_nano < @before),
                (SELECT min(at_unix_nano) FROM log_record WHERE at_unix_nano >= @start AND at_unix_nano < @before),
                (SELECT time_unix_nano FROM (SELECT time_unix_nano FROM point ORDER BY id LIMIT 1)
                  WHERE time_unix_nano >= @start AND time_unix_nano < @before)`)
      .raw()
  }

  set policy(policy: RetentionPolicy) {
    this.#policy = policy
  }

  /** Whether so much more is stored than may be that new data has to wait for old data to go. */
  get isFarOver(): boolean {
    return this.#usedBytes() > this.#policy.maxBytes * highWater
  }

  /** Removes one round of what is due, in a transaction of its own. Returns how many rows went; 0 when nothing is due. */
  round(nowUnixNano: bigint): number {
    const unfinished = this.#unfinished.get() as { trace_id: Buffer; reason: string } | undefined
    const due = unfinished ? undefined : this.#due(nowUnixNano)
    if (!unfinished && !due) return 0
    return this.#db
      .transaction(() => {
        if (unfinished) {
          const { spans, logs } = this.#pruner.finishTrace(
            unfinished.trace_id,
            unfinished.reason,
            roundRows,
            nowUnixNano,
          )
          return Math.max(1, spans + logs)
        }
        return due ? this.#prune(due, nowUnixNano) : 0
      })
      .immediate()
  }

  /** Gives free pages back to the disk, a few at a time. Returns whether there is more to give. */
  shrink(): boolean {
    const free = this.#pragma('freelist_count')
    const wanted = free > Math.max(keptFreePages, this.#pragma('page_count') / 4)
    if (wanted) this.#db.pragma(`incremental_vacuum(${vacuumPages})`)
    return wanted
  }

  #prune(due: Due, now: bigint): number {
    if (due.signal === 'traces') return this.#pruneTraces(due, now)
    return due.signal === 'logs' ? this.#pruneLogs(due, now) : this.#prunePoints(due, now)
  }

  #pruneTraces({ reason, start, before }: Due, now: bigint): number {
    const traces = this.#db
      .prepare(
        'SELECT trace_id FROM trace WHERE start_unix_nano >= ? AND start_unix_nano < ? ORDER BY start_unix_nano LIMIT 200',
      )
      .pluck()
      .all(start, before) as Buffer[]
    let removed = 0
    for (const traceId of traces) {
      if (removed >= roundRows) break
      this.#pruner.bury(traceId, reason, now)
      const { spans, logs } = this.#pruner.finishTrace(traceId, reason, roundRows - removed, now)
      removed += spans + logs
    }
    return Math.max(removed, traces.length > 0 ? 1 : 0)
  }

  /** For room, old logs of a stored trace take the trace with them, unless traces may keep what they have. */
  #pruneLogs({ reason, start, before }: Due, now: bigint): number {
    const rows = this.#db
      .prepare(
        `SELECT log_record.id, log_record.service_id, trace.trace_id FROM log_record
           LEFT JOIN trace ON trace.trace_id = log_record.trace_id
          WHERE at_unix_nano >= ? AND at_unix_nano < ? ORDER BY at_unix_nano LIMIT ?`,
      )
      .safeIntegers(false)
      .all(start, before, roundRows / 3) as { id: number; service_id: number; trace_id: Buffer | null }[]
    const together = reason === prunedForSize && this.#exceedsShare('traces')
    const buried = new Set<string>()
    const loose: typeof rows = []
    let removed = 0
    for (const row of rows) {
      if (!row.trace_id || !together) {
        loose.push(row)
        continue
      }
      const key = row.trace_id.toString('latin1')
      if (buried.has(key) || removed >= roundRows) continue
      buried.add(key)
      this.#pruner.bury(row.trace_id, reason, now)
      const { spans, logs } = this.#pruner.finishTrace(row.trace_id, reason, roundRows - removed, now)
      removed += spans + logs
    }
    this.#pruner.logs(loose, reason, now)
    return removed + loose.length
  }

  #prunePoints({ reason, start, before }: Due, now: bigint): number {
    const rows = this.#db
      .prepare(
        `SELECT point.id, point.series_id, series.metric_id, series.service_id
           FROM (SELECT * FROM point ORDER BY id LIMIT ?) AS point JOIN series ON series.id = point.series_id
          WHERE point.time_unix_nano >= ? AND point.time_unix_nano < ?`,
      )
      .safeIntegers(false)
      .all(roundRows, start, before) as { id: number; series_id: number; metric_id: number; service_id: number }[]
    this.#pruner.points(rows, reason, now)
    this.#forgetSeries()
    return rows.length
  }

  #due(now: bigint): Due | undefined {
    const { maxAgeSeconds, maxBytes } = this.#policy
    if (maxAgeSeconds !== null) {
      for (const gap of this.#imported.gapsBefore(now - BigInt(maxAgeSeconds) * nanosPerSecond)) {
        const [tooOld] = this.#oldest(gap)
        if (tooOld) return { signal: tooOld.signal, reason: prunedForAge, ...gap }
      }
    }
    const used = this.#usedBytes()
    if (used > maxBytes) this.#overSize = true
    else if (used <= maxBytes * lowWater) this.#overSize = false
    if (!this.#overSize) return undefined
    const oldest = this.#oldest(always)
    const candidate = oldest.find(({ signal }) => this.#exceedsShare(signal)) ?? oldest[0]
    return candidate && { signal: candidate.signal, reason: prunedForSize, ...always }
  }

  /** Signals that hold anything of these times, oldest data first; of points, which go by arrival, the first alone counts. */
  #oldest(times: TimeGap): Oldest[] {
    const row = this.#oldestTimes.get(times) as (bigint | null)[]
    const signals: Signal[] = ['traces', 'logs', 'metrics']
    return signals
      .flatMap((signal, index) => {
        const time = row[index]
        return time === null || time === undefined ? [] : [{ signal, time }]
      })
      .sort((left, right) => (left.time < right.time ? -1 : 1))
  }

  #exceedsShare(signal: Signal): boolean {
    const tallies = new Map(this.#db.prepare('SELECT name, value FROM tally').raw().all() as [string, bigint][])
    const held = (name: Signal): number =>
      Number(tallies.get(name === 'traces' ? 'span_bytes' : name === 'logs' ? 'log_bytes' : 'point_bytes') ?? 0n)
    const rollups = Number(this.#rollupBytes.get() ?? 0n)
    const all = Math.max(1, held('traces') + held('logs') + held('metrics') + rollups)
    return (this.#usedBytes() * held(signal)) / all > this.#policy.maxBytes * guaranteedShare[signal]
  }

  #usedBytes(): number {
    return (this.#pragma('page_count') - this.#pragma('freelist_count')) * this.#pragma('page_size')
  }

  #pragma(name: string): number {
    return Number(this.#db.pragma(name, { simple: true }))
  }
}

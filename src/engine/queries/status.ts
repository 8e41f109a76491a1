/** What the store says about itself: kept counts, losses, and how far its data reaches. */

import type { Counts, Loss } from '#shared/contract/health.ts'
import { readSetting } from '../store/settings.ts'
import type { QueryContext } from './context.ts'

export interface StoreStatus {
  readonly counts: Counts
  readonly losses: Loss[]
  /** What a person calls this session; null while its file's name will do. */
  readonly title: string | null
  /** The newest span start or log time; null in an empty store. */
  readonly newestUnixNano: string | null
}

export function readStoreStatus({ db }: QueryContext, _input: undefined): StoreStatus {
  const tally = new Map(db.prepare('SELECT name, value FROM tally').raw().all() as [string, bigint][])
  const count = (name: string): number => Number(tally.get(name) ?? 0n)
  const losses = db
    .prepare(
      'SELECT signal, reason, sum(count) AS count FROM ingest_loss GROUP BY signal, reason ORDER BY 3 DESC, signal, reason',
    )
    .all() as { signal: string; reason: string; count: bigint }[]
  const newest = db
    .prepare(
      'SELECT max(at) FROM (SELECT max(start_unix_nano) AS at FROM trace UNION ALL SELECT max(at_unix_nano) FROM log_record)',
    )
    .pluck()
    .get() as bigint | null
  return {
    counts: { spans: count('spans'), traces: count('traces'), logs: count('logs'), points: count('points') },
    losses: losses.map((loss) => ({ ...loss, count: Number(loss.count) })),
    title: readSetting(db, 'title') ?? null,
    newestUnixNano: newest === null ? null : newest.toString(),
  }
}

const maxLossRows = 500

export interface LossAt extends Loss {
  readonly minuteUnixNano: string
}

/** What was lost minute by minute, newest first, at most 500 rows. */
export function readLosses({ db }: QueryContext, _input: undefined): LossAt[] {
  const rows = db
    .prepare('SELECT * FROM ingest_loss ORDER BY minute_unix_nano DESC, count DESC LIMIT ?')
    .all(maxLossRows) as { signal: string; reason: string; minute_unix_nano: bigint; count: bigint }[]
  return rows.map(({ signal, reason, minute_unix_nano, count }) => ({
    signal,
    reason,
    count: Number(count),
    minuteUnixNano: minute_unix_nano.toString(),
  }))
}

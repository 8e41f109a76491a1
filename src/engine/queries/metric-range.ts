/** The time axis of metrics: the range asked for in whole buckets, and where it is left open, as far as there is data. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { maxChartBuckets } from '#shared/contract/metric-chart.ts'
import { maxUnixNano } from '#shared/model/time.ts'
import { type TimeBuckets, timeBuckets } from '../signals/time-buckets.ts'
import type { ReadDb } from '../store/database.ts'
import { breathe, type QueryContext } from './context.ts'
import { statement } from './statements.ts'

/** Wide enough to see, narrow enough to draw. */
const preferredBuckets = 120
/** The beginning of the data is looked for in this many series of a metric. */
const maxSeriesLookedAt = 1_000

export interface AskedRange {
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly stepSeconds?: number | undefined
}

/** Throws BAD_INPUT when the end lies before the start. */
export async function metricRange(
  context: QueryContext,
  asked: AskedRange,
  metricIds: readonly bigint[],
): Promise<TimeBuckets> {
  const { start, end, stepSeconds } = asked
  if (start !== undefined && end !== undefined && BigInt(end) < BigInt(start)) {
    throw new SpanlightError('BAD_INPUT', 'The range ends before it starts: `end` must not be smaller than `start`.')
  }
  const from = start === undefined ? await beginning(context, metricIds) : BigInt(start)
  const until = end === undefined ? atMost(lastTime(context.db, metricIds) + 1n) : BigInt(end)
  const [first, last] = from <= until ? [from, until] : start === undefined ? [until, until] : [from, from]
  return timeBuckets(first, last, { stepSeconds, preferred: preferredBuckets, most: maxChartBuckets })
}

function atMost(time: bigint): bigint {
  return time < maxUnixNano ? time : maxUnixNano
}

/** The time of the newest point; 0 when there is none. */
function lastTime(db: ReadDb, metricIds: readonly bigint[]): bigint {
  let last = 0n
  for (const id of metricIds) {
    const time = statement(db, 'SELECT last_time_unix_nano AS time FROM metric WHERE id = ?').get(id) as
      | { time: bigint | null }
      | undefined
    if (time?.time && time.time > last) last = time.time
  }
  return last
}

async function beginning({ db, signal }: QueryContext, metricIds: readonly bigint[]): Promise<bigint> {
  const firsts: bigint[] = []
  for (const id of metricIds) {
    const rows = statement(
      db,
      `SELECT (SELECT min(time_unix_nano) FROM point WHERE series_id = listed.id) AS first
         FROM (SELECT id FROM series WHERE metric_id = ? ORDER BY id LIMIT ?) AS listed`,
    ).all([id, maxSeriesLookedAt]) as { first: bigint | null }[]
    firsts.push(...rows.flatMap(({ first }) => first ?? []))
    await breathe(signal)
  }
  return firsts.reduce((least, first) => (first < least ? first : least), firsts[0] ?? 0n)
}

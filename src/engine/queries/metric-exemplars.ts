/** Exemplars of the series shown: the highest and the newest, each with whether its trace can be opened. */

import type { MetricExemplar } from '#shared/contract/metric-chart.ts'
import { toHex } from '#shared/model/ids.ts'
import type { TimeBuckets } from '../signals/time-buckets.ts'
import { breathe, type QueryContext } from './context.ts'
import { statement } from './statements.ts'

const maxExemplars = 200
/** What is looked at, so that a metric of many series costs no more than one of few. */
const maxSeries = 500
const maxRowsPerSeries = 500

/** Of one variant. */
export interface SeriesShown {
  readonly unit: string
  readonly seriesIds: readonly number[]
}

interface Row {
  readonly time: bigint
  readonly value: number
  readonly trace_id: Buffer
  readonly span_id: Buffer | null
}

interface Found extends Row {
  readonly series: number
  readonly unit: string
}

/** Errors: CANCELLED. */
export async function chartExemplars(
  { db, signal }: QueryContext,
  { startUnixNano, endUnixNano }: TimeBuckets,
  variants: readonly SeriesShown[],
): Promise<MetricExemplar[]> {
  if (!statement(db, 'SELECT 1 FROM exemplar WHERE trace_id IS NOT NULL LIMIT 1').get([])) return []
  const rows = statement(
    db,
    `SELECT exemplar.time_unix_nano AS time, CAST(coalesce(exemplar.double_value, exemplar.int_value) AS REAL) AS value,
            exemplar.trace_id, exemplar.span_id
       FROM point JOIN exemplar ON exemplar.point_id = point.id
      WHERE point.series_id = ? AND point.time_unix_nano >= ? AND exemplar.time_unix_nano >= ?
        AND exemplar.time_unix_nano < ? AND exemplar.trace_id IS NOT NULL AND value IS NOT NULL
      ORDER BY point.time_unix_nano DESC LIMIT ?`,
  )
  const found = new Map<string, Found>()
  for (const { unit, seriesIds } of variants) {
    for (const series of seriesIds.slice(0, maxSeries)) {
      const parameters = [series, startUnixNano, startUnixNano, endUnixNano, maxRowsPerSeries]
      for (const row of rows.all(parameters) as Row[]) {
        // A cumulative histogram may repeat an exemplar with every export.
        const key = `${row.trace_id.toString('latin1')} ${row.span_id?.toString('latin1') ?? ''} ${row.time} ${row.value}`
        if (Number.isFinite(row.value)) found.set(key, { ...row, series, unit })
      }
      if (found.size > 4 * maxExemplars) keepBest(found)
      await breathe(signal)
    }
  }
  keepBest(found)
  const isStored = statement(db, 'SELECT 1 FROM trace WHERE trace_id = ?')
  const service = statement(
    db,
    'SELECT service.name AS name FROM series JOIN service ON service.id = service_id WHERE series.id = ?',
  )
  return [...found.values()].sort(byTime).map((each) => ({
    timeUnixNano: each.time.toString(),
    value: each.value,
    traceId: toHex(each.trace_id),
    spanId: each.span_id === null ? null : toHex(each.span_id),
    traceStored: isStored.get(each.trace_id) !== undefined,
    service: (service.get(each.series) as { name: string } | undefined)?.name ?? '',
    unit: each.unit,
  }))
}

function byTime(left: Found, right: Found): number {
  return left.time < right.time ? -1 : left.time > right.time ? 1 : 0
}

/** Half of what is kept is the highest, the rest the newest of the others. */
function keepBest(found: Map<string, Found>): void {
  if (found.size <= maxExemplars) return
  const entries = [...found].sort(([, left], [, right]) => right.value - left.value)
  const highest = entries.slice(0, maxExemplars / 2)
  const newest = entries
    .slice(maxExemplars / 2)
    .sort(([, left], [, right]) => byTime(right, left))
    .slice(0, maxExemplars / 2)
  found.clear()
  for (const [key, each] of [...highest, ...newest]) found.set(key, each)
}

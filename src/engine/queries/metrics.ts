/** The metrics that were received, each with what its newest points say. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { Headline, Metric, MetricListInput } from '#shared/contract/metrics.ts'
import { type MetricType, temporalityName } from '#shared/model/metric.ts'
import { maxUnixNano, nanosPerSecond } from '#shared/model/time.ts'
import { type ChartPoint, Skipped } from '../signals/chart-point.ts'
import { typicalInterval } from '../signals/gaps.ts'
import { type TimeBuckets, timeBuckets } from '../signals/time-buckets.ts'
import type { ReadDb } from '../store/database.ts'
import { breathe, type QueryContext } from './context.ts'
import { linesOf, mainColumn, readSeries } from './metric-lines.ts'
import { PointReader, ReadBudget } from './metric-points.ts'
import { statement } from './statements.ts'

interface MetricRow {
  readonly id: bigint
  readonly name: string
  readonly type: MetricType
  readonly unit: string
  readonly description: string
  readonly temporality: bigint
  readonly monotonic: bigint
  readonly point_count: bigint
  readonly series_count: bigint
  readonly services: string
  readonly last_time_unix_nano: bigint | null
}

/** A list shows what a metric is like; of one with more series, the newest are looked at. */
const maxSeries = 16
const delta = 1n
const sparklineBuckets = 30
const hourNs = 3600n * nanosPerSecond
/** Points all sparklines of a list read together. */
const maxPointsRead = 500_000

/**
 * By name; a metric that changed its type, unit or temporality is listed once per variant. Errors: BAD_INPUT, CANCELLED.
 */
export async function listMetrics(context: QueryContext, input: MetricListInput): Promise<{ metrics: Metric[] }> {
  const { db, signal } = context
  const rows = db
    .prepare(
      `SELECT *, (SELECT json_group_array(name) FROM (
                SELECT name FROM service WHERE id IN (SELECT value FROM json_each(metric.service_ids)) ORDER BY name
              )) AS services
         FROM metric
        WHERE @service IS NULL OR EXISTS (
                SELECT 1 FROM service
                 WHERE name = @service AND id IN (SELECT value FROM json_each(metric.service_ids)))
        ORDER BY name, id`,
    )
    .all({ service: input.service ?? null }) as MetricRow[]
  const sparklines = input.sparklines ? sparklineRange(rows, input) : undefined
  const budget = new ReadBudget(maxPointsRead)
  const metrics: Metric[] = []
  for (const row of rows) {
    const series = seriesOf(db, row.id, input.service)
    metrics.push({
      name: row.name,
      type: row.type,
      unit: row.unit,
      description: row.description,
      temporality: temporalityName(Number(row.temporality)),
      monotonic: row.monotonic === 1n,
      services: JSON.parse(row.services) as string[],
      seriesCount: Number(row.series_count),
      pointCount: Number(row.point_count),
      lastTimeUnixNano: row.last_time_unix_nano === null ? null : row.last_time_unix_nano.toString(),
      last: lastOf(context, row, series),
      ...(sparklines ? { sparkline: await sparklineOf(context, row, series, sparklines, budget) } : {}),
    })
    await breathe(signal)
  }
  return { metrics }
}

function seriesOf(db: ReadDb, metricId: bigint, service: string | undefined): number[] {
  const rows = statement(
    db,
    `SELECT id FROM series WHERE metric_id = ? AND (? IS NULL OR service_id = (SELECT id FROM service WHERE name = ?))
      ORDER BY id DESC LIMIT ?`,
  ).all([metricId, service ?? null, service ?? null, maxSeries]) as { id: bigint }[]
  return rows.map(({ id }) => Number(id))
}

function headlineOf(row: MetricRow): Headline {
  const main = mainColumn(row)
  if (main !== 'last') return main
  return row.type === 'gauge' ? 'mean' : 'total'
}

/** From the two newest points of each series that was heard of within an hour of the newest of all. */
function lastOf(context: QueryContext, row: MetricRow, series: readonly number[]): Metric['last'] {
  if (row.last_time_unix_nano === null || row.point_count === 0n) return null
  const end = row.last_time_unix_nano < maxUnixNano ? row.last_time_unix_nano + 1n : maxUnixNano
  const start = end > hourNs ? end - hourNs : 0n
  const buckets: TimeBuckets = {
    startUnixNano: start,
    endUnixNano: end,
    stepSeconds: 3600,
    stepNs: Number(hourNs),
    count: 1,
  }
  const reader = new PointReader(context, buckets, new ReadBudget(2 * maxSeries))
  const lines = linesOf(row, buckets, new Skipped())
  let looked = 0
  for (const id of series) {
    const points = reader.newest(id)
    if (points.length === 0) continue
    looked++
    const sink = lines.series({ interval: typicalInterval(points.map(({ time }) => time)), bornAfter: undefined })
    for (const point of sinceLast(row, points)) sink.add(point)
    sink.end()
  }
  const value = lines.lines().columns[mainColumn(row)]?.[0] ?? null
  return { kind: headlineOf(row), value, series: looked }
}

/** So that only what the newest point adds is told: the one before is nothing but what it is compared with. */
function sinceLast({ temporality }: MetricRow, points: readonly ChartPoint[]): readonly ChartPoint[] {
  const [before, newest] = points
  if (!before || !newest) return points
  if (temporality === delta || before.start !== newest.start) return [newest]
  return points.map((point) => ({ ...point, start: null }))
}

function sparklineRange(rows: readonly MetricRow[], { start, end }: MetricListInput): TimeBuckets {
  if (start !== undefined && end !== undefined && BigInt(end) < BigInt(start)) {
    throw new SpanlightError('BAD_INPUT', 'The range ends before it starts: `end` must not be smaller than `start`.')
  }
  const newest = rows.reduce((last, { last_time_unix_nano: time }) => (time !== null && time > last ? time : last), 0n)
  const until = end === undefined ? newest + 1n : BigInt(end)
  const from = start === undefined ? (until > hourNs ? until - hourNs : 0n) : BigInt(start)
  return timeBuckets(from < until ? from : until, until, {
    stepSeconds: undefined,
    preferred: sparklineBuckets - 1,
    most: sparklineBuckets,
  })
}

async function sparklineOf(
  context: QueryContext,
  row: MetricRow,
  series: readonly number[],
  buckets: TimeBuckets,
  budget: ReadBudget,
): Promise<NonNullable<Metric['sparkline']>> {
  const reader = new PointReader(context, buckets, budget)
  const lines = linesOf(row, buckets, new Skipped())
  for (const id of series) {
    if (budget.isSpent) break
    await readSeries(reader, id, lines)
  }
  return {
    startUnixNano: buckets.startUnixNano.toString(),
    stepSeconds: buckets.stepSeconds,
    values: [...(lines.lines().columns[mainColumn(row)] ?? [])],
  }
}

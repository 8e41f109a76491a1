/** The series of one metric with their newest points, and on request its chart's groups. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { type MetricGroup, maxChartGroups } from '#shared/contract/metric-chart.ts'
import type { Metric, Point, Series } from '#shared/contract/metrics.ts'
import { toHex } from '#shared/model/ids.ts'
import {
  type AttributeValue,
  type Fields,
  fieldsOf,
  pairsOf,
  plainAttributes,
  toPlainJson,
  unpackAttributes,
} from '#shared/model/jsonb.ts'
import { type MetricType, temporalityName } from '#shared/model/metric.ts'
import type { ReadDb } from '../store/database.ts'
import { breathe, type QueryContext } from './context.ts'
import { metricChart } from './metric-chart.ts'
import { serviceIdOf } from './metric-selection.ts'
import { statement } from './statements.ts'
import {
  exemplarsOfPoint,
  metricsNamed,
  resourceById,
  type StoredMetric,
  type StoredPoint,
  type StoredSeries,
} from './stored-rows.ts'

/** An answer holds at most this many points, spread evenly over its series. */
const maxPoints = 100_000
const maxPointsPerSeries = 1_000

export interface MetricInput {
  readonly name: string
  readonly service?: string | undefined
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly limit: number
  readonly groupBy?: string[] | undefined
  readonly attr?: string[] | undefined
  readonly stepSeconds?: number | undefined
  readonly maxGroups?: number | undefined
}

type MetricFields = Pick<Metric, 'name' | 'type' | 'unit' | 'description' | 'temporality' | 'monotonic'>

export interface MetricSeries extends MetricFields {
  readonly series: Series[]
  readonly seriesCount: number
  readonly startUnixNano?: string
  readonly endUnixNano?: string
  readonly stepSeconds?: number
  readonly groups?: (MetricGroup & Pick<Metric, 'type' | 'unit' | 'temporality' | 'monotonic'>)[]
  readonly groupCount?: number
  readonly warnings?: string[]
}

/** Throws NOT_FOUND for a name or a service that was never received. Errors: BAD_INPUT, CANCELLED. */
export async function metricSeries(context: QueryContext, input: MetricInput): Promise<MetricSeries> {
  const listed = await seriesWithPoints(context, input)
  if (input.groupBy === undefined && input.stepSeconds === undefined) return listed
  const maxGroups = input.maxGroups ?? maxChartGroups
  const chart = await metricChart(context, { ...input, maxGroups, exemplars: false })
  return {
    ...listed,
    startUnixNano: chart.startUnixNano,
    endUnixNano: chart.endUnixNano,
    stepSeconds: chart.stepSeconds,
    groups: chart.variants.flatMap(({ groups, type, unit, temporality, monotonic }) =>
      groups.map((group) => ({ ...group, type, unit, temporality, monotonic })),
    ),
    groupCount: chart.variants.reduce((count, variant) => count + variant.groupCount, 0),
    warnings: chart.variants.flatMap(({ warnings, skipped }) => [
      ...warnings,
      ...skipped.map(({ reason, count }) => `${count} points or parts of points were skipped: ${reason}.`),
    ]),
  }
}

async function seriesWithPoints(context: QueryContext, input: MetricInput): Promise<MetricSeries> {
  const { db, signal } = context
  const variants = metricsNamed(db, input.name)
  const newest = variants.at(-1)
  if (!newest) throw new SpanlightError('NOT_FOUND', `No metric named ${input.name} is stored here.`)
  const serviceId = serviceIdOf(db, input.service)
  const listed: { metric: StoredMetric; series: StoredSeries }[] = []
  let seriesCount = 0
  for (const metric of variants) {
    seriesCount += countSeries(db, metric.id, serviceId)
    const left = input.limit - listed.length
    listed.push(...firstSeries(db, metric.id, serviceId, left).map((series) => ({ metric, series })))
  }
  const pointLimit = Math.min(maxPointsPerSeries, Math.max(1, Math.floor(maxPoints / Math.max(1, listed.length))))
  const series: Series[] = []
  for (const each of listed) {
    series.push(seriesOf(db, each.metric, each.series, input, pointLimit))
    await breathe(signal)
  }
  return { ...fieldsOfMetric(newest), series, seriesCount }
}

function countSeries(db: ReadDb, metricId: bigint, serviceId: number | null): number {
  const row = statement(
    db,
    'SELECT count(*) AS count FROM series WHERE metric_id = ? AND (? IS NULL OR service_id = ?)',
  ).get([metricId, serviceId, serviceId]) as { count: bigint }
  return Number(row.count)
}

function firstSeries(db: ReadDb, metricId: bigint, serviceId: number | null, limit: number): StoredSeries[] {
  return statement(
    db,
    `SELECT series.id, service.name AS service, resource_id, scope_id, attributes
       FROM series JOIN service ON service.id = service_id
      WHERE metric_id = ? AND (? IS NULL OR service_id = ?) ORDER BY series.id LIMIT ?`,
  ).all([metricId, serviceId, serviceId, limit]) as StoredSeries[]
}

function fieldsOfMetric(metric: StoredMetric): MetricFields {
  return {
    name: metric.name,
    type: metric.type,
    unit: metric.unit,
    description: metric.description,
    temporality: temporalityName(Number(metric.temporality)),
    monotonic: metric.monotonic === 1n,
  }
}

function seriesOf(
  db: ReadDb,
  metric: StoredMetric,
  series: StoredSeries,
  { start, end }: MetricInput,
  limit: number,
): Series {
  const rows = db
    .prepare(
      `SELECT * FROM point WHERE series_id = @series AND time_unix_nano >= @start AND time_unix_nano < @end
        ORDER BY time_unix_nano DESC, id DESC LIMIT @limit`,
    )
    .all({
      series: series.id,
      start: BigInt(start ?? 0),
      end: end === undefined ? 2n ** 63n - 1n : BigInt(end),
      limit: limit + 1,
    }) as StoredPoint[]
  const { type, unit, temporality } = fieldsOfMetric(metric)
  return {
    type,
    unit,
    temporality,
    serviceName: series.service,
    attributes: plainAttributes(unpackAttributes(series.attributes)),
    resource: plainAttributes(unpackAttributes(resourceById(db, series.resource_id).attributes)),
    points: rows
      .slice(0, limit)
      .reverse()
      .map((point) => pointOf(db, metric.type, point)),
    morePoints: rows.length > limit,
  }
}

type Double = number | 'NaN' | 'Infinity' | '-Infinity'

function pointOf(db: ReadDb, type: MetricType, point: StoredPoint): Point {
  const detail = fieldsOf(point.detail)
  const exemplars = exemplarsOfPoint(db, point.id).map((exemplar) => ({
    timeUnixNano: exemplar.time_unix_nano.toString(),
    value: double(exemplar.int_value, exemplar.double_value, fieldsOf(exemplar.detail).get('doubleValue')),
    traceId: exemplar.trace_id === null ? null : toHex(exemplar.trace_id),
    spanId: exemplar.span_id === null ? null : toHex(exemplar.span_id),
  }))
  return {
    timeUnixNano: point.time_unix_nano.toString(),
    startTimeUnixNano: point.start_unix_nano.toString(),
    flags: Number(point.flags),
    ...valuesOf(type, point, detail),
    ...(exemplars.length === 0 ? {} : { exemplars }),
  }
}

function valuesOf(type: MetricType, point: StoredPoint, detail: Fields): Partial<Point> {
  if (type === 'gauge' || type === 'sum') {
    return { value: double(point.int_value, point.double_value, detail.get('doubleValue')) }
  }
  const counted = {
    count: Number(point.count ?? 0n),
    sum: double(null, point.sum, detail.get('sum')),
    min: double(null, point.min, detail.get('min')),
    max: double(null, point.max, detail.get('max')),
  }
  if (type === 'summary') {
    const quantileValues = listOf(detail.get('quantileValues')).map((item) => {
      const fields = new Map(pairsOf(item).map(({ key, value }) => [key, value]))
      return { quantile: doubleOf(fields.get('quantile')), value: doubleOf(fields.get('value')) }
    })
    return { count: counted.count, sum: counted.sum, quantileValues }
  }
  if (type === 'histogram') {
    return {
      ...counted,
      bucketCounts: listOf(detail.get('bucketCounts')).map(Number),
      explicitBounds: listOf(detail.get('explicitBounds')).map(doubleOf),
    }
  }
  return {
    ...counted,
    scale: Number(detail.get('scale') ?? 0),
    zeroCount: Number(detail.get('zeroCount') ?? 0),
    zeroThreshold: Number(detail.get('zeroThreshold') ?? 0),
    positive: bucketsOf(detail.get('positive')),
    negative: bucketsOf(detail.get('negative')),
  }
}

function bucketsOf(value: AttributeValue | undefined): Point['positive'] {
  if (value === undefined) return null
  const fields = new Map(pairsOf(value).map(({ key, value }) => [key, value]))
  return { offset: Number(fields.get('offset') ?? 0), bucketCounts: listOf(fields.get('bucketCounts')).map(Number) }
}

function listOf(value: AttributeValue | undefined): readonly AttributeValue[] {
  return Array.isArray(value) ? value : []
}

/** An integer column, a double column, or what SQLite couldn't hold. */
function double(integer: bigint | null, column: number | null, special: AttributeValue | undefined): Double | null {
  if (special !== undefined) return doubleOf(special)
  if (integer !== null) return Number(integer)
  return column === null ? null : doubleOf(column)
}

function doubleOf(value: AttributeValue | undefined): Double {
  return toPlainJson(Number(value)) as Double
}

/** One metric over time: its series in groups, each a line of buckets, and what could not be drawn. */

import type { MetricChart, MetricChartInput, MetricGroup, MetricVariant } from '#shared/contract/metric-chart.ts'
import { temporalityName } from '#shared/model/metric.ts'
import { Skipped } from '../signals/chart-point.ts'
import { heatmapOf } from '../signals/heatmap.ts'
import type { TimeBuckets } from '../signals/time-buckets.ts'
import type { ReadDb } from '../store/database.ts'
import type { QueryContext } from './context.ts'
import { chartExemplars, type SeriesShown } from './metric-exemplars.ts'
import { linesOf, type MetricLines, mainColumn, percentilesOf, readSeries } from './metric-lines.ts'
import { PointReader, ReadBudget } from './metric-points.ts'
import { metricRange } from './metric-range.ts'
import { largestGroups, rankedByOf } from './metric-ranking.ts'
import { type SelectedGroup, type SeriesFilter, selectSeries, serviceIdOf, serviceName } from './metric-selection.ts'
import { knownVariants, type MetricOfVariant } from './metric-variants.ts'

/** Points one chart reads at most. */
const maxPointsRead = 3_000_000

/** Errors: NOT_FOUND, BAD_INPUT, CANCELLED. */
export async function metricChart(context: QueryContext, input: MetricChartInput): Promise<MetricChart> {
  const variants = knownVariants(context.db, input.name)
  serviceIdOf(context.db, input.service)
  const buckets = await metricRange(
    context,
    input,
    variants.flatMap(({ ids }) => ids),
  )
  const budget = new ReadBudget(maxPointsRead)
  const charted: ChartedVariant[] = []
  for (const metric of variants) {
    charted.push(await chartVariant(context, metric, { ...input, buckets, budget, heatmap: true }))
  }
  const shown = charted.filter(({ variant }) => variant.seriesCount > 0)
  return {
    name: input.name,
    startUnixNano: buckets.startUnixNano.toString(),
    endUnixNano: buckets.endUnixNano.toString(),
    stepSeconds: buckets.stepSeconds,
    groupBy: [...(input.groupBy ?? [])],
    variants: shown.map(({ variant }) => variant),
    exemplars: input.exemplars ? await chartExemplars(context, buckets, shown.map(seriesShown)) : [],
  }
}

function seriesShown({ variant, seriesIds }: ChartedVariant): SeriesShown {
  return { unit: variant.unit, seriesIds }
}

export interface VariantWish extends SeriesFilter {
  readonly buckets: TimeBuckets
  readonly budget: ReadBudget
  readonly maxGroups: number
  readonly heatmap: boolean
  /** Gauges of one group are added up instead of averaged. */
  readonly addUp?: boolean
}

export interface ChartedVariant {
  readonly variant: MetricVariant
  /** Series of the groups shown. */
  readonly seriesIds: readonly number[]
}

/** Errors: NOT_FOUND, CANCELLED. */
export async function chartVariant(
  context: QueryContext,
  metric: MetricOfVariant,
  wish: VariantWish,
): Promise<ChartedVariant> {
  const { buckets, budget, maxGroups } = wish
  const selection = await selectSeries(context, metric.ids, wish)
  const chosen = await largestGroups(context, metric, selection.groups, buckets, maxGroups)
  const skipped = new Skipped()
  const reader = new PointReader(context, buckets, budget)
  const drawn: { group: SelectedGroup; lines: MetricLines }[] = []
  const read: number[] = []
  for (const group of chosen) {
    const lines = linesOf(metric, buckets, skipped, wish.addUp)
    for (const series of group.seriesIds) {
      if (budget.isSpent) break
      await readSeries(reader, series, lines)
      read.push(series)
    }
    drawn.push({ group, lines })
  }
  const wanted = chosen.reduce((count, { seriesIds }) => count + seriesIds.length, 0)
  const groups = drawn.map(({ group, lines }) => groupOf(context.db, metric.name, group, lines)).sort(byRank)
  const method = percentilesOf(metric)
  const relativeErrors = drawn.flatMap(({ lines }) => lines.relativeError() ?? [])
  return {
    variant: {
      ...fieldsOf(metric),
      main: mainColumn(metric),
      rankedBy: rankedByOf(metric, selection.groups.length, maxGroups),
      groups,
      groupCount: selection.groups.length,
      seriesCount: selection.seriesCount,
      seriesShown: read.length,
      attributes: selection.attributes,
      percentiles:
        method === null
          ? null
          : { method, relativeError: relativeErrors.length === 0 ? null : Math.max(...relativeErrors) },
      heatmap: wish.heatmap && method !== null ? heatmap(buckets, drawn) : null,
      skipped: skipped.list(),
      warnings: [
        ...new Set(drawn.flatMap(({ lines }) => [...lines.warnings])),
        ...(metric.temporality === 0n && metric.type !== 'gauge' && metric.type !== 'summary'
          ? ['The sender left out the temporality; values are taken as they were sent.']
          : []),
        ...(read.length < wanted
          ? [`Only ${read.length} of ${wanted} series were read: choose a shorter range, or filter by an attribute.`]
          : []),
        ...(selection.untracked > 0
          ? [`${selection.untracked} series belong to groups beyond the first ${selection.groups.length}.`]
          : []),
      ],
    },
    seriesIds: read,
  }
}

function fieldsOf(
  metric: MetricOfVariant,
): Pick<MetricVariant, 'type' | 'unit' | 'description' | 'temporality' | 'monotonic'> {
  return {
    type: metric.type,
    unit: metric.unit,
    description: metric.description,
    temporality: temporalityName(Number(metric.temporality)),
    monotonic: metric.monotonic === 1n,
  }
}

function groupOf(db: ReadDb, name: string, group: SelectedGroup, lines: MetricLines): MetricGroup {
  const { columns, quantiles, rank, acrossGaps } = lines.lines()
  return {
    key: [...group.key],
    title: group.key.length === 0 ? name : group.key.map((value) => value ?? '(none)').join(', '),
    seriesCount: group.seriesIds.length,
    services: [...group.serviceIds].map((id) => serviceName(db, id)).sort(),
    rank,
    columns,
    ...(quantiles ? { quantiles: quantiles.map((each) => ({ ...each })) } : {}),
    acrossGaps,
  }
}

function byRank(left: MetricGroup, right: MetricGroup): number {
  const difference = (right.rank ?? Number.NEGATIVE_INFINITY) - (left.rank ?? Number.NEGATIVE_INFINITY)
  if (difference > 0 || difference < 0) return difference
  return left.title < right.title ? -1 : left.title > right.title ? 1 : 0
}

function heatmap(buckets: TimeBuckets, drawn: readonly { lines: MetricLines }[]): MetricVariant['heatmap'] {
  return heatmapOf(
    Array.from({ length: buckets.count }, (_, bucket) => drawn.flatMap(({ lines }) => lines.cells(bucket))),
  )
}

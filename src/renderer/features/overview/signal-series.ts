/** The golden signals as series of their charts. */

import type { Latency, Overview, SignalBucket, SpanView } from '#shared/contract/overview.ts'
import type { Saturation } from '#shared/contract/saturation.ts'
import type { ChartSeries } from '../../ui/chart/series.ts'
import { bucketOf, bucketStart, type TimeGrid, timeGrid } from '../../ui/chart/time-grid.ts'
import type { LatencyOutcome } from './overview-url.ts'
import { viewWords } from './view-words.ts'

export function gridOf({ startUnixNano, stepSeconds, buckets }: Overview): TimeGrid {
  return timeGrid(startUnixNano, stepSeconds, buckets.length)
}

/** The latency of those requests the chart is about. */
export function latencyOf(bucket: SignalBucket, outcome: LatencyOutcome): Latency {
  return outcome === 'ok' ? bucket.ok : outcome === 'failed' ? bucket.error : bucket.all
}

const percentiles = [
  { id: 'p50', name: 'P50', field: 'p50Ns', color: 'var(--p50)', width: 1.6 },
  { id: 'p95', name: 'P95', field: 'p95Ns', color: 'var(--p95)', width: 1.6 },
  { id: 'p99', name: 'P99', field: 'p99Ns', color: 'var(--p99)', width: 1.9 },
] as const

export function percentileSeries({ buckets }: Overview, outcome: LatencyOutcome): readonly ChartSeries[] {
  return percentiles.map(({ field, ...series }) => ({
    ...series,
    values: buckets.map((bucket) => latencyOf(bucket, outcome)[field]),
  }))
}

/**
 * Requests per second, and messages and active requests where there are any; the latter are no rate, and on an axis of their own.
 * A bucket that isn't over at `nowUnixNano`
 * has no rate yet: it would look like a fall.
 */
export function trafficSeries(
  overview: Overview,
  view: SpanView,
  active: Saturation['active'],
  nowUnixNano: bigint,
): readonly ChartSeries[] {
  const { buckets, stepSeconds, totals } = overview
  const grid = gridOf(overview)
  const isOver = (bucket: number) => bucketStart(grid, bucket + 1) <= nowUnixNano
  const perSecond = (count: (bucket: SignalBucket) => number) =>
    buckets.map((bucket, index) => (isOver(index) ? count(bucket) / stepSeconds : null))
  const words = viewWords[view]
  const series: ChartSeries[] = [
    {
      id: 'requests',
      name: `${words.many} per second`,
      color: 'var(--p95)',
      shape: 'area',
      values: perSecond(({ requests }) => requests),
    },
  ]
  if (view === 'requests') {
    if (totals.produced > 0)
      series.push({
        id: 'produced',
        name: 'produced messages per second',
        color: 'var(--s2)',
        values: perSecond(({ produced }) => produced),
      })
    if (totals.consumed > 0)
      series.push({
        id: 'consumed',
        name: 'consumed messages per second',
        color: 'var(--s4)',
        values: perSecond(({ consumed }) => consumed),
      })
  }
  // Connections say less than requests in work do; they stand in where those aren't reported.
  const kind = active.some((line) => line.kind === 'requests') ? 'requests' : 'connections'
  const lines = active.filter((line) => line.kind === kind)
  if (lines.length > 0)
    series.push({
      id: `active ${kind}`,
      name: `active ${kind}`,
      color: 'var(--s6)',
      isDashed: true,
      isOnRight: true,
      values: sumOf(lines.map(({ values }) => values)),
    })
  return series
}

/** Sums in each bucket; null where no line says anything. */
function sumOf(columns: readonly (readonly (number | null)[])[]): readonly (number | null)[] {
  const length = columns.reduce((most, values) => Math.max(most, values.length), 0)
  return Array.from({ length }, (_, index) => {
    const known = columns.map((values) => values[index] ?? null).filter((value) => value !== null)
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
  })
}

/** Values of one grid on another, where their steps agree: the two answers may begin at different buckets. */
export function alignTo(
  grid: TimeGrid,
  from: TimeGrid,
  values: readonly (number | null)[],
): readonly (number | null)[] {
  return Array.from({ length: grid.count }, (_, index) => {
    const bucket = bucketOf(from, bucketStart(grid, index))
    return bucket === undefined ? null : (values[bucket] ?? null)
  })
}

/** Failed requests as shares of all; a gap where there were none. */
export function errorSeries({ buckets }: Overview): readonly ChartSeries[] {
  const share = (count: (bucket: SignalBucket) => number) =>
    buckets.map((bucket) => (bucket.requests === 0 ? null : count(bucket) / bucket.requests))
  return [
    { id: 'explicit', name: 'explicit', color: 'var(--error)', shape: 'bar', values: share(({ errors }) => errors) },
    {
      id: 'implicit',
      name: 'implicit',
      color: 'var(--warn)',
      shape: 'bar',
      values: share(({ implicitErrors }) => implicitErrors),
    },
  ]
}

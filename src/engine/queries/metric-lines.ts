/** The lines of a metric's groups, from the points of their series. */

import { ExplicitStore, ExponentialStore } from '../signals/bucket-stores.ts'
import type { ChartPoint, Skipped } from '../signals/chart-point.ts'
import { CounterLines } from '../signals/counter-lines.ts'
import { exponentialRelativeError } from '../signals/exponential-buckets.ts'
import { typicalInterval } from '../signals/gaps.ts'
import type { GroupLines, SeriesSink } from '../signals/group-lines.ts'
import { HistogramLines } from '../signals/histogram-lines.ts'
import { SummaryLines } from '../signals/summary-lines.ts'
import type { TimeBuckets } from '../signals/time-buckets.ts'
import { ValueLines } from '../signals/value-lines.ts'
import { type PointReader, rhythmPoints } from './metric-points.ts'
import type { StoredMetric } from './stored-rows.ts'

const delta = 1n
const cumulative = 2n

export type MainColumn = 'last' | 'rate' | 'p95'

/** What decides how a metric is drawn. */
export type MetricNature = Pick<StoredMetric, 'type' | 'temporality' | 'monotonic'>

export function mainColumn({ type, temporality, monotonic }: MetricNature): MainColumn {
  if (type === 'histogram' || type === 'exponential_histogram') return 'p95'
  if (type === 'summary' || temporality === delta) return 'rate'
  return type === 'sum' && temporality === cumulative && monotonic === 1n ? 'rate' : 'last'
}

export interface MetricLines extends GroupLines {
  /** Of percentiles, once all points are in; null where there is no one bound. */
  relativeError(): number | null
}

export function linesOf(metric: MetricNature, buckets: TimeBuckets, skipped: Skipped, addUp = false): MetricLines {
  const { type, temporality, monotonic } = metric
  const isCumulative = temporality === cumulative
  const without = <L extends GroupLines>(lines: L): L & MetricLines =>
    Object.assign(lines, { relativeError: (): null => null })
  if (type === 'gauge') return without(new ValueLines(buckets, skipped, addUp))
  if (type === 'summary') return without(new SummaryLines(buckets, skipped))
  if (type === 'histogram') {
    return without(new HistogramLines(buckets, skipped, isCumulative, new ExplicitStore(buckets.count)))
  }
  if (type === 'exponential_histogram') {
    const store = new ExponentialStore(buckets.count)
    return Object.assign(new HistogramLines(buckets, skipped, isCumulative, store), {
      relativeError: () => {
        const scale = store.coarsestScale()
        return scale === undefined ? null : exponentialRelativeError(scale)
      },
    })
  }
  if (temporality === delta) return without(new CounterLines(buckets, skipped, false))
  // Without a temporality nobody knows what the value counts from: it is shown as it was sent.
  if (isCumulative && monotonic === 1n) return without(new CounterLines(buckets, skipped, true))
  return without(new ValueLines(buckets, skipped, true))
}

export function percentilesOf({ type }: MetricNature): string | null {
  if (type === 'histogram') {
    return 'Nearest rank within merged buckets, interpolated linearly: off by at most the width of the bucket.'
  }
  if (type === 'exponential_histogram') {
    return 'Nearest rank within merged exponential buckets, interpolated geometrically: off by at most the width of the bucket.'
  }
  return null
}

/** Puts all points of a series into the lines of its group. Errors: CANCELLED. */
export async function readSeries(reader: PointReader, series: number, lines: GroupLines): Promise<void> {
  let sink: SeriesSink | undefined
  for await (const page of reader.pages(series)) {
    sink ??= lines.series({ interval: intervalOf(page), bornAfter: reader.bornAfter(series, page) })
    for (const point of page) sink.add(point)
  }
  sink?.end()
}

function intervalOf(page: readonly ChartPoint[]): number | undefined {
  return typicalInterval(page.slice(0, rhythmPoints).map(({ time }) => time))
}

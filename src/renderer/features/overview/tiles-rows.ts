/** The four golden signals as tiles: a figure, its change, its course, and how it was found. */

import type { Overview, SignalTotals, SpanView } from '#shared/contract/overview.ts'
import type { Saturation, SaturationResource } from '#shared/contract/saturation.ts'
import { clockText } from '../../ui/chart/series-summary.ts'
import { exactDuration, formatCount, formatDuration, formatQuantity, formatRate, formatShare } from '../../ui/format.ts'
import { serviceText } from '../../ui/names.ts'
import { type Change, durationChange, rateChange, shareChange } from './change.ts'
import { coverageOf } from './coverage.ts'
import { resourceKey } from './saturation-rows.ts'
import { leastForPercentile, viewWords } from './view-words.ts'

export interface Tile {
  readonly id: 'latency' | 'traffic' | 'errors' | 'saturation'
  readonly name: string
  /** Whose figure it is, where it isn't that of all that is shown. */
  readonly service?: string
  readonly value: string
  /** What makes the figure weak: too few requests. */
  readonly caution?: string | undefined
  readonly change?: Change | undefined
  readonly spark: readonly (number | null)[]
  readonly sparkColor: string
  /** How it was found, a sentence each, for hover. */
  readonly method: readonly string[]
}

const none = '–'

/** The first three tiles; the buckets' last may still be filling. */
export function signalTiles(overview: Overview, view: SpanView): readonly [Tile, Tile, Tile] {
  return [latencyTile(overview, view), trafficTile(overview, view), errorsTile(overview, view)]
}

function latencyTile({ totals, previous, buckets, method, relativeError }: Overview, view: SpanView): Tile {
  const { p99Ns, n, count } = totals.all
  const words = viewWords[view]
  const before = previous?.all.p99Ns ?? null
  return {
    id: 'latency',
    name: 'Latency · P99',
    value: p99Ns === null ? none : formatDuration(p99Ns),
    caution: cautionOf(n, words.one, words.many),
    change: durationChange(p99Ns, before),
    spark: buckets.map(({ all }) => all.p99Ns),
    sparkColor: 'var(--p99)',
    method:
      p99Ns === null
        ? [`No ${words.many} in this range.`]
        : [
            `P99 of ${formatQuantity(n, words.one, words.many)}: ${exactDuration(p99Ns)}, off by at most ${formatShare(relativeError)}.`,
            ...(n === count
              ? []
              : [`They stand for ${formatCount(count)}: the rest was sampled out before it was sent.`]),
            `Method: ${method}.`,
            ...lowSampleNote(n),
            beforeText(previous, before === null ? undefined : formatDuration(before)),
          ],
  }
}

function trafficTile(overview: Overview, view: SpanView): Tile {
  const { totals, previous, buckets, stepSeconds } = overview
  const words = viewWords[view]
  const covered = coverageOf(overview)
  const perSecond = covered.seconds === 0 ? 0 : totals.requests / covered.seconds
  return {
    id: 'traffic',
    name: 'Traffic',
    value: rateText(perSecond, words.rate),
    change: previous === null ? undefined : rateChange(perSecond, previous.ratePerSecond),
    spark: buckets.map(({ requests }) => requests / stepSeconds),
    sparkColor: 'var(--p95)',
    method: [
      `${formatQuantity(totals.requests, words.one, words.many)} ${covered.sinceUnixNano === undefined ? 'in the whole range' : `since ${clockText(covered.sinceUnixNano)}, when the first of them began`}.`,
      beforeText(previous, previous === null ? undefined : rateText(previous.ratePerSecond, words.rate)),
    ],
  }
}

function errorsTile({ totals, previous, buckets }: Overview, view: SpanView): Tile {
  const words = viewWords[view]
  const share = failedShare(totals)
  const before = previous === null ? null : failedShare(previous)
  return {
    id: 'errors',
    name: 'Errors',
    value: share === null ? none : formatShare(share),
    caution: cautionOf(totals.requests, words.one, words.many),
    change: shareChange(share, before, 1),
    spark: buckets.map((bucket) =>
      bucket.requests === 0 ? null : (bucket.errors + bucket.implicitErrors) / bucket.requests,
    ),
    sparkColor: share !== null && share > 0 ? 'var(--error)' : 'var(--p95)',
    method:
      share === null
        ? [`No ${words.many} in this range.`]
        : [
            `${formatCount(totals.errors + totals.implicitErrors)} of ${formatQuantity(totals.requests, words.one, words.many)} failed.`,
            `${formatCount(totals.errors)} explicitly: their span has status error. ${formatCount(totals.implicitErrors)} implicitly: their attributes say so.`,
            beforeText(previous, before === null ? undefined : formatShare(before)),
          ],
  }
}

/** Of the fullest resource; `before` is the answer for the window before. */
export function saturationTile(saturation: Saturation | undefined, before: Saturation | undefined): Tile {
  const fullest = saturation?.resources.find((resource) => resource.latestShare !== null)
  if (fullest === undefined)
    return {
      id: 'saturation',
      name: 'Saturation',
      value: none,
      spark: [],
      sparkColor: 'var(--p95)',
      method: [
        saturation?.resources.length
          ? 'Resources are reported, but none with a limit it could be measured by.'
          : 'No service reports how full its resources are.',
      ],
    }
  const earlier = before?.resources.find((resource) => resourceKey(resource) === resourceKey(fullest))
  return {
    id: 'saturation',
    name: `Saturation · ${fullest.title}`,
    service: fullest.service,
    value: formatShare(fullest.latestShare ?? 0),
    change: shareChange(fullest.latestShare, earlier?.latestShare ?? null, 10),
    spark: fullest.share ?? [],
    sparkColor: 'var(--p95)',
    method: [
      `The fullest of ${formatQuantity(saturation?.resourceCount ?? 0, 'resource')}: ${fullest.title} of ${serviceText(fullest.service)}. Its newest value as a share of its limit.`,
      limitText(fullest),
      `Highest in this range: ${formatShare(fullest.peakShare ?? 0)}.`,
    ],
  }
}

function limitText({ metric, limitMetric }: SaturationResource): string {
  return limitMetric === null
    ? `From ${metric}, which is a share by itself.`
    : `From ${metric}; the limit is ${limitMetric}.`
}

/** Failed requests, explicit and implicit, as a share; null without requests. */
function failedShare(totals: SignalTotals): number | null {
  if (totals.errorRatio === null || totals.implicitErrorRatio === null) return null
  return totals.errorRatio + totals.implicitErrorRatio
}

/** `31.2 req/s` */
function rateText(perSecond: number, unit: string): string {
  return formatRate(perSecond).replace('/s', ` ${unit}`)
}

function cautionOf(n: number, one: string, many: string): string | undefined {
  return n > 0 && n < leastForPercentile ? `only ${formatQuantity(n, one, many)}` : undefined
}

/** Why a percentile of so few says little. */
function lowSampleNote(n: number): readonly string[] {
  return n < leastForPercentile ? [`Fewer than ${leastForPercentile}: too few for a percentile to say much.`] : []
}

function beforeText(previous: SignalTotals | null, text: string | undefined): string {
  return previous === null || text === undefined
    ? 'Nothing to compare with in the window before.'
    : `In the window before: ${text}.`
}

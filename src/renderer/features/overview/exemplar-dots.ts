/** Which examples are drawn as dots: the slowest ones, never two on top of each other. */

import type { OverviewExemplar } from '#shared/contract/overview.ts'
import type { ChartExemplar } from '../../ui/chart/series.ts'
import { clockText } from '../../ui/chart/series-summary.ts'
import { formatDuration } from '../../ui/format.ts'
import type { LatencyOutcome } from './overview-url.ts'

const mostDots = 14
/** Dots keep at least this part of the range between them. */
const leastGapShare = 0.022

function isOfOutcome({ outcome }: OverviewExemplar, wanted: LatencyOutcome): boolean {
  return wanted === 'all' || (wanted === 'ok') === (outcome === 'ok')
}

export function exemplarKey({ traceId, spanId }: OverviewExemplar): string {
  return `${traceId}/${spanId}`
}

export interface ExemplarRange {
  readonly startUnixNano: bigint
  readonly endUnixNano: bigint
}

export function exemplarDots(
  exemplars: readonly OverviewExemplar[],
  wanted: LatencyOutcome,
  { startUnixNano, endUnixNano }: ExemplarRange,
): readonly ChartExemplar[] {
  const leastGapNs = Number(endUnixNano - startUnixNano) * leastGapShare
  const chosen: OverviewExemplar[] = []
  const slowestFirst = exemplars
    .filter((exemplar) => isOfOutcome(exemplar, wanted))
    .sort((a, b) => b.durationNs - a.durationNs)
  for (const exemplar of slowestFirst) {
    if (chosen.length >= mostDots) break
    const isNear = ({ timeUnixNano }: OverviewExemplar) =>
      Math.abs(Number(BigInt(timeUnixNano) - BigInt(exemplar.timeUnixNano))) < leastGapNs
    if (!chosen.some(isNear)) chosen.push(exemplar)
  }
  return chosen.map((exemplar) => ({
    id: exemplarKey(exemplar),
    unixNano: BigInt(exemplar.timeUnixNano),
    value: exemplar.durationNs,
    color: exemplar.outcome === 'ok' ? 'var(--p99)' : 'var(--error)',
    label: `Open a ${exemplar.outcome === 'ok' ? '' : 'failed '}trace of ${formatDuration(exemplar.durationNs)} at ${clockText(BigInt(exemplar.timeUnixNano))}`,
  }))
}

/** The slowest example that began in a range of time, and lasted as long as was selected. */
export function slowestWithin(
  exemplars: readonly OverviewExemplar[],
  wanted: LatencyOutcome,
  selection: {
    readonly startUnixNano: string
    readonly endUnixNano: string
    readonly minValue?: number
    readonly maxValue?: number
  },
): OverviewExemplar | undefined {
  const [start, end] = [BigInt(selection.startUnixNano), BigInt(selection.endUnixNano)]
  let slowest: OverviewExemplar | undefined
  for (const exemplar of exemplars) {
    const time = BigInt(exemplar.timeUnixNano)
    if (time < start || time >= end || !isOfOutcome(exemplar, wanted)) continue
    if (selection.minValue !== undefined && exemplar.durationNs <= selection.minValue) continue
    if (selection.maxValue !== undefined && exemplar.durationNs > selection.maxValue) continue
    if (slowest === undefined || exemplar.durationNs > slowest.durationNs) slowest = exemplar
  }
  return slowest
}

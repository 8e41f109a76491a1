/** From a selection on a chart to the traces behind it: how many requests it holds, and the search that finds them. */

import type { Heatmap, Overview, SignalBucket } from '#shared/contract/overview.ts'
import type { OutcomeFilter } from '#shared/contract/traces.ts'
import { countWithin } from '../../ui/chart/heat-cells.ts'
import type { ChartSelection } from '../../ui/chart/series.ts'
import { gridPosition, timeGrid } from '../../ui/chart/time-grid.ts'
import { writeDuration } from '../../ui/parse-duration.ts'
import type { OverviewFilter } from './overview-url.ts'
import { gridOf } from './signal-series.ts'

/** How many requests of a kind began in the selected buckets. */
export function countSelected(
  overview: Overview,
  selection: ChartSelection,
  count: (bucket: SignalBucket) => number,
): number {
  const { from, to } = selectedBuckets(gridOf(overview), selection)
  return overview.buckets.slice(from, to).reduce((sum, bucket) => sum + count(bucket), 0)
}

/** How many requests lie in the selected cells. */
export function countSelectedCells(heatmap: Heatmap, selection: ChartSelection): number {
  const grid = timeGrid(heatmap.startUnixNano, heatmap.stepSeconds, heatmap.counts.length)
  const rows = heatmap.boundsNs.length - 1
  const from = heatmap.boundsNs.indexOf(selection.minValue ?? Number.NaN)
  const to = heatmap.boundsNs.indexOf(selection.maxValue ?? Number.NaN)
  return countWithin(
    { bounds: heatmap.boundsNs, counts: heatmap.counts },
    selectedBuckets(grid, selection),
    // An axis that has changed since has no such edges; then it is all rows above or below.
    { from: from < 0 ? 0 : from, to: to < 0 ? rows : to },
  )
}

function selectedBuckets(
  grid: ReturnType<typeof timeGrid>,
  { startUnixNano, endUnixNano }: ChartSelection,
): { readonly from: number; readonly to: number } {
  const clamp = (position: number) => Math.min(grid.count, Math.max(0, Math.round(position)))
  return {
    from: clamp(gridPosition(grid, BigInt(startUnixNano))),
    to: clamp(gridPosition(grid, BigInt(endUnixNano))),
  }
}

export interface TraceSearch {
  readonly of: string
  readonly outcome: OutcomeFilter | undefined
  readonly service: string | undefined
  readonly operation: string | undefined
  readonly min: string | undefined
  readonly max: string | undefined
  readonly range: undefined
  readonly start: string
  readonly end: string
  readonly order: 'slowest' | undefined
}

export interface TraceSearchInput {
  readonly filter: OverviewFilter
  readonly selection: ChartSelection
  readonly outcome?: OutcomeFilter | undefined
  /** The slowest first, where a selection was about latency. */
  readonly isSlowestFirst?: boolean
}

/**
 * The Traces screen's search for exactly what was selected. A row of the heatmap holds durations above its lower edge and
 * up to its upper one; the search includes both its ends.
 */
export function tracesOf({ filter, selection, outcome, isSlowestFirst = false }: TraceSearchInput): TraceSearch {
  const { minValue, maxValue } = selection
  return {
    of: filter.view,
    outcome,
    service: filter.service,
    operation: filter.operation,
    min: minValue === undefined || minValue <= 0 ? undefined : writeDuration(Math.floor(minValue) + 1),
    max: maxValue === undefined ? undefined : writeDuration(Math.floor(maxValue)),
    range: undefined,
    start: selection.startUnixNano,
    end: selection.endUnixNano,
    order: isSlowestFirst ? 'slowest' : undefined,
  }
}

/** Twice the range around the same middle, but not beyond now. */
export function zoomedOut(
  start: bigint,
  end: bigint,
  nowUnixNano: bigint,
): { readonly start: string; readonly end: string } {
  const half = (end - start) / 2n
  const wideEnd = end + half
  const latest = end > nowUnixNano ? end : nowUnixNano
  const cut = wideEnd > latest ? latest : wideEnd
  const from = start - half - (wideEnd - cut)
  return { start: String(from < 0n ? 0n : from), end: String(cut) }
}

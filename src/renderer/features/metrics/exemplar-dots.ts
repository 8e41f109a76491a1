/** Which exemplars are drawn as dots: the highest ones whose trace can be opened, never two on top of each other. */

import type { MetricExemplar } from '#shared/contract/metric-chart.ts'
import type { ChartExemplar, ChartSelection } from '../../ui/chart/series.ts'
import { clockText } from '../../ui/chart/series-summary.ts'
import { gridEnd, type TimeGrid } from '../../ui/chart/time-grid.ts'
import { serviceText } from '../../ui/names.ts'
import type { Unit } from '../../ui/unit.ts'

const mostDots = 24
/** Dots keep at least this part of the range between them. */
const leastGapShare = 0.015

export function exemplarId({ traceId, spanId, timeUnixNano }: MetricExemplar): string {
  return `${traceId} ${spanId ?? ''} ${timeUnixNano}`
}

export function exemplarDots(
  exemplars: readonly MetricExemplar[],
  grid: TimeGrid,
  unit: Unit,
): readonly ChartExemplar[] {
  const leastGapNs = Number(gridEnd(grid) - grid.startUnixNano) * leastGapShare
  const chosen: MetricExemplar[] = []
  for (const exemplar of exemplars.toSorted((a, b) => b.value - a.value)) {
    if (chosen.length === mostDots) break
    const isNear = ({ timeUnixNano }: MetricExemplar) =>
      Math.abs(Number(BigInt(timeUnixNano) - BigInt(exemplar.timeUnixNano))) < leastGapNs
    if (!chosen.some(isNear)) chosen.push(exemplar)
  }
  return chosen.map((exemplar) => ({
    id: exemplarId(exemplar),
    unixNano: BigInt(exemplar.timeUnixNano),
    value: exemplar.value,
    color: 'var(--p99)',
    label: `Open the trace of ${unit.format(exemplar.value)} at ${clockText(BigInt(exemplar.timeUnixNano))} in ${serviceText(exemplar.service)}`,
  }))
}

/** The highest exemplar of a selected part of the chart. */
export function highestWithin(
  exemplars: readonly MetricExemplar[],
  selection: ChartSelection,
): MetricExemplar | undefined {
  const { minValue = Number.NEGATIVE_INFINITY, maxValue = Number.POSITIVE_INFINITY } = selection
  const [start, end] = [BigInt(selection.startUnixNano), BigInt(selection.endUnixNano)]
  return exemplars
    .filter(({ timeUnixNano, value }) => {
      const instant = BigInt(timeUnixNano)
      return instant >= start && instant < end && value > minValue && value <= maxValue
    })
    .toSorted((a, b) => b.value - a.value)[0]
}

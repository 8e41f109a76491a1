/** A histogram's observations by time and value. */

import { useMemo } from 'react'
import type { MetricChart, MetricHeatmap, MetricVariant } from '#shared/contract/metric-chart.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { highestCount } from '../../ui/chart/heat-cells.ts'
import { HeatLegend } from '../../ui/chart/heat-legend.tsx'
import { HeatmapChart } from '../../ui/chart/heatmap-chart.tsx'
import { axisHeightPx } from '../../ui/chart/plot-axes.tsx'
import type { ChartMark } from '../../ui/chart/series.ts'
import { clockText } from '../../ui/chart/series-summary.ts'
import { gridEnd, timeGrid } from '../../ui/chart/time-grid.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { formatCount } from '../../ui/format.ts'
import { axisOf, tickFormat, unitOf } from '../../ui/unit.ts'
import { lowestDrawn, metricHeatGrid } from './heat-grid.ts'
import { useChartActions } from './use-chart-actions.tsx'
import { usePlotHeight } from './use-plot-height.ts'

const noun = ['observation', 'observations'] as const

export interface MetricHeatmapProps {
  readonly chart: MetricChart
  readonly variant: MetricVariant
  readonly heatmap: MetricHeatmap
  readonly range: TimeRange
  readonly marks: readonly ChartMark[]
  readonly service: string | undefined
  /** Charts of one metric share crosshair and selection. */
  readonly group: string
}

export function MetricHeatmapCard({ chart, variant, heatmap, range, marks, service, group }: MetricHeatmapProps) {
  const { name, startUnixNano, stepSeconds } = chart
  const plotHeight = usePlotHeight(0.18)
  const unit = useMemo(() => unitOf(variant.unit, name), [variant.unit, name])
  const heat = useMemo(() => metricHeatGrid(heatmap), [heatmap])
  const grid = useMemo(
    () => timeGrid(startUnixNano, stepSeconds, heatmap.counts.length),
    [startUnixNano, stepSeconds, heatmap.counts.length],
  )
  const axis = useMemo(() => {
    const bounds = heat?.bounds ?? []
    const isPositive = bounds.slice(1).every((bound) => bound > 0)
    const low = lowestDrawn(bounds)
    // From the lowest edge: half a decade of nothing below it would be room wasted.
    const range = axisOf(unit, bounds, { scale: isPositive ? 'log' : 'linear', ticks: 4, floats: true })
    return isPositive && low > 0 ? { ...range, min: low, max: bounds.at(-1) ?? range.max } : range
  }, [heat, unit])
  const actions = useChartActions({
    chart,
    variant,
    grid,
    range,
    unit,
    service,
    hasDots: heat !== undefined,
    isOpenBelow: heat?.isOpenBelow ?? false,
    isOpenAbove: heat?.isOpenAbove ?? false,
  })
  const highest = heat === undefined ? 0 : highestCount(heat)
  return (
    <ChartCard
      title="Heatmap"
      subject={name}
      sub="observations by time and value"
      description={
        heat === undefined
          ? 'No observations.'
          : `${clockText(grid.startUnixNano)} to ${clockText(gridEnd(grid))}. Values from ${unit.format(axis.min)} to ${unit.format(axis.max)}, at most ${formatCount(highest)} observations in a cell.`
      }
      height={plotHeight + axisHeightPx + 6}
      legend={<HeatLegend highest={highest} noun={noun[1]} />}
    >
      {heat === undefined ? (
        <EmptyState title="Nothing was observed">
          Points arrived, but they counted nothing in this time range.
        </EmptyState>
      ) : (
        <HeatmapChart
          label="Heatmap"
          grid={grid}
          height={plotHeight}
          heat={heat}
          axis={{ ...axis, ticks: axis.ticks.filter((tick) => tick >= axis.min && tick <= axis.max) }}
          unit={unit.code}
          format={unit.format}
          formatTick={tickFormat(unit, axis)}
          noun={noun}
          group={group}
          marks={marks}
          {...actions}
        />
      )}
    </ChartCard>
  )
}

/** Requests per second, and messages and active requests where they are reported. */

import { useMemo } from 'react'
import type { Saturation } from '#shared/contract/saturation.ts'
import { axisNumber } from '../../ui/chart/axis-text.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { ChartLegend } from '../../ui/chart/chart-legend.tsx'
import type { ChartSeries } from '../../ui/chart/series.ts'
import { summaryText } from '../../ui/chart/series-summary.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import { timeGrid } from '../../ui/chart/time-grid.ts'
import { useHiddenSeries } from '../../ui/chart/use-hidden-series.ts'
import { axisFor, type ValueAxis } from '../../ui/chart/value-axis.ts'
import { formatCount, formatRate } from '../../ui/format.ts'
import { type ChartContext, chartGroup, type SignalsState } from './chart-context.ts'
import { rowPlotHeight, timeAxisHeight } from './chart-size.ts'
import { countSelected, tracesOf } from './selected-traces.ts'
import { SelectionMenu } from './selection-menu.tsx'
import { alignTo, gridOf, trafficSeries } from './signal-series.ts'
import type { SaturationAnswers } from './use-overview.ts'
import { viewWords } from './view-words.ts'

const title = 'Traffic'
/** Short names for the legend, where there is more than one line. */
const shortNames: Readonly<Record<string, string>> = {
  requests: 'req/s',
  produced: 'produced',
  consumed: 'consumed',
  'active requests': 'active',
  'active connections': 'open',
}

export interface TrafficChartProps {
  readonly context: ChartContext
  readonly signals: SignalsState
  readonly saturation: SaturationAnswers['now']
}

export function TrafficChart({ context, signals, saturation }: TrafficChartProps) {
  const { view, marks } = context
  const words = viewWords[view]
  const [hidden, toggle] = useHiddenSeries()
  const { data } = signals
  const active = saturation.data
  // Resources know services but no operations.
  const knowsActive = context.filter.operation === undefined && view === 'requests'
  const series = useMemo(() => {
    if (data === undefined) return []
    const grid = gridOf(data.overview)
    const lines = knowsActive ? aligned(active, grid) : []
    return trafficSeries(data.overview, view, lines, data.askedUnixNano)
  }, [data, view, active, knowsActive])
  const shown = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden])
  const axis = useMemo(() => axisOf(shown.filter(({ isOnRight }) => isOnRight !== true)), [shown])
  const rightAxis = useMemo(() => {
    const onRight = shown.filter(({ isOnRight }) => isOnRight === true)
    const [first] = onRight
    return first === undefined ? undefined : { ...axisOf(onRight), color: first.color }
  }, [shown])
  const overview = data?.overview
  return (
    <ChartCard
      title={title}
      sub={series.length > 1 ? '' : words.rate}
      height={rowPlotHeight + timeAxisHeight}
      // The plot gets narrower for an axis at the right: it waits to know whether there is one.
      isLoading={data === undefined || (knowsActive && saturation.isPending)}
      error={signals.error}
      onRetry={signals.retry}
      description={
        overview === undefined ? '' : summaryText({ grid: gridOf(overview), series: shown, format: formatNumber })
      }
      legend={
        series.length > 1 ? (
          <ChartLegend
            label="Traffic lines"
            items={series.map(({ id, name, color }) => ({ id, name: shortNames[id] ?? name, color }))}
            hidden={hidden}
            onToggle={toggle}
          />
        ) : undefined
      }
    >
      {overview === undefined ? null : (
        <TimeChart
          label={title}
          group={chartGroup}
          grid={gridOf(overview)}
          series={shown}
          axis={axis}
          rightAxis={rightAxis}
          height={rowPlotHeight}
          unit=""
          format={formatNumber}
          formatTick={axisNumber}
          marks={marks}
          moreRows={(bucket) => [
            { id: 'count', name: `${words.many} in all`, value: formatCount(overview.buckets[bucket]?.requests ?? 0) },
          ]}
          selectionMenu={(selection, close) => (
            <SelectionMenu
              selection={selection}
              words={words}
              count={countSelected(overview, selection, ({ requests }) => requests)}
              search={tracesOf({ filter: context.filter, selection })}
              onClose={close}
            />
          )}
          {...(context.onZoomOut === undefined ? {} : { onZoomOut: context.onZoomOut })}
        />
      )}
    </ChartCard>
  )
}

function axisOf(series: readonly ChartSeries[]): ValueAxis {
  return axisFor(
    series.flatMap(({ values }) => values),
    { ticks: 3 },
  )
}

/** Names say what is per second. */
function formatNumber(value: number): string {
  return formatRate(value).replace('/s', '')
}

function aligned(saturation: Saturation | undefined, grid: ReturnType<typeof gridOf>): Saturation['active'] {
  if (saturation === undefined) return []
  return saturation.active.map((line) => ({
    ...line,
    values: [
      ...alignTo(grid, timeGrid(saturation.startUnixNano, saturation.stepSeconds, line.values.length), line.values),
    ],
  }))
}

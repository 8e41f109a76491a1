/** Failed requests as a share of all: those whose span says so, and those only their attributes give away. */

import { useMemo } from 'react'
import type { SignalBucket } from '#shared/contract/overview.ts'
import type { OutcomeFilter } from '#shared/contract/traces.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { ChartLegend } from '../../ui/chart/chart-legend.tsx'
import { summaryText } from '../../ui/chart/series-summary.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import { useHiddenSeries } from '../../ui/chart/use-hidden-series.ts'
import { axisFor } from '../../ui/chart/value-axis.ts'
import { formatCount, formatShare } from '../../ui/format.ts'
import { type ChartContext, chartGroup, type SignalsState } from './chart-context.ts'
import { rowPlotHeight, timeAxisHeight } from './chart-size.ts'
import { countSelected, tracesOf } from './selected-traces.ts'
import { SelectionMenu } from './selection-menu.tsx'
import { errorSeries, gridOf } from './signal-series.ts'
import { viewWords } from './view-words.ts'

const title = 'Errors'
/** Without failures the axis still says that it counts shares. */
const leastTop = 0.02

export function ErrorsChart({ context, signals }: { readonly context: ChartContext; readonly signals: SignalsState }) {
  const words = viewWords[context.view]
  const [hidden, toggle] = useHiddenSeries()
  const overview = signals.data?.overview
  const series = useMemo(() => (overview === undefined ? [] : errorSeries(overview)), [overview])
  const shown = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden])
  const axis = useMemo(() => {
    const tops = (overview?.buckets ?? []).map((_, bucket) =>
      shown.reduce((sum, { values }) => sum + (values[bucket] ?? 0), 0),
    )
    return axisFor(tops, { ticks: 3, to: leastTop })
  }, [overview, shown])
  const outcome: OutcomeFilter =
    hidden.has('implicit') && !hidden.has('explicit') ? 'error' : hidden.has('explicit') ? 'implicit' : 'failed'
  return (
    <ChartCard
      title={title}
      height={rowPlotHeight + timeAxisHeight}
      isLoading={signals.data === undefined}
      error={signals.error}
      onRetry={signals.retry}
      description={
        overview === undefined ? '' : summaryText({ grid: gridOf(overview), series: shown, format: formatShare })
      }
      legend={<ChartLegend label="Errors shown" items={series} hidden={hidden} onToggle={toggle} />}
    >
      {overview === undefined ? null : (
        <TimeChart
          label={title}
          group={chartGroup}
          grid={gridOf(overview)}
          series={shown}
          axis={axis}
          height={rowPlotHeight}
          unit="share"
          format={formatShare}
          formatTick={formatShare}
          marks={context.marks}
          moreRows={(bucket) => countRows(overview.buckets[bucket], words.many)}
          selectionMenu={(selection, close) => (
            <SelectionMenu
              selection={selection}
              words={{ ...words, one: `failed ${words.one}`, many: `failed ${words.many}` }}
              count={countSelected(overview, selection, (bucket) => countOf(bucket, outcome))}
              search={tracesOf({ filter: context.filter, selection, outcome })}
              onClose={close}
            />
          )}
          {...(context.onZoomOut === undefined ? {} : { onZoomOut: context.onZoomOut })}
        />
      )}
    </ChartCard>
  )
}

function countOf({ errors, implicitErrors }: SignalBucket, outcome: OutcomeFilter): number {
  return outcome === 'error' ? errors : outcome === 'implicit' ? implicitErrors : errors + implicitErrors
}

function countRows(bucket: SignalBucket | undefined, many: string) {
  if (bucket === undefined) return []
  return [
    { id: 'failed', name: 'failed', value: formatCount(bucket.errors + bucket.implicitErrors) },
    { id: 'all', name: `of ${many}`, value: formatCount(bucket.requests) },
  ]
}

/** Requests by time and duration: what the percentiles can't show. */

import { useMemo } from 'react'
import { axisDuration } from '../../ui/chart/axis-text.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { highestCount } from '../../ui/chart/heat-cells.ts'
import { HeatLegend } from '../../ui/chart/heat-legend.tsx'
import { HeatmapChart } from '../../ui/chart/heatmap-chart.tsx'
import { timeGrid } from '../../ui/chart/time-grid.ts'
import { formatDuration } from '../../ui/format.ts'
import { type ChartContext, chartGroup, type SignalsState } from './chart-context.ts'
import { heatPlotHeight, timeAxisHeight } from './chart-size.ts'
import { slowestWithin } from './exemplar-dots.ts'
import { heatmapAxis, heatmapText } from './heatmap-rows.ts'
import { countSelectedCells, tracesOf } from './selected-traces.ts'
import { SelectionMenu } from './selection-menu.tsx'
import { viewWords } from './view-words.ts'

const title = 'Latency heatmap'

export function LatencyHeatmap({
  context,
  signals,
}: {
  readonly context: ChartContext
  readonly signals: SignalsState
}) {
  const words = viewWords[context.view]
  const heatmap = signals.data?.heatmap
  const exemplars = signals.data?.exemplars ?? []
  const heat = useMemo(() => ({ bounds: heatmap?.boundsNs ?? [], counts: heatmap?.counts ?? [] }), [heatmap])
  const axis = useMemo(() => heatmapAxis(heat.bounds), [heat])
  return (
    <ChartCard
      title={title}
      sub={`${words.many} by time and duration`}
      height={heatPlotHeight + timeAxisHeight}
      isLoading={signals.data === undefined}
      error={signals.error}
      onRetry={signals.retry}
      description={heatmap === undefined ? '' : heatmapText(heatmap, words.many)}
      legend={<HeatLegend highest={highestCount(heat)} noun={words.many} />}
    >
      {heatmap === undefined ? null : (
        <HeatmapChart
          label={title}
          group={chartGroup}
          grid={timeGrid(heatmap.startUnixNano, heatmap.stepSeconds, heatmap.counts.length)}
          heat={heat}
          axis={axis}
          height={heatPlotHeight}
          unit="ns"
          format={formatDuration}
          formatTick={axisDuration}
          noun={[words.one, words.many]}
          marks={context.marks}
          selectionMenu={(selection, close) => (
            <SelectionMenu
              selection={selection}
              words={words}
              count={countSelectedCells(heatmap, selection)}
              search={tracesOf({ filter: context.filter, selection })}
              slowest={slowestWithin(exemplars, 'all', selection)}
              onClose={close}
            />
          )}
          {...(context.onZoomOut === undefined ? {} : { onZoomOut: context.onZoomOut })}
        />
      )}
    </ChartCard>
  )
}

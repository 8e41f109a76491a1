/** P50, P95 and P99 over time, of successful or failed requests or all, with real examples as dots. */

import { NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { axisDuration } from '../../ui/chart/axis-text.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { ChartLegend } from '../../ui/chart/chart-legend.tsx'
import { summaryText } from '../../ui/chart/series-summary.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import { gridEnd } from '../../ui/chart/time-grid.ts'
import { useHiddenSeries } from '../../ui/chart/use-hidden-series.ts'
import { axisFor } from '../../ui/chart/value-axis.ts'
import { formatCount, formatDuration, formatShare } from '../../ui/format.ts'
import { type ChartContext, chartGroup, type SignalsState } from './chart-context.ts'
import controls from './chart-controls.module.css'
import { rowPlotHeight, timeAxisHeight } from './chart-size.ts'
import { exemplarDots, exemplarKey, slowestWithin } from './exemplar-dots.ts'
import { type LatencyOutcome, latencyOutcomes } from './overview-url.ts'
import { countSelected, tracesOf } from './selected-traces.ts'
import { SelectionMenu } from './selection-menu.tsx'
import { gridOf, latencyOf, percentileSeries } from './signal-series.ts'
import type { Signals } from './use-overview.ts'
import { leastForPercentile, viewWords } from './view-words.ts'

const title = 'Latency percentiles'
const outcomeNames: Readonly<Record<LatencyOutcome, string>> = {
  all: 'ok + failed',
  ok: 'successful',
  failed: 'failed',
}

export function LatencyChart({ context, signals }: { readonly context: ChartContext; readonly signals: SignalsState }) {
  const { url, setUrl } = context
  const outcome = url.latency ?? 'all'
  const scale = url.scale ?? 'log'
  const [hidden, toggle] = useHiddenSeries()
  const overview = signals.data?.overview
  const series = useMemo(() => (overview === undefined ? [] : percentileSeries(overview, outcome)), [overview, outcome])
  const shown = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden])
  return (
    <ChartCard
      title={title}
      height={rowPlotHeight + timeAxisHeight}
      isLoading={signals.data === undefined}
      error={signals.error}
      onRetry={signals.retry}
      description={
        overview === undefined ? '' : summaryText({ grid: gridOf(overview), series: shown, format: formatDuration })
      }
      legend={<ChartLegend label="Percentiles" items={series} hidden={hidden} onToggle={toggle} />}
      controls={
        <>
          <NativeSelect
            className={controls.select ?? ''}
            aria-label="Latency of"
            variant="unstyled"
            value={outcome}
            data={latencyOutcomes.map((value) => ({ value, label: outcomeNames[value] }))}
            onChange={({ currentTarget: { value } }) => {
              const chosen = latencyOutcomes.find((candidate) => candidate === value)
              setUrl({ latency: chosen === 'all' ? undefined : chosen })
            }}
          />
          <button
            type="button"
            role="switch"
            className={controls.switch}
            aria-label="Log scale"
            aria-checked={scale === 'log'}
            onClick={() => setUrl({ scale: scale === 'log' ? 'linear' : undefined })}
          >
            log
          </button>
        </>
      }
    >
      {signals.data === undefined ? null : (
        <Percentiles context={context} signals={signals.data} shown={shown} outcome={outcome} scale={scale} />
      )}
    </ChartCard>
  )
}

interface PercentilesProps {
  readonly context: ChartContext
  readonly signals: Signals
  readonly shown: ReturnType<typeof percentileSeries>
  readonly outcome: LatencyOutcome
  readonly scale: 'log' | 'linear'
}

function Percentiles({ context, signals: { overview, exemplars }, shown, outcome, scale }: PercentilesProps) {
  const navigate = useNavigate()
  const words = viewWords[context.view]
  const grid = useMemo(() => gridOf(overview), [overview])
  const dots = useMemo(
    () => exemplarDots(exemplars, outcome, { startUnixNano: grid.startUnixNano, endUnixNano: gridEnd(grid) }),
    [exemplars, outcome, grid],
  )
  const axis = useMemo(
    () =>
      axisFor([...shown.flatMap(({ values }) => values), ...dots.map(({ value }) => value)], {
        scale,
        roundIn: 'duration',
      }),
    [shown, dots, scale],
  )
  return (
    <TimeChart
      label={title}
      group={chartGroup}
      grid={grid}
      series={shown}
      axis={axis}
      height={rowPlotHeight}
      unit="ns"
      format={formatDuration}
      formatTick={axisDuration}
      marks={context.marks}
      exemplars={dots}
      onOpenExemplar={(id) => {
        const exemplar = exemplars.find((candidate) => exemplarKey(candidate) === id)
        if (exemplar !== undefined)
          void navigate({
            to: '/traces/$traceId',
            params: { traceId: exemplar.traceId },
            search: { span: exemplar.spanId },
          })
      }}
      moreRows={(bucket) => {
        const latency = overview.buckets[bucket] && latencyOf(overview.buckets[bucket], outcome)
        if (latency === undefined || latency.maxNs === null) return []
        return [
          { id: 'max', name: 'slowest', value: formatDuration(latency.maxNs) },
          { id: 'n', name: words.many, value: formatCount(latency.n) },
        ]
      }}
      note={(bucket) => {
        const n = overview.buckets[bucket] && latencyOf(overview.buckets[bucket], outcome).n
        if (n === undefined || n === 0) return undefined
        return n < leastForPercentile
          ? `Fewer than ${leastForPercentile}: percentiles say little.`
          : `By nearest rank, within ${formatShare(overview.relativeError)}`
      }}
      selectionMenu={(selection, close) => (
        <SelectionMenu
          selection={selection}
          words={words}
          count={countSelected(overview, selection, (bucket) => latencyOf(bucket, outcome).count)}
          search={tracesOf({
            filter: context.filter,
            selection,
            outcome: outcome === 'all' ? undefined : outcome,
            isSlowestFirst: true,
          })}
          slowest={slowestWithin(exemplars, outcome, selection)}
          onClose={close}
        />
      )}
      {...(context.onZoomOut === undefined ? {} : { onZoomOut: context.onZoomOut })}
    />
  )
}

/** One variant of a metric: its lines over time, its heatmap, and its groups in a table. */

import { SegmentedControl, Switch } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { MetricChart, MetricVariant } from '#shared/contract/metric-chart.ts'
import { redactedCsv } from '../../client/redacted-table.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { axisHeightPx } from '../../ui/chart/plot-axes.tsx'
import type { ChartMark } from '../../ui/chart/series.ts'
import { summaryText } from '../../ui/chart/series-summary.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import { timeGrid } from '../../ui/chart/time-grid.ts'
import { CsvButton } from '../../ui/csv-button.tsx'
import { axisOf, tickFormat, unitOf } from '../../ui/unit.ts'
import frame from './chart-frame.module.css'
import { drawnSeries } from './drawn-series.ts'
import type { GroupColors } from './group-colors.ts'
import { legendCsv } from './legend-csv.ts'
import { LegendTable } from './legend-table.tsx'
import styles from './metric-card.module.css'
import { MetricHeatmapCard } from './metric-heatmap.tsx'
import { kindText } from './metric-kind.ts'
import { chooseLine, linesOnShow, metricLines } from './metric-lines.ts'
import { chosenMode, type Mode, modesOf } from './metric-modes.ts'
import { chartNotes, drawnText } from './metric-notes.ts'
import type { MetricsUrl } from './metrics-url.ts'
import { percentileNote, tooltipRows } from './tooltip-rows.ts'
import { useChartActions } from './use-chart-actions.tsx'
import { usePlotHeight } from './use-plot-height.ts'

export interface MetricCardProps {
  readonly chart: MetricChart
  readonly variant: MetricVariant
  readonly range: TimeRange
  readonly marks: readonly ChartMark[]
  readonly colors: GroupColors
  readonly url: MetricsUrl
  readonly onChange: (patch: { readonly [K in 'show' | 'only' | 'scale']?: MetricsUrl[K] }) => void
  /** The service all screens are narrowed to. */
  readonly service: string | undefined
  /** Its title says which variant it is. */
  readonly isOneOfSeveral: boolean
}

export function MetricCard(props: MetricCardProps) {
  const { chart, variant, range, marks, colors, url, onChange } = props
  const { name, groupBy, startUnixNano, stepSeconds } = chart
  const plotHeight = usePlotHeight(0.23)
  const stepText = unitOf('s').tick(stepSeconds)
  const modes = useMemo(() => modesOf(variant, name, stepText), [variant, name, stepText])
  const mode = chosenMode(modes, url.show)
  const only = url.only ?? noLines
  const [hovered, setHovered] = useState<string>()

  const lines = useMemo(
    () => (mode === undefined ? [] : metricLines(variant, groupBy, mode, colors)),
    [variant, groupBy, mode, colors],
  )
  const shown = useMemo(() => linesOnShow(lines, only), [lines, only])
  const buckets = Math.max(0, ...lines.map(({ values }) => values.length))
  const grid = useMemo(() => timeGrid(startUnixNano, stepSeconds, buckets), [startUnixNano, stepSeconds, buckets])
  const series = useMemo(() => drawnSeries(shown, hovered), [shown, hovered])
  const isLog = url.scale === 'log'
  const axis = useMemo(
    () =>
      mode === undefined
        ? undefined
        : axisOf(
            mode.unit,
            shown.flatMap(({ values }) => values),
            { scale: isLog ? 'log' : 'linear', ticks: 5, floats: isLevel(variant) },
          ),
    [mode, shown, isLog, variant],
  )
  const services = new Set(shown.flatMap(({ group }) => group.services))
  const service = props.service ?? (services.size === 1 ? [...services][0] : undefined)
  const unit = useMemo(() => unitOf(variant.unit, name), [variant.unit, name])
  const chartGroup = `metric ${variant.type} ${variant.unit}`
  const actions = useChartActions({
    chart,
    variant,
    grid,
    range,
    unit,
    service,
    hasDots: mode !== undefined && drawsValues(variant, mode),
  })
  if (mode === undefined || axis === undefined) return null

  const notes = chartNotes(variant, chart.exemplars)
  const title = props.isOneOfSeveral ? `${mode.label} · ${kindText(variant)} in ${variant.unit || '1'}` : mode.label
  return (
    <div className={styles.cards}>
      <section className={frame.card}>
        <ChartCard
          title={title}
          subject={name}
          sub={[mode.unit.label, `${stepText} steps`].filter((part) => part !== '').join(' · ')}
          description={summaryText({ grid, series: shown.slice(0, 8), format: mode.unit.format })}
          height={plotHeight + axisHeightPx + 6}
          controls={
            <>
              <Switch
                label="Log scale"
                checked={isLog}
                onChange={(event) => onChange({ scale: event.currentTarget.checked ? 'log' : undefined })}
              />
              {modes.length > 1 ? (
                <SegmentedControl
                  aria-label="What is drawn"
                  value={mode.id}
                  onChange={(id) => onChange({ show: id === modes[0]?.id ? undefined : id })}
                  data={modes.map(({ id, label, hint }) => ({ value: id, label: <span title={hint}>{label}</span> }))}
                />
              ) : null}
            </>
          }
        >
          <TimeChart
            label={title}
            grid={grid}
            height={plotHeight}
            series={series}
            axis={axis}
            unit={mode.unit.code}
            format={mode.unit.format}
            formatTick={tickFormat(mode.unit, axis)}
            rows={(bucket) => tooltipRows(shown, bucket, mode.unit.format)}
            note={(bucket) => percentileNote(variant, shown, bucket)}
            group={chartGroup}
            marks={marks}
            {...actions}
          />
        </ChartCard>
        <div className={styles.below}>
          <div className={styles.drawn}>
            <p>{drawnText(variant, groupBy.length > 0)}</p>
            <CsvButton
              label="Save the legend as CSV"
              name={name}
              text={() => redactedCsv(legendCsv(groupBy.join(' · ') || 'group', lines))}
            />
          </div>
          {notes.map(({ text, isWarning }) => (
            <p key={text} className={isWarning ? styles.warning : styles.note}>
              {text}
            </p>
          ))}
        </div>
        <LegendTable
          title={groupBy.length === 0 || lines.length === 0 ? 'All series together' : groupBy.join(' · ')}
          lines={lines}
          unit={mode.unit}
          only={only}
          onChoose={(id, isAdding) => {
            const next = chooseLine(only, id, isAdding)
            onChange({ only: next.length === 0 ? undefined : [...next] })
          }}
          onHover={setHovered}
        />
      </section>
      {variant.heatmap === null ? null : (
        <MetricHeatmapCard
          chart={chart}
          variant={variant}
          heatmap={variant.heatmap}
          range={range}
          marks={marks}
          service={service}
          group={chartGroup}
        />
      )}
    </div>
  )
}

const noLines: readonly string[] = []

/** Temperatures, sizes and queues are compared by how they move; what is counted by how much it is. */
function isLevel({ type, main }: MetricVariant): boolean {
  return type === 'gauge' || (type === 'sum' && main === 'last')
}

/** Whether the chart's axis is that of the values themselves, and not of how often they came. */
function drawsValues({ type }: MetricVariant, { id }: Mode): boolean {
  return type !== 'sum' && id !== 'rate'
}

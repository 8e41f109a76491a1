/** A result as a chart: lines or bars over time, or one bar for each row. */

import { MultiSelect, SegmentedControl, Select } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import type { SqlColumn, SqlRow } from '#shared/contract/sql.ts'
import type { SetUrlState } from '../../client/url-state.ts'
import { axisNumber } from '../../ui/chart/axis-text.ts'
import { ChartLegend } from '../../ui/chart/chart-legend.tsx'
import { summaryText } from '../../ui/chart/series-summary.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import { useHiddenSeries } from '../../ui/chart/use-hidden-series.ts'
import { axisFor } from '../../ui/chart/value-axis.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { chartChoice, chartColumns } from './chart-columns.ts'
import { chartData, type TimeData } from './chart-data.ts'
import { ResultBars } from './result-bars.tsx'
import styles from './result-chart.module.css'
import type { SqlUrl } from './sql-url.ts'

export interface ResultChartProps {
  readonly columns: readonly SqlColumn[]
  readonly rows: readonly SqlRow[]
  readonly url: SqlUrl
  readonly setUrl: SetUrlState<SqlUrl>
}

export function ResultChart({ columns, rows, url, setUrl }: ResultChartProps) {
  const known = useMemo(() => chartColumns(columns, rows), [columns, rows])
  const choice = useMemo(() => chartChoice(known, url), [known, url])
  const shape = url.shape ?? 'line'
  const data = useMemo(() => (choice === undefined ? undefined : chartData(rows, choice, shape)), [rows, choice, shape])
  const change = (patch: Parameters<typeof setUrl>[0]): void => setUrl(patch, { replace: true })
  if (choice === undefined || data === undefined) {
    return (
      <EmptyState title="Nothing to draw">
        A chart needs a column of numbers, and one to draw them along: times, names or other numbers.
      </EmptyState>
    )
  }
  const isTime = data.kind === 'time'
  return (
    <div className={styles.chart}>
      <div className={styles.controls}>
        <Select
          label="Along"
          data={known.map(({ name }) => name)}
          value={choice.x.name}
          allowDeselect={false}
          onChange={(x) => change({ x: x ?? undefined })}
        />
        <MultiSelect
          label="Values"
          data={known.filter(({ kind }) => kind === 'number').map(({ name }) => name)}
          value={choice.y.map(({ name }) => name)}
          onChange={(y) => change({ y })}
        />
        {isTime ? (
          <>
            <Select
              label="A line for each"
              placeholder="Column of values"
              clearable
              data={known
                .filter(({ name, kind }) => name !== choice.x.name && kind === 'category')
                .map(({ name }) => name)}
              value={choice.by?.name ?? null}
              onChange={(by) => change({ by: by ?? undefined })}
            />
            <SegmentedControl
              aria-label="Drawn as"
              data={[
                { value: 'line', label: 'Lines' },
                { value: 'bar', label: 'Bars' },
              ]}
              value={shape}
              onChange={(value) => change({ shape: value === 'bar' ? 'bar' : undefined })}
            />
          </>
        ) : null}
      </div>
      {data.note === undefined ? null : <p className={styles.note}>{data.note}</p>}
      {isTime ? <Lines data={data} /> : <ResultBars data={data} values={choice.y.map(({ name }) => name)} />}
    </div>
  )
}

/** Without the axis below. */
const axisPx = 26

function Lines({ data }: { readonly data: TimeData }) {
  const { grid, series, note } = data
  const [hidden, toggle] = useHiddenSeries()
  const { ref, height } = useElementSize()
  const shown = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden])
  const axis = useMemo(() => axisFor(stackedValues(shown)), [shown])
  return (
    <figure className={styles.figure} aria-label="Result over time">
      <ChartLegend label="Lines" items={series} hidden={hidden} onToggle={toggle} />
      <p className="visually-hidden">
        {summaryText({ grid, series: shown, format: exact })} {note}
      </p>
      <div ref={ref} className={styles.plot}>
        {height > axisPx ? (
          <TimeChart
            label="Result"
            grid={grid}
            series={shown}
            axis={axis}
            height={height - axisPx}
            format={exact}
            formatTick={axisNumber}
          />
        ) : null}
      </div>
    </figure>
  )
}

/** Bars of one step stand on each other, so the axis must hold their sum. */
function stackedValues(series: TimeData['series']): (number | null)[] {
  const [first] = series
  if (first?.shape !== 'bar') return series.flatMap(({ values }) => values)
  return first.values.map((_, bucket) => series.reduce((sum, { values }) => sum + (values[bucket] ?? 0), 0))
}

function exact(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 6 })
}

/** How full resources are: lines of their share of a limit, and a list to pick from; or what to instrument. */

import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { Saturation } from '#shared/contract/saturation.ts'
import { ChartCard } from '../../ui/chart/chart-card.tsx'
import { summaryText } from '../../ui/chart/series-summary.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import { type TimeGrid, timeGrid } from '../../ui/chart/time-grid.ts'
import { axisFor } from '../../ui/chart/value-axis.ts'
import { formatQuantity, formatShare } from '../../ui/format.ts'
import { useHeldOrder } from '../../ui/held-order.ts'
import { serviceText } from '../../ui/names.ts'
import { ServiceMark } from '../../ui/service-label.tsx'
import { type ChartContext, chartGroup } from './chart-context.ts'
import { heatPlotHeight, timeAxisHeight } from './chart-size.ts'
import styles from './saturation-chart.module.css'
import {
  drawnKeys,
  kindNames,
  type ResourceRow,
  resourceRows,
  saturationSeries,
  wantedGroups,
} from './saturation-rows.ts'
import { countSelected, tracesOf } from './selected-traces.ts'
import { SelectionMenu } from './selection-menu.tsx'
import type { Signals } from './use-overview.ts'
import { viewWords } from './view-words.ts'

const title = 'Saturation'
const bodyHeight = heatPlotHeight + timeAxisHeight
const plotHeight = 76

export interface SaturationChartProps {
  readonly context: ChartContext
  readonly saturation: UseQueryResult<Saturation>
  /** For how many requests a selection holds. */
  readonly signals: Signals | undefined
}

export function SaturationChart({ context, saturation, signals }: SaturationChartProps) {
  const { url, setUrl } = context
  const answer = saturation.data
  const drawn = useMemo(() => drawnKeys(answer?.resources ?? [], url.resource), [answer, url.resource])
  const series = useMemo(() => (answer === undefined ? [] : saturationSeries(answer, drawn)), [answer, drawn])
  const rows = useMemo(() => (answer === undefined ? [] : resourceRows(answer, drawn)), [answer, drawn])
  const grid = answer === undefined ? undefined : gridOf(answer)

  function toggle(key: string): void {
    const next = new Set(drawn)
    if (!next.delete(key)) next.add(key)
    setUrl({ resource: [...next] })
  }

  return (
    <ChartCard
      title={title}
      sub={rows.length === 0 ? '' : 'share of the limit'}
      height={bodyHeight}
      isLoading={answer === undefined}
      error={answer === undefined ? saturation.error : undefined}
      onRetry={() => void saturation.refetch()}
      description={
        grid === undefined
          ? ''
          : rows.length === 0
            ? 'No service reports how full its resources are.'
            : summaryText({ grid, series, format: formatShare })
      }
    >
      {answer === undefined || grid === undefined ? null : rows.length === 0 ? (
        <Wanted wanted={answer.wanted} />
      ) : (
        <>
          <Lines context={context} grid={grid} series={series} signals={signals} />
          <ResourceList answer={answer} rows={rows} onToggle={toggle} />
        </>
      )}
    </ChartCard>
  )
}

function gridOf({ startUnixNano, endUnixNano, stepSeconds }: Saturation): TimeGrid {
  const seconds = Number((BigInt(endUnixNano) - BigInt(startUnixNano)) / 1_000_000_000n)
  return timeGrid(startUnixNano, stepSeconds, stepSeconds === 0 ? 0 : Math.round(seconds / stepSeconds))
}

interface LinesProps {
  readonly context: ChartContext
  readonly grid: TimeGrid
  readonly series: ReturnType<typeof saturationSeries>
  readonly signals: Signals | undefined
}

function Lines({ context, grid, series, signals }: LinesProps) {
  const words = viewWords[context.view]
  const axis = useMemo(
    () =>
      axisFor(
        series.flatMap(({ values }) => values),
        { ticks: 3, to: 1 },
      ),
    [series],
  )
  return (
    <TimeChart
      label={title}
      group={chartGroup}
      grid={grid}
      series={series}
      axis={axis}
      height={plotHeight}
      unit="share"
      format={formatShare}
      formatTick={formatShare}
      marks={context.marks}
      selectionMenu={(selection, close) => (
        <SelectionMenu
          selection={selection}
          words={words}
          count={signals === undefined ? 0 : countSelected(signals.overview, selection, ({ requests }) => requests)}
          search={tracesOf({ filter: context.filter, selection })}
          onClose={close}
        />
      )}
      {...(context.onZoomOut === undefined ? {} : { onZoomOut: context.onZoomOut })}
    />
  )
}

interface ResourceListProps {
  readonly answer: Saturation
  readonly rows: readonly ResourceRow[]
  readonly onToggle: (key: string) => void
}

function ResourceList({ answer, rows, onToggle }: ResourceListProps) {
  const unseen = answer.resourceCount - rows.length
  const [isHeld, setHeld] = useState(false)
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const order = useHeldOrder([...byKey.keys()], '', isHeld)
  return (
    <ul
      className={styles.resources}
      aria-label="Resources"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {order
        .flatMap((key) => byKey.get(key) ?? [])
        .map((row) => (
          <li key={row.key}>
            <button
              type="button"
              className={styles.resource}
              aria-pressed={row.isDrawn}
              disabled={!row.canBeDrawn}
              title={row.hint}
              onClick={() => onToggle(row.key)}
            >
              <i className={styles.key} style={{ background: row.isDrawn ? row.color : undefined }} />
              <span className={styles.title}>{row.title}</span>
              <span className={styles.service}>
                <ServiceMark name={row.service} />
                {serviceText(row.service)}
              </span>
              <span className={styles.figure}>{row.figure}</span>
            </button>
          </li>
        ))}
      {unseen > 0 ? (
        <li>
          <span className={styles.more}>and {formatQuantity(unseen, 'more resource')}, less full</span>
        </li>
      ) : null}
      {answer.wanted.length === 0 ? null : (
        <li>
          <span className={styles.more}>
            Nothing found for: {answer.wanted.map(({ kind }) => kindNames[kind]).join(', ')}
          </span>
        </li>
      )}
      {answer.warnings.map((warning) => (
        <li key={warning}>
          <span className={styles.more}>{warning}</span>
        </li>
      ))}
    </ul>
  )
}

/** What would have to be sent for this chart to say something. */
function Wanted({ wanted }: { readonly wanted: Saturation['wanted'] }) {
  return (
    <div className={styles.wanted}>
      <p className={styles.lead}>
        No service reports how full its resources are. <Link to="/connect">Send metrics</Link> such as these:
      </p>
      <dl>
        {wantedGroups(wanted).map(({ kinds, how, metrics }) => (
          <div key={how} title={metrics.join('\n')}>
            <dt>{kinds.map((kind) => kindNames[kind]).join(', ')}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** What both charts of a variant can do: open exemplars, brush, and zoom out. */

import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { MetricChart, MetricExemplar, MetricVariant } from '#shared/contract/metric-chart.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { useSetTimeRange } from '../../client/time-range.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import type { PlotProps } from '../../ui/chart/plot.tsx'
import type { ChartSelection } from '../../ui/chart/series.ts'
import { gridEnd, type TimeGrid } from '../../ui/chart/time-grid.ts'
import type { Unit } from '../../ui/unit.ts'
import { exemplarDots, exemplarId } from './exemplar-dots.ts'
import { widerRange } from './range-bounds.ts'
import { SelectionMenu } from './selection-menu.tsx'

export interface ChartActionsInput {
  readonly chart: MetricChart
  readonly variant: MetricVariant
  readonly grid: TimeGrid
  readonly range: TimeRange
  /** Of the metric's values. */
  readonly unit: Unit
  /** The one service behind what is on show. */
  readonly service: string | undefined
  readonly isOpenBelow?: boolean
  readonly isOpenAbove?: boolean
  /** Whether the values of exemplars lie on the chart's axis. */
  readonly hasDots: boolean
}

export function useChartActions(
  input: ChartActionsInput,
): Required<Pick<PlotProps, 'exemplars' | 'onOpenExemplar' | 'selectionMenu' | 'onZoomOut'>> {
  const { chart, variant, grid, range, unit, service, isOpenBelow = false, isOpenAbove = false, hasDots } = input
  const navigate = useNavigate()
  const setRange = useSetTimeRange()
  const exemplars = useMemo(
    () => chart.exemplars.filter(({ traceStored, unit: sent }) => traceStored && sent === variant.unit),
    [chart.exemplars, variant.unit],
  )
  const open = useCallback(
    ({ traceId, spanId }: MetricExemplar) =>
      void navigate({ to: '/traces/$traceId', params: { traceId }, search: spanId === null ? {} : { span: spanId } }),
    [navigate],
  )
  return {
    exemplars: useMemo(() => (hasDots ? exemplarDots(exemplars, grid, unit) : []), [hasDots, exemplars, grid, unit]),
    onOpenExemplar(id) {
      const exemplar = exemplars.find((candidate) => exemplarId(candidate) === id)
      if (exemplar !== undefined) open(exemplar)
    },
    selectionMenu: (selection: ChartSelection, close: () => void) => (
      <SelectionMenu
        selection={selection}
        metric={chart.name}
        unit={unit}
        service={service}
        isOpenBelow={isOpenBelow}
        isOpenAbove={isOpenAbove}
        exemplars={exemplars}
        onOpen={open}
        onClose={close}
      />
    ),
    onZoomOut: () =>
      setRange(widerRange(range, { start: grid.startUnixNano, end: gridEnd(grid) }, fromUnixMillis(Date.now()))),
  }
}

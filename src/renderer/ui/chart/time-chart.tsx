/** A chart of series over time: lines, areas or stacked bars. */

import { useMemo } from 'react'
import { ChartCanvas } from './chart-canvas.tsx'
import { useChartGroup } from './chart-group.ts'
import { useOnSheet } from './chart-sheet.ts'
import { Plot, type PlotProps, type PlotSize } from './plot.tsx'
import type { ChartSeries } from './series.ts'
import { bucketRangeText } from './series-summary.ts'
import { timeChartOption } from './time-chart-option.ts'
import { type TooltipRow, tooltipContent } from './tooltip-content.ts'
import { useTokenColors } from './use-token-colors.ts'
import type { ValueAxis } from './value-axis.ts'

export interface TimeChartProps extends PlotProps {
  readonly series: readonly ChartSeries[]
  readonly axis: ValueAxis
  /** A value as tooltips say it: with its unit. */
  readonly format: (value: number) => string
  /** A bucket's rows in the tooltip, in place of one for each series: for charts of more lines than one can read. */
  readonly rows?: (bucket: number) => readonly TooltipRow[]
  /** More rows of a bucket's tooltip, below those of the series. */
  readonly moreRows?: (bucket: number) => readonly TooltipRow[]
  /** A quiet last line of a bucket's tooltip. */
  readonly note?: (bucket: number) => string | undefined
}

/** Series keep their order: the first lies at the back. */
export function TimeChart(props: TimeChartProps) {
  const { series, axis, format, rows, moreRows, note, group: groupName, ...plot } = props
  const group = useChartGroup(groupName)
  const { grid, unit = '' } = plot
  useOnSheet('data', { kind: 'series', series, unit })
  return (
    <Plot
      {...plot}
      axis={axis}
      group={group}
      tooltip={({ bucket }) =>
        tooltipContent(
          bucketRangeText(grid, bucket),
          [
            ...(rows?.(bucket) ??
              series.map(({ id, name, color, values }): TooltipRow => {
                const value = values[bucket]
                return { id, name, color, value: value === null || value === undefined ? 'none' : format(value) }
              })),
            ...(moreRows?.(bucket) ?? []),
          ],
          note?.(bucket),
        )
      }
    >
      {(size) => <Series series={series} axis={axis} rightAxis={plot.rightAxis} bucketCount={grid.count} size={size} />}
    </Plot>
  )
}

interface SeriesProps {
  readonly series: readonly ChartSeries[]
  readonly axis: ValueAxis
  readonly rightAxis: ValueAxis | undefined
  readonly bucketCount: number
  readonly size: PlotSize
}

function Series({ series, axis, rightAxis, bucketCount, size: { width, height } }: SeriesProps) {
  const resolveColor = useTokenColors()
  const option = useMemo(
    () => timeChartOption({ bucketCount, series, axis, rightAxis, width, resolveColor }),
    [bucketCount, series, axis, rightAxis, width, resolveColor],
  )
  return <ChartCanvas option={option} width={width} height={height} />
}

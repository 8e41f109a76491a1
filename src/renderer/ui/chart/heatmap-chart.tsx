/** A heatmap: time from left to right, values upward, counts by shade. */

import { useMemo } from 'react'
import { formatCount } from '../format.ts'
import { ChartCanvas } from './chart-canvas.tsx'
import { useChartGroup } from './chart-group.ts'
import { useOnSheet } from './chart-sheet.ts'
import { type HeatGrid, heatCells, rowAt } from './heat-cells.ts'
import { heatmapOption } from './heatmap-option.ts'
import { Plot, type PlotProps, type PlotSize } from './plot.tsx'
import { bucketRangeText } from './series-summary.ts'
import { tooltipContent } from './tooltip-content.ts'
import { useTokenColors } from './use-token-colors.ts'
import type { ValueAxis } from './value-axis.ts'

export interface HeatmapChartProps extends PlotProps {
  readonly heat: HeatGrid
  readonly axis: ValueAxis
  /** An edge of a row, as tooltips say it. */
  readonly format: (value: number) => string
  /** What is counted: `['request', 'requests']`. */
  readonly noun: readonly [one: string, many: string]
}

export function HeatmapChart({ heat, axis, format, noun, group: groupName, ...plot }: HeatmapChartProps) {
  const group = useChartGroup(groupName)
  const { grid, unit = '' } = plot
  useOnSheet('data', { kind: 'heat', heat, unit, noun: noun[1] })
  const rows = useMemo(
    () => ({ bounds: heat.bounds, rowAt: (height: number) => rowAt(heat, axis, height) }),
    [heat, axis],
  )
  return (
    <Plot
      {...plot}
      axis={axis}
      group={group}
      rows={rows}
      tooltip={({ bucket, row = 0 }) => {
        const count = heat.counts[bucket]?.[row] ?? 0
        const [low, high] = [heat.bounds[row], heat.bounds[row + 1]]
        const span = low === undefined || high === undefined ? '' : `${format(low)} – ${format(high)}`
        const total = (heat.counts[bucket] ?? []).reduce((sum, one) => sum + one, 0)
        return tooltipContent(bucketRangeText(grid, bucket), [
          { id: 'cell', name: span, value: `${formatCount(count)} ${count === 1 ? noun[0] : noun[1]}` },
          { id: 'all', name: 'at this time', value: formatCount(total) },
        ])
      }}
    >
      {(size) => <Cells heat={heat} axis={axis} bucketCount={grid.count} size={size} />}
    </Plot>
  )
}

interface CellsProps {
  readonly heat: HeatGrid
  readonly axis: ValueAxis
  readonly bucketCount: number
  readonly size: PlotSize
}

function Cells({ heat, axis, bucketCount, size: { width, height } }: CellsProps) {
  const resolveColor = useTokenColors()
  const cells = useMemo(() => heatCells(heat, axis), [heat, axis])
  const option = useMemo(
    () => heatmapOption({ bucketCount, cells, width, height, resolveColor }),
    [bucketCount, cells, width, height, resolveColor],
  )
  return <ChartCanvas option={option} width={width} height={height} />
}

/** Series over time as ECharts draws them. */

import type { PlotOption, PlotSeriesOption } from './echarts.ts'
import { plotOption } from './plot-frame.ts'
import type { ChartSeries } from './series.ts'
import { axisPosition, type ValueAxis } from './value-axis.ts'

export interface TimeChartOptionInput {
  readonly bucketCount: number
  readonly series: readonly ChartSeries[]
  readonly axis: ValueAxis
  /** Of series on the right. */
  readonly rightAxis?: ValueAxis | undefined
  /** Width of the plot in px. */
  readonly width: number
  /** Turns a CSS colour into one the canvas knows. */
  readonly resolveColor: (color: string) => string
}

type PlotPoint = readonly [number, number | null]

/** Values stand in the middle of their bucket; null breaks the line, and a value alone between gaps is a dot. */
export function timeChartOption(input: TimeChartOptionInput): PlotOption {
  const { bucketCount, series, width, resolveColor } = input
  const bucketPx = bucketCount === 0 ? 0 : width / bucketCount
  return plotOption(
    bucketCount,
    series.map((one) => {
      const color = resolveColor(one.color)
      const axis = one.isOnRight === true ? (input.rightAxis ?? input.axis) : input.axis
      return one.shape === 'bar' ? barOption(one, axis, bucketPx, color) : lineOption(one, axis, color)
    }),
  )
}

function lineOption(series: ChartSeries, axis: ValueAxis, color: string): PlotSeriesOption {
  const width = series.width ?? 1.6
  return {
    id: series.id,
    type: 'line',
    data: series.values.map((value, bucket) => {
      const point = pointOf(value, bucket, axis)
      return isAlone(series.values, bucket) ? { value: [...point], symbol: 'circle' } : [...point]
    }),
    silent: true,
    symbol: 'none',
    symbolSize: width + 3,
    connectNulls: false,
    lineStyle: { color, width, join: 'round', type: series.isDashed === true ? [4, 3] : 'solid' },
    itemStyle: { color },
    emphasis: { disabled: true },
    ...(series.shape === 'area' ? { areaStyle: { color, opacity: 0.16, origin: 'start' } } : {}),
  }
}

function barOption(series: ChartSeries, axis: ValueAxis, bucketPx: number, color: string): PlotSeriesOption {
  return {
    id: series.id,
    type: 'bar',
    stack: 'bars',
    data: series.values.map((value, bucket) => [...pointOf(value, bucket, axis)]),
    silent: true,
    barWidth: Math.max(1, bucketPx > 4 ? bucketPx - 1 : bucketPx),
    itemStyle: { color },
    emphasis: { disabled: true },
  }
}

function pointOf(value: number | null, bucket: number, axis: ValueAxis): PlotPoint {
  return [bucket + 0.5, isValue(value) ? axisPosition(axis, value) : null]
}

function isValue(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value)
}

function isAlone(values: readonly (number | null)[], bucket: number): boolean {
  return isValue(values[bucket]) && !isValue(values[bucket - 1]) && !isValue(values[bucket + 1])
}

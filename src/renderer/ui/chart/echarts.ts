/** The parts of Apache ECharts we draw with: series on a canvas. Axes, pointer and tooltip are ours. */

import {
  BarChart,
  type BarSeriesOption,
  CustomChart,
  type CustomSeriesOption,
  LineChart,
  type LineSeriesOption,
} from 'echarts/charts'
import { GridComponent, type GridComponentOption } from 'echarts/components'
import { type ComposeOption, type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([LineChart, BarChart, CustomChart, GridComponent, CanvasRenderer])

export type PlotOption = ComposeOption<LineSeriesOption | BarSeriesOption | CustomSeriesOption | GridComponentOption>
export type PlotSeriesOption = LineSeriesOption | BarSeriesOption | CustomSeriesOption
export type PlotInstance = EChartsType

export function createPlot(element: HTMLElement): PlotInstance {
  return init(element, null, { renderer: 'canvas' })
}

/** The canvas's coordinates: buckets from left to right, and heights from 0 at the bottom to 1 at the top. */

import type { PlotOption, PlotSeriesOption } from './echarts.ts'

/** Room around the plot on the canvas, so that lines at its edge are not cut to half their width. */
export const bleedPx = 4

/** An option without axes, animation or pointer events, whose plot fills the canvas but for the bleed. */
export function plotOption(bucketCount: number, series: readonly PlotSeriesOption[]): PlotOption {
  return {
    animation: false,
    grid: { left: bleedPx, right: bleedPx, top: bleedPx, bottom: bleedPx },
    xAxis: { type: 'value', min: 0, max: Math.max(1, bucketCount), show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [...series],
  }
}

import { describe, expect, it } from 'vitest'
import { heatmapOption } from './heatmap-option.ts'
import { timeChartOption } from './time-chart-option.ts'
import { axisFor } from './value-axis.ts'

const axis = axisFor([10], { ticks: 2 })
const resolveColor = (color: string) => (color === 'var(--p99)' ? '#2f2a9b' : color)

function seriesOf(values: readonly (number | null)[], shape?: 'bar' | 'area') {
  const series = [{ id: 'a', name: 'A', color: 'var(--p99)', values, ...(shape === undefined ? {} : { shape }) }]
  const option = timeChartOption({ bucketCount: values.length, series, axis, width: 100, resolveColor })
  return (Array.isArray(option.series) ? option.series : [option.series])[0]
}

describe('timeChartOption', () => {
  it('puts values into the middle of their buckets, as heights of the plot', () => {
    expect(seriesOf([10, 5])).toMatchObject({
      type: 'line',
      data: [
        [0.5, 1],
        [1.5, 0.5],
      ],
      lineStyle: { color: '#2f2a9b' },
    })
  })

  it('leaves gaps open, and draws a value alone between gaps as a dot', () => {
    expect(seriesOf([10, null, 5, null, Number.NaN])).toMatchObject({
      connectNulls: false,
      data: [
        { value: [0.5, 1], symbol: 'circle' },
        [1.5, null],
        { value: [2.5, 0.5], symbol: 'circle' },
        [3.5, null],
        [4.5, null],
      ],
    })
  })

  it('draws bars nearly as wide as their bucket', () => {
    expect(seriesOf([1, 2, 3, 4], 'bar')).toMatchObject({ type: 'bar', barWidth: 24, stack: 'bars' })
  })

  it('never animates and never asks for the pointer', () => {
    const option = timeChartOption({ bucketCount: 1, series: [], axis, width: 100, resolveColor })
    expect(option).toMatchObject({ animation: false, xAxis: { min: 0, max: 1, show: false } })
    expect(heatmapOption({ bucketCount: 0, cells: [], width: 0, height: 0, resolveColor })).toMatchObject({
      animation: false,
    })
  })
})

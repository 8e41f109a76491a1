/** Grid lines and labels around a plot, drawn by CSS so that they follow the colour scheme. */

import { useMemo } from 'react'
import { labelledTimes, tickTop } from './axis-labels.ts'
import styles from './plot.module.css'
import type { TimeGrid } from './time-grid.ts'
import type { ValueAxis } from './value-axis.ts'

/** Room for the time axis below the plot. */
export const axisHeightPx = 20
/** Room for the labels of an axis at the right. */
export const rightAxisPx = 34

export interface RightAxis extends ValueAxis {
  /** That of what is measured on it. */
  readonly color: string
}

export interface PlotAxesProps {
  readonly grid: TimeGrid
  readonly axis: ValueAxis
  readonly rightAxis: RightAxis | undefined
  readonly formatTick: (value: number) => string
  readonly width: number
  readonly height: number
}

export function PlotAxes({ grid, axis, rightAxis, formatTick, width, height }: PlotAxesProps) {
  const times = useMemo(() => labelledTimes(grid, width), [grid, width])
  return (
    <svg className={styles.axes} width={width} height={height + axisHeightPx} aria-hidden="true">
      {axis.ticks.map((tick) => {
        const y = tickTop(axis, tick, height)
        return (
          <g key={tick}>
            <line x1={0} x2={width} y1={y + 0.5} y2={y + 0.5} />
            <text x={-7} y={y + 3.5} textAnchor="end">
              {formatTick(tick)}
            </text>
          </g>
        )
      })}
      {rightAxis?.ticks.map((tick) => (
        <text key={tick} x={width + 7} y={tickTop(rightAxis, tick, height) + 3.5} style={{ fill: rightAxis.color }}>
          {formatTick(tick)}
        </text>
      ))}
      {times.map(({ x, label }) => (
        <text key={label + x} x={x} y={height + 15} textAnchor="middle">
          {label}
        </text>
      ))}
    </svg>
  )
}

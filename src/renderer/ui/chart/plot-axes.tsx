/** Grid lines and labels around a plot, drawn by CSS so that they follow the colour scheme. */

import { useMemo } from 'react'
import styles from './plot.module.css'
import type { TimeGrid } from './time-grid.ts'
import { timeTicks } from './time-ticks.ts'
import { axisPosition, type ValueAxis } from './value-axis.ts'

/** Room for the time axis below the plot. */
export const axisHeightPx = 20
/** Room for the labels of an axis at the right. */
export const rightAxisPx = 34
const leastTickGapPx = 64
/** Half the width of a character, and how far a label may reach over the right end of the plot. */
const halfCharacterPx = 3
const overhangPx = 11
/** Nearer to the left end a label would stand right below those of the other axis. */
const leastLeftPx = 8

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
  const ticks = useMemo(() => timeTicks(grid, width, leastTickGapPx), [grid, width])
  const bucketPx = grid.count === 0 ? 0 : width / grid.count
  const heightOf = (of: ValueAxis, tick: number) => Math.round((1 - axisPosition(of, tick)) * height)
  return (
    <svg className={styles.axes} width={width} height={height + axisHeightPx} aria-hidden="true">
      {axis.ticks.map((tick) => {
        const y = heightOf(axis, tick)
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
        <text key={tick} x={width + 7} y={heightOf(rightAxis, tick) + 3.5} style={{ fill: rightAxis.color }}>
          {formatTick(tick)}
        </text>
      ))}
      {ticks.map(({ position, label }) => {
        const x = position * bucketPx
        if (x < leastLeftPx || x + label.length * halfCharacterPx > width + overhangPx) return null
        return (
          <text key={label + position} x={x} y={height + 15} textAnchor="middle">
            {label}
          </text>
        )
      })}
    </svg>
  )
}

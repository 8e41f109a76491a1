/** Where labels of a plot's axes stand, in px from its upper left corner. */

import type { TimeGrid } from './time-grid.ts'
import { timeTicks } from './time-ticks.ts'
import { axisPosition, type ValueAxis } from './value-axis.ts'

const leastTickGapPx = 64
/** Half the width of a character, and how far a label may reach over the right end of the plot. */
const halfCharacterPx = 3
const overhangPx = 11
/** Nearer to the left end a label would stand right below those of the other axis. */
const leastLeftPx = 8

export interface LabelledTime {
  /** The middle of the label. */
  readonly x: number
  readonly label: string
}

/** Times that have room for their labels below a plot of this width. */
export function labelledTimes(grid: TimeGrid, width: number): readonly LabelledTime[] {
  const bucketPx = grid.count === 0 ? 0 : width / grid.count
  return timeTicks(grid, width, leastTickGapPx)
    .map(({ position, label }) => ({ x: position * bucketPx, label }))
    .filter(({ x, label }) => x >= leastLeftPx && x + label.length * halfCharacterPx <= width + overhangPx)
}

/** How far below the top of a plot the tick of a value stands. */
export function tickTop(axis: ValueAxis, tick: number, height: number): number {
  return Math.round((1 - axisPosition(axis, tick)) * height)
}

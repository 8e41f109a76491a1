/** Dots of real examples on a chart; each is a button that opens its example. */

import styles from './plot.module.css'
import type { ChartExemplar } from './series.ts'
import { gridPosition, type TimeGrid } from './time-grid.ts'
import { axisPosition, type ValueAxis } from './value-axis.ts'

export interface ExemplarsProps {
  readonly exemplars: readonly ChartExemplar[]
  readonly onOpen: ((id: string) => void) | undefined
  /** The dot the pointer is on, undefined once it is on none. */
  readonly onPoint: (exemplar: ChartExemplar | undefined) => void
  readonly grid: TimeGrid
  readonly axis: ValueAxis
}

/** By keyboard an example is opened from the menu of its bucket, so the dots are no stops of the tab key. */
export function Exemplars({ exemplars, onOpen, onPoint, grid, axis }: ExemplarsProps) {
  if (onOpen === undefined || grid.count === 0) return null
  return exemplars.map((exemplar) => {
    const { id, unixNano, value, color, label } = exemplar
    const x = gridPosition(grid, unixNano) / grid.count
    const y = axisPosition(axis, value)
    if (x < 0 || x > 1) return null
    return (
      <button
        key={id}
        type="button"
        tabIndex={-1}
        className={styles.exemplar}
        aria-label={label}
        style={{ left: `${x * 100}%`, bottom: `${Math.min(1, Math.max(0, y)) * 100}%`, color }}
        onPointerEnter={() => onPoint(exemplar)}
        onPointerLeave={() => onPoint(undefined)}
        onClick={() => onOpen(id)}
      />
    )
  })
}

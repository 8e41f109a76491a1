/** The selected part of a chart, and what can be done with it. */

import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import type { GroupSelection } from './chart-group.ts'
import styles from './plot.module.css'
import type { ChartSelection } from './series.ts'
import { gridPosition, type TimeGrid } from './time-grid.ts'
import { axisPosition, type ValueAxis } from './value-axis.ts'

export interface PlotSelectionProps {
  readonly selection: GroupSelection | undefined
  /** False on the other charts of the group, which show the same time. */
  readonly isOwn: boolean
  readonly label: string
  readonly grid: TimeGrid
  readonly axis: ValueAxis
  readonly menu: ((selection: ChartSelection, close: () => void) => ReactNode) | undefined
  readonly onClose: () => void
}

export function PlotSelection({ selection, isOwn, label, grid, axis, menu, onClose }: PlotSelectionProps) {
  if (selection === undefined || grid.count === 0) return null
  const left = share(gridPosition(grid, BigInt(selection.startUnixNano)) / grid.count)
  const right = share(gridPosition(grid, BigInt(selection.endUnixNano)) / grid.count)
  if (right <= left) return null
  const bottom = isOwn && selection.minValue !== undefined ? share(axisPosition(axis, selection.minValue)) : 0
  const top = isOwn && selection.maxValue !== undefined ? share(axisPosition(axis, selection.maxValue)) : 1
  const box = (
    <div
      className={styles.selection}
      data-own={isOwn || undefined}
      style={{
        left: `${left * 100}%`,
        width: `${(right - left) * 100}%`,
        bottom: `${bottom * 100}%`,
        height: `${(top - bottom) * 100}%`,
      }}
    />
  )
  if (!isOwn || !selection.isDone || menu === undefined) return box
  return (
    <Popover opened position="top" offset={6} withinPortal trapFocus returnFocus={false} closeOnClickOutside={false}>
      <Popover.Target>{box}</Popover.Target>
      <Popover.Dropdown
        className={styles.menu}
        aria-label={`Selected in ${label}`}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onClose()
        }}
      >
        {menu(selection, onClose)}
      </Popover.Dropdown>
    </Popover>
  )
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
}

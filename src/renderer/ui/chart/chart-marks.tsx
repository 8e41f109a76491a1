/** Marks on the time axis: a line where something happened, an area while it lasted, and what it was. */

import styles from './plot.module.css'
import type { ChartMark } from './series.ts'
import { bucketStart, gridPosition, type TimeGrid } from './time-grid.ts'

/** Labels stand beside their mark while there is room for them; the tooltip tells them all. */
const leastLabelPx = 90
const characterPx = 5.6

export interface ChartMarksProps {
  readonly marks: readonly ChartMark[]
  readonly grid: TimeGrid
  readonly width: number
}

export function ChartMarks({ marks, grid, width }: ChartMarksProps) {
  if (grid.count === 0 || width === 0) return null
  const placed = placeMarks(marks, grid, width)
  return (
    <div className={styles.marks} aria-hidden="true">
      {placed.map(({ mark, left, right, label }) => (
        <div key={mark.id} className={styles.mark} style={{ left, width: right - left, color: mark.color }}>
          {left >= 0 ? <i className={styles.markLine} /> : null}
          {label === undefined ? null : (
            <span className={styles.markLabel} data-side={label.side} style={{ maxWidth: label.width }}>
              {mark.label}
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

export interface PlacedMark {
  readonly mark: ChartMark
  readonly left: number
  readonly right: number
  /** On which side of the line the label stands; undefined where there is no room for it. */
  readonly label: { readonly side: 'left' | 'right'; readonly width: number } | undefined
}

/** Labels never cover each other: one that would is left out. */
export function placeMarks(marks: readonly ChartMark[], grid: TimeGrid, width: number): readonly PlacedMark[] {
  const pxOf = (unixNano: bigint) => (gridPosition(grid, unixNano) / grid.count) * width
  const visible = marks
    .map((mark) => ({
      mark,
      left: pxOf(mark.startUnixNano),
      right: mark.endUnixNano === undefined ? pxOf(mark.startUnixNano) : pxOf(mark.endUnixNano),
    }))
    .filter(({ left, right }) => right >= 0 && left <= width)
    .sort((a, b) => a.left - b.left)
  let takenTo = 0
  return visible.map(({ mark, left, right }, index) => {
    const wanted = Math.min(220, mark.label.length * characterPx + 12)
    const roomLeft = left - takenTo
    const roomRight = Math.min(width, visible[index + 1]?.left ?? width) - left
    const side = roomLeft >= wanted || roomLeft > roomRight ? ('left' as const) : ('right' as const)
    const room = Math.min(wanted, side === 'left' ? roomLeft : roomRight)
    const hasRoom = left >= 0 && room >= Math.min(wanted, leastLabelPx)
    takenTo = Math.max(takenTo, hasRoom && side === 'right' ? left + room : left)
    return {
      mark,
      left: Math.max(-2, left),
      right: Math.min(width, right),
      label: hasRoom ? { side, width: room } : undefined,
    }
  })
}

const mostInTooltip = 4

/** Marks that touch a bucket, the latest ones if there are many. */
export function marksAt(marks: readonly ChartMark[], grid: TimeGrid, bucket: number): readonly ChartMark[] {
  const [start, end] = [bucketStart(grid, bucket), bucketStart(grid, bucket + 1)]
  return marks
    .filter((mark) => mark.startUnixNano < end && (mark.endUnixNano ?? mark.startUnixNano) >= start)
    .slice(-mostInTooltip)
}

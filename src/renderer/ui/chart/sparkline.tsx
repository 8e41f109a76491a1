/** A small line without axes: the course of one figure beside it. */

import { useMemo } from 'react'
import styles from './sparkline.module.css'
import { sparklinePath } from './sparkline-path.ts'

export interface SparklineProps {
  readonly values: readonly (number | null)[]
  readonly width?: number
  readonly height: number
  /** A CSS colour. */
  readonly color?: string
  /** The height's zero is the value 0; else the lowest value. */
  readonly fromZero?: boolean
}

/** Fills its container unless a width is given. Decoration of a figure that is told in text. */
export function Sparkline({ values, width, height, color = 'var(--p95)', fromZero = false }: SparklineProps) {
  const viewWidth = width ?? 200
  const path = useMemo(
    () => sparklinePath(values, { width: viewWidth, height, fromZero }),
    [values, viewWidth, height, fromZero],
  )
  return (
    <svg
      className={styles.sparkline}
      viewBox={`0 0 ${viewWidth} ${height}`}
      preserveAspectRatio="none"
      width={width ?? '100%'}
      height={height}
      aria-hidden="true"
    >
      <path d={path} stroke={color} />
    </svg>
  )
}

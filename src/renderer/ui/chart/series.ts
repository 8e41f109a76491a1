/** What a chart over time shows: named series with one value for each bucket of its grid. */

export interface ChartSeries {
  readonly id: string
  readonly name: string
  /** A CSS colour; a token such as `var(--p99)` follows the colour scheme. */
  readonly color: string
  /** One value for each bucket, null where there is none: a gap, never a zero. */
  readonly values: readonly (number | null)[]
  /** `line` unless told. Bars of one chart stand on each other, the first at the bottom. */
  readonly shape?: 'line' | 'area' | 'bar'
  /** Width of the line in px. */
  readonly width?: number
  readonly isDashed?: boolean
  /** Of another unit than the rest: measured on the axis at the right. */
  readonly isOnRight?: boolean
}

/** An instant or a span of time to be seen on every chart. */
export interface ChartMark {
  readonly id: string
  readonly label: string
  readonly startUnixNano: bigint
  /** Undefined for a moment. */
  readonly endUnixNano?: bigint | undefined
  /** A CSS colour. */
  readonly color: string
}

/** A real example behind an aggregate, drawn as a dot that can be opened. */
export interface ChartExemplar {
  readonly id: string
  readonly unixNano: bigint
  readonly value: number
  readonly color: string
  /** What opening it does: `Open the slowest trace, 5.01 s`. */
  readonly label: string
}

/** What was selected on a chart, snapped outward to whole buckets. */
export interface ChartSelection {
  /** Decimal strings of nanoseconds, the end excluded. */
  readonly startUnixNano: string
  readonly endUnixNano: string
  /** Of a heatmap: edges of the selected rows. */
  readonly minValue?: number
  readonly maxValue?: number
}

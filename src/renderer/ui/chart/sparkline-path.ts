/** A sparkline as SVG path data. */

export interface SparklineSize {
  readonly width: number
  readonly height: number
  /** The height's zero is the value 0; else the lowest value. */
  readonly fromZero: boolean
}

const marginPx = 2

/** Null breaks the line; a value alone between gaps is a short stroke; a constant runs through the middle. */
export function sparklinePath(values: readonly (number | null)[], { width, height, fromZero }: SparklineSize): string {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  if (known.length === 0) return ''
  let low = fromZero ? 0 : Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of known) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const span = high - low
  const yOf = (value: number) => {
    const share = span > 0 ? (value - low) / span : fromZero ? 0 : 0.5
    return height - marginPx - share * (height - 2 * marginPx)
  }
  let path = ''
  let isOpen = false
  for (const [index, value] of values.entries()) {
    if (value === null || !Number.isFinite(value)) {
      isOpen = false
      continue
    }
    const [x, y] = [(values.length > 1 ? index * step : width / 2).toFixed(1), yOf(value).toFixed(1)]
    const next = values[index + 1]
    const isAlone = !isOpen && (next === null || next === undefined || !Number.isFinite(next))
    path += isOpen ? `L${x} ${y}` : isAlone ? `M${x} ${y}h0.1` : `M${x} ${y}`
    isOpen = true
  }
  return path
}

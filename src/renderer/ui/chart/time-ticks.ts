/** Ticks of a time axis: round local clock times and their labels. */

import { gridEnd, gridPosition, type TimeGrid } from './time-grid.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Steps between ticks that fall on round clock times, in ms. */
const steps = [
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  3 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  30 * day,
  90 * day,
  365 * day,
]

export interface TimeTick {
  /** In buckets from the start of the grid. */
  readonly position: number
  readonly label: string
}

/** Ticks with at least `leastGapPx` between them, and half as much again where labels tell seconds. */
export function timeTicks(grid: TimeGrid, widthPx: number, leastGapPx: number): readonly TimeTick[] {
  const startMs = Number(grid.startUnixNano / 1_000_000n)
  const endMs = Number(gridEnd(grid) / 1_000_000n)
  const spanMs = endMs - startMs
  if (spanMs <= 0 || widthPx <= 0) return []
  const stepMs =
    steps.find((step) => (step / spanMs) * widthPx >= (step < minute ? 1.4 * leastGapPx : leastGapPx)) ?? spanMs
  // Steps of hours and days fall on local ones.
  const zoneMs = -new Date(startMs).getTimezoneOffset() * minute
  const ticks: TimeTick[] = []
  for (let ms = Math.ceil((startMs + zoneMs) / stepMs) * stepMs - zoneMs; ms <= endMs; ms += stepMs)
    ticks.push({
      position: gridPosition(grid, BigInt(Math.round(ms)) * 1_000_000n),
      label: label(new Date(ms), stepMs),
    })
  return ticks
}

function label(date: Date, stepMs: number): string {
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (stepMs < minute) return `${clock}:${two(date.getSeconds())}`
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0
  if (stepMs < day) return isMidnight ? monthDay(date) : clock
  return stepMs < 365 * day ? monthDay(date) : String(date.getFullYear())
}

function monthDay(date: Date): string {
  return `${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

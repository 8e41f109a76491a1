/** The upright axis of a chart: from which value to which, linear or logarithmic, and where its ticks stand. */

import { logTicks } from './log-ticks.ts'

export type ValueScale = 'linear' | 'log'

export interface ValueAxis {
  readonly scale: ValueScale
  readonly min: number
  readonly max: number
  /** Ascending, within min and max. */
  readonly ticks: readonly number[]
}

/** What ticks are round in: powers of ten, of two, or hours and minutes (of nanoseconds). */
export type RoundIn = 'decimal' | 'binary' | 'duration'

export interface AxisOptions {
  readonly scale?: ValueScale
  readonly roundIn?: RoundIn
  /** The axis reaches at least from here … */
  readonly from?: number
  /** … to here. */
  readonly to?: number
  /** The axis needn't hold 0, where values differ by little: for levels such as temperatures, never for bars and areas. */
  readonly floats?: boolean
  /** About how many ticks there is room for. */
  readonly ticks?: number
}

const minuteNs = 60e9
const longSteps = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1_440, 2_880, 7_200, 14_400].map((count) => count * minuteNs)

/** Values whose extremes are closer than this share of the highest lie too near to each other on an axis from 0. */
const floatShare = 0.25
/** Nor does an axis show less than this share: noise would fill it. */
const leastFloatShare = 0.04

/** An axis that holds all values; null, NaN and infinite ones are no values. */
export function axisFor(values: Iterable<number | null>, options: AxisOptions = {}): ValueAxis {
  let low = options.from ?? Number.POSITIVE_INFINITY
  let high = options.to ?? Number.NEGATIVE_INFINITY
  let lowPositive = low > 0 ? low : Number.POSITIVE_INFINITY
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
    if (value > 0) lowPositive = Math.min(lowPositive, value)
  }
  const ticks = options.ticks ?? 4
  if (options.scale === 'log' && high > 0)
    return logAxis(Math.min(lowPositive, high), high, ticks, options.roundIn ?? 'decimal')
  const isLevel = options.floats === true && low > 0 && high > low && high - low < floatShare * high
  return linearAxis(
    isLevel ? Math.min(low, high * (1 - leastFloatShare)) : Math.min(0, low),
    Math.max(0, high),
    ticks,
    options.roundIn ?? 'decimal',
  )
}

function linearAxis(low: number, high: number, ticks: number, roundIn: RoundIn): ValueAxis {
  if (!(high > low)) return { scale: 'linear', min: 0, max: 1, ticks: [0] }
  const step = roundStep((high - low) / Math.max(1, ticks - 1), roundIn)
  // The highest point may stand a little above the highest tick, but not out of the plot.
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return {
    scale: 'linear',
    min: first * step,
    max: last * step,
    ticks: Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12))),
  }
}

/** Parts of the next unit follow 100: of 512 KiB two are a MiB. */
const binarySteps = [1, 2, 5, 10, 20, 50, 100, 128, 256, 512]

function roundStep(rough: number, roundIn: RoundIn): number {
  if (roundIn === 'duration' && rough > minuteNs / 2) {
    const long = longSteps.find((step) => step >= rough)
    if (long !== undefined) return long
  }
  if (roundIn === 'binary' && rough >= 1) {
    const unit = 1_024 ** Math.floor(Math.log(rough) / Math.log(1_024) + 1e-9)
    const inUnit = rough / unit
    return unit * (binarySteps.find((step) => step >= inUnit) ?? 1_024)
  }
  return roundUp(rough)
}

/** The next of 1, 2, 5 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const lead = value / power
  return (lead <= 1.000001 ? 1 : lead <= 2.000001 ? 2 : lead <= 5.000001 ? 5 : 10) * power
}

/** From a round value below `low` to one above `high`, at least a decade. */
function logAxis(low: number, high: number, ticks: number, roundIn: RoundIn): ValueAxis {
  const min = roundDown(low)
  const grown = roundUp(high)
  const max = grown / min < 9.99 ? min * 10 : grown
  return { scale: 'log', min, max, ticks: logTicks(min, max, ticks, roundIn === 'duration') }
}

function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  const lead = value / power
  return Number(((lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power).toPrecision(12))
}

/** Height of a value on the axis, 0 at the bottom and 1 at the top; on a log axis what isn't above 0 lies at the bottom. */
export function axisPosition(axis: ValueAxis, value: number): number {
  if (axis.scale === 'linear') return (value - axis.min) / (axis.max - axis.min)
  if (value <= 0) return 0
  return Math.log(value / axis.min) / Math.log(axis.max / axis.min)
}

/** Where a value stands on a slider: in proportion, or by its logarithm where the range spans decades. */

export interface SliderScale {
  readonly min: number
  readonly max: number
  readonly step: number
}

/** Positions of every slider go from 0 to this. */
export const sliderEnd = 1000

const decades = 200

function isWide({ min, max }: SliderScale): boolean {
  return max / min > decades
}

export function toPosition(scale: SliderScale, value: number): number {
  const { min, max } = scale
  const share = isWide(scale) ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min)
  return Math.round(Math.min(1, Math.max(0, share)) * sliderEnd)
}

export function fromPosition(scale: SliderScale, position: number): number {
  const { min, max, step } = scale
  const share = position / sliderEnd
  const value = isWide(scale) ? min * (max / min) ** share : min + (max - min) * share
  // Two digits are as fine as a hand can set it.
  const wanted = isWide(scale) ? Number(value.toPrecision(2)) : value
  const stepped = Number((Math.round(wanted / step) * step).toPrecision(6))
  return Math.min(max, Math.max(min, stepped))
}

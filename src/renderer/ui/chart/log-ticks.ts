/** Ticks of a logarithmic axis: powers of ten, but minutes, hours and days of durations that are that long. */

const minuteNs = 60e9
/** In minutes: what stands in place of powers of ten, and the round durations between. */
const longDecades = [1, 10, 60, 360, 1_440, 14_400, 144_000].map((minutes) => minutes * minuteNs)
const longRound = [1, 2, 5, 10, 20, 30, 60, 120, 360, 720, 1_440, 2_880, 7_200, 14_400, 43_200, 144_000].map(
  (minutes) => minutes * minuteNs,
)
/** The last power of ten of nanoseconds that is shorter than a minute: 10 s. */
const lastShortPower = 10
/** Over fewer decades than this values between the powers of ten are ticks too. */
const fewDecades = 1.5

/** About as many as there is room for, the same ones whatever lies around them. */
export function logTicks(min: number, max: number, room: number, isDuration: boolean): number[] {
  const decades = Math.log10(max / min)
  const every = Math.max(1, Math.ceil(decades / Math.max(2, room)))
  const leads = decades <= fewDecades ? [1, 2, 5] : [1]
  const [first, last] = [Math.floor(Math.log10(min) + 1e-9), Math.ceil(Math.log10(max) - 1e-9)]
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (power) => power % every === 0 && !(isDuration && power > lastShortPower),
  )
  const short = powers.flatMap((power) => leads.map((lead) => Number((lead * 10 ** power).toPrecision(12))))
  const long =
    decades <= fewDecades ? longRound : longDecades.filter((_, index) => (index + lastShortPower + 1) % every === 0)
  const ticks = isDuration ? [...short.filter((tick) => tick < minuteNs / 2), ...long] : short
  return ticks.filter((tick) => tick >= min * 0.9999 && tick <= max * 1.0001)
}

/** Labels of a clock axis: as many parts of the time as its steps need. */

const secondNs = 1_000_000_000
const minuteNs = 60 * secondNs
const dayNs = 24 * 60 * minuteNs

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Local time of a tick: the date for steps of days, the minute below, with seconds and milliseconds where steps are finer. */
export function tickLabel(timeUnixNano: bigint, stepNs: number): string {
  const date = new Date(Number(timeUnixNano / 1_000_000n))
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  if (stepNs >= dayNs) return day
  const minute = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (stepNs >= minuteNs) return minute === '00:00' ? day : minute
  const second = `${minute}:${two(date.getSeconds())}`
  return stepNs >= secondNs ? second : `${second}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

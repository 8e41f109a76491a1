/** Numbers, durations and instants as people read them: short on screen, exact on hover and on copy. */

const minus = '−'
/** Between a number and its unit, so that they never part at a line's end. */
const space = ' '

const microNs = 1_000
const milliNs = 1_000_000
const secondNs = 1_000_000_000
const minuteNs = 60 * secondNs
const hourNs = 60 * minuteNs
const dayNs = 24 * hourNs

/**
 * A duration in nanoseconds with about three significant digits: `12 ns`, `640 µs`, `38.4 ms`, `1.24 s`, `1 min 5 s`,
 * `2 h 5 min`, `3 d 4 h`. Seconds keep their decimals (`5.00 s`) so that columns of them line up.
 */
export function formatDuration(ns: number): string {
  if (!Number.isFinite(ns)) return '–'
  if (ns < 0) return minus + formatDuration(-ns)
  if (ns === 0) return `0${space}ns`
  // Each unit is left as soon as rounding would reach the next one: 999.96 ms is 1.00 s.
  if (ns < 999.5) return `${digits(ns)}${space}ns`
  if (ns < 999.5 * microNs) return `${digits(ns / microNs)}${space}µs`
  if (ns < 999.5 * milliNs) return `${digits(ns / milliNs)}${space}ms`
  if (ns < 59.95 * secondNs) return `${fixed(ns / secondNs)}${space}s`
  if (ns < hourNs - secondNs / 2) return pair(ns, minuteNs, 'min', secondNs, 's')
  if (ns < dayNs - minuteNs / 2) return pair(ns, hourNs, 'h', minuteNs, 'min')
  return pair(ns, dayNs, 'd', hourNs, 'h')
}

/** Every nanosecond of a duration: `1.240000123 s`, `38.4 ms`; for hover and copy. */
export function exactDuration(ns: number): string {
  if (!Number.isFinite(ns)) return '–'
  const whole = BigInt(Math.round(ns))
  const size = whole < 0n ? -whole : whole
  const [unitNs, unit] =
    size < 1_000n
      ? [1n, 'ns']
      : size < 1_000_000n
        ? [1_000n, 'µs']
        : size < 1_000_000_000n
          ? [1_000_000n, 'ms']
          : [1_000_000_000n, 's']
  const fraction = String(size % unitNs)
    .padStart(String(unitNs).length - 1, '0')
    .replace(/0+$/, '')
  return `${whole < 0n ? minus : ''}${grouped(size / unitNs)}${unitNs === 1n || fraction === '' ? '' : `.${fraction}`}${space}${unit}`
}

/** Three significant digits without trailing zeros: 38.4, 640, 2. */
function digits(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** Three significant digits with their zeros: 5.00, 12.3. */
function fixed(value: number): string {
  return value < 9.995 ? value.toFixed(2) : value.toFixed(1)
}

function pair(ns: number, bigNs: number, big: string, smallNs: number, small: string): string {
  const smalls = Math.round(ns / smallNs)
  const perBig = bigNs / smallNs
  return `${grouped(BigInt(Math.floor(smalls / perBig)))}${space}${big} ${smalls % perBig}${space}${small}`
}

function grouped(whole: bigint): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A count in full, grouped: `1,240`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return '–'
  const rounded = Math.round(count)
  return (rounded < 0 ? minus : '') + grouped(BigInt(Math.abs(rounded)))
}

/** A count and its noun, in the plural where it needs it: `1 span`, `61 spans`. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)}${space}${Math.round(count) === 1 ? one : many}`
}

/** A rate per second: `0/s`, `0.017/s`, `0.4/s`, `9.8/s`, `1,240/s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–'
  if (perSecond > 0 && perSecond < 0.0005) return '<0.001/s'
  // While one develops, a few requests in a quarter of an hour are traffic.
  if (perSecond > 0 && perSecond < 0.0995) return `${Number(perSecond.toPrecision(perSecond < 0.001 ? 1 : 2))}/s`
  const tenths = Math.round(perSecond * 10) / 10
  return `${Math.abs(tenths) < 10 ? String(tenths).replace('-', minus) : formatCount(perSecond)}/s`
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** A size in binary units, as limits are set in: `512 B`, `1.2 KiB`, `312 MiB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–'
  let value = Math.max(0, bytes)
  let unit = 0
  while (unit < byteUnits.length - 1 && value >= (unit === 0 ? 1_024 : 1_023.5)) {
    value /= 1_024
    unit += 1
  }
  const text = unit === 0 || value >= 9.95 ? formatCount(value) : String(Math.round(value * 10) / 10)
  return `${text}${space}${byteUnits[unit]}`
}

/** A share, 1 being all: `0 %`, `<0.1 %`, `4.1 %`, `98.6 %`, `1,730 %`. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–'
  if (share > 0 && share < 0.0005) return `<0.1${space}%`
  if (share < 1 && share > 0.9995) return `>99.9${space}%`
  const tenths = Math.round(share * 1_000) / 10
  return `${Math.abs(tenths) < 1_000 ? tenths : formatCount(tenths)}${space}%`
}

const milliNanos = 1_000_000n

function dateOf(nanos: bigint): { date: Date; subMillis: bigint } {
  const subMillis = ((nanos % milliNanos) + milliNanos) % milliNanos
  return { date: new Date(Number((nanos - subMillis) / milliNanos)), subMillis }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function dayText(date: Date): string {
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The local time of day to the millisecond, cut off and not rounded: `12:09:41.218`. */
export function formatClock(instant: bigint | string): string {
  const { date } = dateOf(BigInt(instant))
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** An instant in ns since the epoch as local time to the millisecond, with the date unless that is today's. */
export function formatInstant(instant: bigint | string, now: Date = new Date()): string {
  const { date } = dateOf(BigInt(instant))
  const clock = formatClock(instant)
  return dayText(date) === dayText(now) ? clock : `${dayText(date)} ${clock}`
}

/** The minute an instant lies in, with the date unless that is today's: `12:09`. */
export function formatMinute(instant: bigint | string, now: Date = new Date()): string {
  return formatInstant(instant, now).slice(0, -':41.218'.length)
}

/** An instant to the nanosecond with date and offset: `2026-11-22 12:09:41.218345678 +01:00`. */
export function exactInstant(instant: bigint | string): string {
  const { date, subMillis } = dateOf(BigInt(instant))
  const offset = -date.getTimezoneOffset()
  const offsetText = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${dayText(date)} ${formatClock(instant)}${String(subMillis).padStart(6, '0')} ${offsetText}`
}

/** How long ago an instant was, in one unit: `just now`, `12 s ago`, `3 h ago`, `in 5 min`. */
export function formatAge(instant: bigint | string, now: Date = new Date()): string {
  const seconds = Math.round((now.getTime() - dateOf(BigInt(instant)).date.getTime()) / 1_000)
  const size = Math.abs(seconds)
  if (size < 2) return 'just now'
  const text =
    size < 60
      ? `${size}${space}s`
      : size < 3_600
        ? `${Math.floor(size / 60)}${space}min`
        : size < 86_400
          ? `${Math.floor(size / 3_600)}${space}h`
          : `${grouped(BigInt(Math.floor(size / 86_400)))}${space}d`
  return seconds > 0 ? `${text} ago` : `in ${text}`
}

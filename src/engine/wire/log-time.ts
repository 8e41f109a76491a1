/** Reads the times that programs print into their logs: ISO and its relatives, epochs of any unit, syslog. */

import { maxUnixNano, nanosPerSecond } from '#shared/model/time.ts'

/** Earlier epochs are durations and counters that happen to be called time. */
const minEpochSeconds = 100_000_000n
const date = /(\d{4})([-/])(\d{2})\2(\d{2})/
const clock = /(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?/
const zone = /(Z|[+-]\d{2}(?::?\d{2})?(?!\d)|\s(?:UTC|GMT|Z)\b|\s[+-]\d{2}:?\d{2}\b)?/
const isoAtStart = new RegExp(`^${date.source}(?:[Tt]|\\s{1,2})${clock.source}${zone.source}`)
const syslogAtStart =
  /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?=\s)/
const mailDate = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const dayMs = 86_400_000

export interface LeadingTime {
  readonly unixNano: bigint
  /** Characters the time takes. */
  readonly length: number
}

/** The instant a field tells, or `undefined` when it tells none. A time without a zone is this machine's. */
export function instantOf(value: unknown): bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return epochOf(decimalText(value))
  if (typeof value !== 'string' || value.length > 64) return nested(value)
  const text = value.trim()
  if (/^\d+(?:\.\d+)?$/.test(text)) return epochOf(text)
  const leading = leadingIso(text)
  if (leading !== undefined) return leading.length === text.length ? leading.unixNano : undefined
  if (!mailDate.test(text)) return undefined
  const millis = Date.parse(text)
  return Number.isNaN(millis) ? undefined : inRange(BigInt(millis) * 1_000_000n)
}

/** Log4j's `instant` and MongoDB's `$date`. */
function nested(value: unknown): bigint | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { epochSecond, nanoOfSecond, $date } = value as Record<string, unknown>
  if (typeof $date === 'string') return instantOf($date)
  if (typeof epochSecond !== 'number' || !Number.isInteger(epochSecond)) return undefined
  const nanos = typeof nanoOfSecond === 'number' && Number.isInteger(nanoOfSecond) ? BigInt(nanoOfSecond) : 0n
  return inRange(BigInt(epochSecond) * nanosPerSecond + nanos)
}

/** A year and more at the start of `text`: `2026-01-02T03:04:05.678Z`, `2026/01/02 03:04:05`. */
export function leadingIso(text: string): LeadingTime | undefined {
  const parts = isoAtStart.exec(text)
  if (parts === null) return undefined
  const [whole, year, , month, day, hour, minute, second = '0', fraction = '', offset = ''] = parts
  const numbers = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const unixNano = instantFrom(numbers, fraction, offset.trim())
  return unixNano === undefined ? undefined : { unixNano, length: whole.length }
}

/** `Jan  2 03:04:05`: the year is the one that puts it closest before `observedUnixNano`. */
export function leadingSyslog(text: string, observedUnixNano: bigint): LeadingTime | undefined {
  const parts = syslogAtStart.exec(text)
  if (parts === null) return undefined
  const [whole, name = '', day, hour, minute, second, fraction = ''] = parts
  const observedMs = Number(observedUnixNano / 1_000_000n)
  const month = months.indexOf(name) + 1
  const thisYear = new Date(observedMs).getFullYear()
  for (const year of [thisYear + 1, thisYear, thisYear - 1]) {
    const unixNano = instantFrom([year, month, Number(day), Number(hour), Number(minute), Number(second)], fraction, '')
    if (unixNano === undefined || Number(unixNano / 1_000_000n) > observedMs + dayMs) continue
    return { unixNano, length: whole.length }
  }
  return undefined
}

/** Without a zone the parts are this machine's local time. */
export function instantFrom(
  [year, month, day, hour, minute, second]: readonly [number, number, number, number, number, number],
  fraction: string,
  offset: string,
): bigint | undefined {
  // A leap second is the next second's start.
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return undefined
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  const millis =
    offset === ''
      ? new Date(year, month - 1, day, hour, minute, second).getTime()
      : Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs(offset)
  return inRange(BigInt(millis) * 1_000_000n + BigInt(fraction.padEnd(9, '0')))
}

function offsetMs(offset: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset)
  if (parts === null) return 0
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0)
  return (parts[1] === '-' ? -minutes : minutes) * 60_000
}

/** Seconds, milliseconds, microseconds or nanoseconds, told apart by size: each is a thousand times the other. */
function epochOf(text: string | undefined): bigint | undefined {
  if (text === undefined) return undefined
  const [whole = '', fraction = ''] = text.split('.')
  if (whole.length > 19) return undefined
  const count = BigInt(whole)
  if (count < minEpochSeconds) return undefined
  const power =
    count < 100_000_000_000n ? 9 : count < 100_000_000_000_000n ? 6 : count < 100_000_000_000_000_000n ? 3 : 0
  return inRange(count * 10n ** BigInt(power) + BigInt(fraction.slice(0, power).padEnd(power, '0') || '0'))
}

/** The digits as they were printed; a double is never multiplied. */
function decimalText(value: number | bigint): string | undefined {
  const text = String(value)
  return /^\d+(?:\.\d+)?$/.test(text) ? text : undefined
}

function inRange(nanos: bigint): bigint | undefined {
  return nanos > 0n && nanos <= maxUnixNano ? nanos : undefined
}

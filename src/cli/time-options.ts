/** Durations and instants as people write them on the command line. */

import { InvalidArgumentError } from 'commander'
import { fromUnixMillis, maxUnixNano } from '#shared/model/time.ts'

const nanosOfUnit: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
}

/** Nanoseconds of `500ms`, `1.5s`, `15m`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,12}(?:\.\d{1,9})?)(ns|us|µs|ms|s|m|min|h|d)$/.exec(text.trim()) ?? []
  const nanos = nanosOfUnit[unit ?? '']
  return number === undefined || nanos === undefined ? undefined : Math.round(Number(number) * nanos)
}

export function duration(text: string): number {
  const nanos = parseDuration(text)
  if (nanos === undefined) throw new InvalidArgumentError('It must be a duration such as 500ms, 1.5s or 2m.')
  return nanos
}

const time =
  /^(?<day>\d{4}-\d{2}-\d{2})(?:T(?<clock>\d{2}:\d{2}(?::\d{2})?)(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d{2}:\d{2})?)?$/

/** Nanoseconds since the epoch as a decimal string: of a time, or of so long ago. */
export function instant(text: string): string {
  const ago = parseDuration(text)
  if (ago !== undefined) return nanosBefore(ago)
  const nanos = nanosOf(text)
  if (nanos < 0n || nanos > maxUnixNano) {
    throw new InvalidArgumentError('It must be a time such as 2026-11-28T09:30:00Z, or how long ago, such as 15m.')
  }
  return nanos.toString()
}

function nanosBefore(ago: number): string {
  const nanos = fromUnixMillis(Date.now()) - BigInt(ago)
  // Before 1970 there is nothing.
  return (nanos < 0n ? 0n : nanos).toString()
}

/** Negative for what is no time. A day or a time without a zone is this machine's. */
function nanosOf(text: string): bigint {
  const { day = '', clock = '00:00', fraction = '', zone = '' } = time.exec(text.trim())?.groups ?? {}
  const millis = isDay(day) ? Date.parse(`${day}T${clock}${zone}`) : Number.NaN
  return Number.isNaN(millis) ? -1n : fromUnixMillis(millis) + BigInt(fraction.padEnd(9, '0'))
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
  const millis = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(day)
}

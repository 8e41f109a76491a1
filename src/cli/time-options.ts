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

/** Nanoseconds since the epoch as a decimal string: of a time, or of so long ago. */
export function instant(text: string): string {
  const ago = parseDuration(text)
  if (ago !== undefined) return (fromUnixMillis(Date.now()) - BigInt(ago)).toString()
  // A day or a time without a zone is this machine's.
  const local = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text
  const millis = /^\d{4}-\d{2}-\d{2}T/.test(local) ? Date.parse(local) : Number.NaN
  const nanos = Number.isNaN(millis) ? -1n : fromUnixMillis(millis)
  if (nanos < 0n || nanos > maxUnixNano) {
    throw new InvalidArgumentError('It must be a time such as 2026-11-28T09:30:00Z, or how long ago, such as 15m.')
  }
  return nanos.toString()
}

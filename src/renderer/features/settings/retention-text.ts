/** The retention fields: sizes and ages as typed, what is wrong with them, and what saving them would delete. */

import { minRetentionBytes, type Retention } from '#shared/contract/settings.ts'
import { parseByteSize, writeByteSize } from '../../ui/byte-size.ts'
import { formatBytes } from '../../ui/format.ts'
import { parseDuration } from '../../ui/parse-duration.ts'

const shortestAgeSeconds = 60
const shortestRollupAgeSeconds = 3_600
const secondNs = 1_000_000_000
const ageUnits = [
  { name: 'd', seconds: 86_400 },
  { name: 'h', seconds: 3_600 },
  { name: 'min', seconds: 60 },
  { name: 's', seconds: 1 },
] as const

/** What a field holds, or why it can't be understood. */
export type Parsed<T> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string }

export function parseMaxSize(text: string): Parsed<number> {
  const bytes = parseByteSize(text)
  if (bytes === undefined) return { problem: 'Write a size with its unit, such as 2 GiB or 500 MB' }
  if (bytes < minRetentionBytes) return { problem: `At least ${writeByteSize(minRetentionBytes)}` }
  return { value: bytes }
}

/** Empty or `off` is null: nothing goes for its age. */
export function parseMaxAge(text: string): Parsed<number | null> {
  return parseAge(text, { never: 'off', shortestSeconds: shortestAgeSeconds })
}

/** Empty or `forever` is null: rollups stay. */
export function parseRollupAge(text: string): Parsed<number | null> {
  return parseAge(text, { never: 'forever', shortestSeconds: shortestRollupAgeSeconds })
}

function parseAge(
  text: string,
  { never, shortestSeconds }: { readonly never: string; readonly shortestSeconds: number },
): Parsed<number | null> {
  const typed = text.trim().toLowerCase()
  if (typed === '' || typed === never) return { value: null }
  const ns = /[a-z]/.test(typed) ? parseDuration(typed) : undefined
  if (ns === undefined) return { problem: `Write an age with its unit, such as 7 d or 24 h, or ${never}` }
  const seconds = Math.round(ns / secondNs)
  if (seconds < shortestSeconds) return { problem: `At least ${writeMaxAge(shortestSeconds)}` }
  return { value: seconds }
}

/** An age as the field writes it, exactly, in the largest unit that divides it: `7 d`, `36 h`, `off`. */
export function writeMaxAge(seconds: number | null): string {
  if (seconds === null) return 'off'
  const unit = ageUnits.find((candidate) => seconds % candidate.seconds === 0) ?? ageUnits[3]
  return `${seconds / unit.seconds} ${unit.name}`
}

export function writeRollupAge(seconds: number | null): string {
  return seconds === null ? 'forever' : writeMaxAge(seconds)
}

/** What saving `next` would delete soon, in a sentence; undefined when it deletes nothing that stays today. */
export function pruningNotice(before: Retention, next: Retention, usedBytes: number | undefined): string | undefined {
  const notices: string[] = []
  if (usedBytes !== undefined && next.maxBytes < before.maxBytes && usedBytes > next.maxBytes)
    notices.push(
      `About ${formatBytes(usedBytes - next.maxBytes)} of the oldest data will be deleted: ${formatBytes(usedBytes)} is in use now.`,
    )
  if (next.maxAgeSeconds !== null && next.maxAgeSeconds < (before.maxAgeSeconds ?? Number.POSITIVE_INFINITY))
    notices.push(`Everything older than ${writeMaxAge(next.maxAgeSeconds)} will be deleted.`)
  if (
    next.rollupMaxAgeSeconds !== null &&
    next.rollupMaxAgeSeconds < (before.rollupMaxAgeSeconds ?? Number.POSITIVE_INFINITY)
  )
    notices.push(`Rollups older than ${writeMaxAge(next.rollupMaxAgeSeconds)} will be deleted.`)
  return notices.length === 0 ? undefined : notices.join(' ')
}

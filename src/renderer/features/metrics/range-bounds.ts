/** Bounds of charts: a live range reaches to now, however long nothing has arrived; and wider ones around what is on show. */

import { fromUnixMillis, nanosPerSecond } from '#shared/model/time.ts'
import { liveSpans, type NamedRange, type RangeBounds, type TimeRange } from '../../client/time-range-url.ts'

export function untilNow(range: TimeRange): RangeBounds {
  const bounds = range.resolve()
  if (bounds.start === undefined || bounds.end !== undefined) return bounds
  return { ...bounds, end: String(fromUnixMillis(Date.now())) }
}

/** The next wider live range, or twice the time on show around its middle, but not beyond now. */
export function widerRange(
  range: TimeRange,
  shown: { readonly start: bigint; readonly end: bigint },
  now: bigint,
): NamedRange | RangeBounds {
  if (range.name !== undefined) {
    if (range.name === 'all') return 'all'
    return liveSpans[liveSpans.indexOf(range.name) + 1] ?? 'all'
  }
  const half = (shown.end - shown.start) / 2n
  const end = shown.end + half < now ? shown.end + half : shown.end > now ? shown.end : now
  const start = shown.start - half
  return { start: String(start < 0n ? 0n : start), end: String(end) }
}

const beforeNs = 15n * 60n * nanosPerSecond
const afterNs = 30n * nanosPerSecond

/** The minutes that lead to an instant: where to look when a metric's newest point lies outside of the range. */
export function rangeUpTo(unixNano: string): RangeBounds {
  const instant = BigInt(unixNano)
  return { start: String(instant > beforeNs ? instant - beforeNs : 0n), end: String(instant + afterNs) }
}

/** The time range as the URL writes it: a named span that ends now, everything, or a fixed from–to. */

import { z } from 'zod'
import { nanosPerSecond, parseUnixNano } from '#shared/model/time.ts'

export const liveSpans = ['5m', '15m', '1h', '6h', '24h'] as const
type LiveSpan = (typeof liveSpans)[number]
export type NamedRange = LiveSpan | 'all'

const spanSeconds: Readonly<Record<LiveSpan, bigint>> = {
  '5m': 300n,
  '15m': 900n,
  '1h': 3_600n,
  '6h': 21_600n,
  '24h': 86_400n,
}

export const rangeLabels: Readonly<Record<NamedRange, string>> = {
  '5m': 'Live · last 5 min',
  '15m': 'Live · last 15 min',
  '1h': 'Live · last 1 h',
  '6h': 'Live · last 6 h',
  '24h': 'Live · last 24 h',
  all: 'Everything',
}

/** Bounds as queries take them: nanoseconds as decimal strings, `start` included, `end` not. */
export interface RangeBounds {
  readonly start?: string
  readonly end?: string
}

export interface TimeRange extends RangeBounds {
  /** The same for as long as the same range is chosen, however far time has moved: part of query keys. */
  readonly key: string
  /** A named range, or undefined for a fixed from–to. */
  readonly name: NamedRange | undefined
  readonly label: string
  /** True when it ends now and so moves with time. */
  readonly live: boolean
  /** The bounds as of this moment; call it when a query is sent, so that a live range moves along. */
  readonly resolve: () => RangeBounds
}

export const timeRangeSchema = z.object({
  range: z
    .enum([...liveSpans, 'all'])
    .optional()
    .catch(undefined),
  start: z.string().optional().catch(undefined),
  end: z.string().optional().catch(undefined),
})
export type TimeRangeUrl = z.output<typeof timeRangeSchema>

/** The smallest of 15 min, 1 h, 6 h and 24 h that reaches the newest stored data, else everything. */
export function defaultRange(newestUnixNano: string | null | undefined, nowUnixNano: bigint): NamedRange {
  const newest = newestUnixNano == null ? undefined : parseUnixNano(newestUnixNano)
  if (newest === undefined) return '15m'
  const reaching = (['15m', '1h', '6h', '24h'] as const).find(
    (span) => newest >= nowUnixNano - spanSeconds[span] * nanosPerSecond,
  )
  return reaching ?? 'all'
}

/** The bounds of a named range at this moment. */
export function boundsOf(name: NamedRange, nowUnixNano: bigint): RangeBounds {
  if (name === 'all') return {}
  const start = nowUnixNano - spanSeconds[name] * nanosPerSecond
  return { start: String(start < 0n ? 0n : start) }
}

/** What the URL says, or the default when it says nothing usable. A fixed range may be open at one side. */
export function readTimeRange(url: TimeRangeUrl, fallback: NamedRange, now: () => bigint): TimeRange {
  const start = url.start === undefined ? undefined : parseUnixNano(url.start)
  const end = url.end === undefined ? undefined : parseUnixNano(url.end)
  const inOrder = start === undefined || end === undefined || start < end
  if ((start !== undefined || end !== undefined) && inOrder) {
    const bounds: RangeBounds = {
      ...(start === undefined ? {} : { start: String(start) }),
      ...(end === undefined ? {} : { end: String(end) }),
    }
    return {
      ...bounds,
      key: `${start ?? ''}-${end ?? ''}`,
      name: undefined,
      label: 'Custom',
      live: end === undefined,
      resolve: () => bounds,
    }
  }
  const name = url.range ?? fallback
  return {
    ...boundsOf(name, now()),
    key: name,
    name,
    label: rangeLabels[name],
    live: true,
    resolve: () => boundsOf(name, now()),
  }
}

/** The time range all screens share, kept in the URL. */

import { useCallback, useMemo } from 'react'
import { fromUnixMillis } from '#shared/model/time.ts'
import { useStatusValue } from './live.ts'
import {
  defaultRange,
  type NamedRange,
  type RangeBounds,
  readTimeRange,
  type TimeRange,
  timeRangeSchema,
} from './time-range-url.ts'
import { useUrlState } from './url-state.ts'

function nowUnixNano(): bigint {
  return fromUnixMillis(Date.now())
}

/** The range chosen in the URL or the default. Query with `range.resolve()` and put `range.key` into the query key. */
export function useTimeRange(): TimeRange {
  const [url] = useUrlState(timeRangeSchema)
  const fallback = useStatusValue((status) => defaultRange(status.newestUnixNano, nowUnixNano())) ?? '15m'
  return useMemo(() => readTimeRange(url, fallback, nowUnixNano), [url, fallback])
}

/** Chooses a named range or a fixed one; each replaces the other. */
export function useSetTimeRange(): (range: NamedRange | RangeBounds) => void {
  const [, setUrl] = useUrlState(timeRangeSchema)
  return useCallback(
    (range) =>
      typeof range === 'string'
        ? setUrl({ range, start: undefined, end: undefined })
        : setUrl({ range: undefined, start: range.start, end: range.end }),
    [setUrl],
  )
}

/** Loads a trace's logs, oldest first, page by page. */

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { Log } from '#shared/contract/logs.ts'
import { api } from '../../client/api.ts'
import { currentStatus } from '../../client/live.ts'

const pageSize = 1000
/** So many are loaded without scrolling, so that all of an ordinary trace's logs are marked on its waterfall. */
const eagerCount = 5000

export interface TraceLogFilter {
  readonly spanId?: string
  readonly q?: string
}

export interface TraceLogs {
  readonly logs: readonly Log[]
  readonly loading: boolean
  /** More can be had by `loadMore`. */
  readonly more: boolean
  readonly loadMore: () => void
  readonly error: unknown
  readonly retry: () => void
}

const noLogs: readonly Log[] = []

export function useTraceLogs(traceId: string, filter: TraceLogFilter, enabled = true): TraceLogs {
  const query = useInfiniteQuery({
    queryKey: ['trace', 'logs', traceId, filter],
    queryFn: ({ pageParam, signal }) =>
      api.logs.list(
        { traceId, ...filter, order: 'oldest', limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  })
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, refetch } = query
  const logs = useMemo(() => data?.pages.flatMap((page) => page.logs) ?? noLogs, [data])

  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError && logs.length < eagerCount) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, logs.length])

  return {
    logs,
    loading: query.isPending,
    more: hasNextPage,
    loadMore: () => {
      if (hasNextPage && !isFetching) void fetchNextPage()
    },
    error: query.error,
    retry: () => void refetch(),
  }
}

const freshMs = 5 * 60_000
const lookEveryMs = 1_000

/** Refreshes while logs may still arrive: the trace ended lately or has no logs yet, and the store got new ones. */
export function useLogsArriving(endUnixMillis: number, loaded: number, refresh: () => void): void {
  const latest = useRef({ endUnixMillis, loaded, refresh })
  useEffect(() => {
    latest.current = { endUnixMillis, loaded, refresh }
  })
  useEffect(() => {
    let seen = currentStatus()?.counts.logs
    const timer = setInterval(() => {
      const count = currentStatus()?.counts.logs
      if (count === undefined || count === seen) return
      const isFirst = seen === undefined
      seen = count
      const now = latest.current
      if (!isFirst && (now.loaded === 0 || Date.now() - now.endUnixMillis < freshMs)) now.refresh()
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [])
}

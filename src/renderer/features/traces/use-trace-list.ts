/** The list behind the Traces table: a live first page, older pages on demand, and nothing that moves under a reader. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { TraceListInput, TraceSummary } from '#shared/contract/traces.ts'
import { api } from '../../client/api.ts'
import { liveList } from '../../client/live.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import { listTraces } from './traces-rows.ts'

export type TraceListFilter = Omit<TraceListInput, 'of' | 'start' | 'end' | 'limit' | 'cursor'> &
  Partial<Pick<TraceListInput, 'of'>>

interface Page {
  readonly traces: readonly TraceSummary[]
  readonly nextCursor: string | null
}

export interface ShownPage {
  readonly key: string
  readonly page: Page
}

export interface TraceList {
  readonly traces: readonly TraceSummary[]
  /** Undefined while the first answer is awaited. */
  readonly shown: ShownPage | undefined
  readonly key: string
  readonly error: unknown
  /** What is on show still answers the filters of before. */
  readonly isStale: boolean
  readonly hasMore: boolean
  readonly isFetchingMore: boolean
  readonly moreError: unknown
  /** How many traces have arrived that are not on show. */
  readonly unseen: number
  /** True when at least as many may have arrived beyond `unseen`. */
  readonly isUnseenOpen: boolean
  readonly fetchMore: () => void
  readonly showNewest: () => void
  readonly retry: () => void
}

export interface TraceListOptions {
  readonly filter: TraceListFilter
  readonly range: TimeRange
  /** Whether the first page follows what arrives; else arrivals are counted. */
  readonly isFollowing: boolean
  /** A first page to begin with, from an earlier visit to the same list. */
  readonly initial: ShownPage | undefined
}

const pageSize = 100

/** The same for the same filters and range, whatever the time. */
export function traceListKey(filter: TraceListFilter, range: TimeRange): string {
  return JSON.stringify([filter, range.key])
}

export function useTraceList({ filter, range, isFollowing, initial }: TraceListOptions): TraceList {
  const key = traceListKey(filter, range)
  const [shown, setShown] = useState<ShownPage | undefined>(initial?.key === key ? initial : undefined)
  const [wantsMore, setWantsMore] = useState<string | undefined>(initial?.page.nextCursor ?? undefined)

  const first = useQuery({
    queryKey: ['traces', 'first', key],
    queryFn: ({ signal }) => api.traces.list({ ...filter, ...range.resolve(), limit: pageSize }, { signal }),
    ...liveList,
  })
  const latest = first.isPlaceholderData ? undefined : first.data
  if (latest !== undefined && (shown?.key !== key || (isFollowing && shown.page !== latest)))
    setShown({ key, page: latest })

  const cursor = shown?.key === key ? shown.page.nextCursor : null
  const older = useInfiniteQuery({
    queryKey: ['traces', 'older', key, cursor],
    queryFn: ({ signal, pageParam }) =>
      api.traces.list(
        { ...filter, ...range.resolve(), limit: pageSize, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: cursor,
    getNextPageParam: (page) => page.nextCursor,
    enabled: cursor !== null && wantsMore === cursor,
    // These pages lie before a fixed point; what changes in them shows when the list is opened again.
    staleTime: Number.POSITIVE_INFINITY,
  })

  const olderPages = older.data?.pages
  const list = useMemo(
    () => listTraces(shown?.page.traces ?? [], olderPages?.map((page) => page.traces) ?? [], latest?.traces ?? []),
    [shown, olderPages, latest],
  )
  return {
    traces: list.traces,
    shown,
    key,
    error: shown?.key === key ? null : first.error,
    isStale: shown !== undefined && shown.key !== key,
    hasMore: olderPages === undefined ? cursor !== null : older.hasNextPage,
    isFetchingMore: older.isFetching,
    moreError: older.error,
    unseen: shown?.key === key ? list.unseen : 0,
    isUnseenOpen: latest !== undefined && list.unseen === latest.traces.length && latest.nextCursor !== null,
    fetchMore() {
      if (cursor === null || older.isFetching) return
      if (wantsMore !== cursor) setWantsMore(cursor)
      else if (older.isError) void older.refetch()
      else if (older.hasNextPage) void older.fetchNextPage()
    },
    showNewest() {
      if (latest !== undefined) setShown({ key, page: latest })
    },
    retry: () => void first.refetch(),
  }
}

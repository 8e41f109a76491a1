/** Loads the log window: its newest page, older pages on demand, and what arrives while live tail is on. */

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { Log } from '#shared/contract/logs.ts'
import type { SeverityLevel } from '#shared/model/severity.ts'
import { api } from '../../client/api.ts'
import { live } from '../../client/live.ts'
import type { TimeRange } from '../../client/time-range-url.ts'
import {
  keepNewest,
  type LogWindow,
  maxFollowedRows,
  maxUnseenRows,
  openWindow,
  windowOnArrivals,
  withArrivals,
  withOlderPage,
} from './logs-rows.ts'

const firstPageRows = 500
const olderPageRows = 1_000
const arrivalRows = 1_000
/** More than this many pages of arrivals at once are not worth loading: the newest are. */
const maxArrivalPages = 3

/** What the list is narrowed to besides time. */
export interface LogFilter {
  readonly service?: string
  readonly minSeverity?: SeverityLevel
  readonly q?: string
}

export interface Tail {
  /** Whether arrivals are loaded at all. */
  readonly on: boolean
  /** Whether the newest row is in sight, so that what lies far above may be let go. */
  readonly following: boolean
  /** `LogWindow.arrived` when the newest row was last in sight. */
  readonly seen: number
}

export interface LogWindowQuery {
  /** Undefined until the first page is there. While filters change it is still the one before. */
  readonly window: LogWindow | undefined
  /** True while `window` belongs to the filters before. */
  readonly stale: boolean
  readonly error: unknown
  readonly retry: () => void
  readonly loadOlder: () => void
  readonly loadingOlder: boolean
  readonly olderError: unknown
  /** Starts again at the newest page. */
  readonly reopen: () => void
}

interface Arrivals {
  readonly logs: readonly Log[]
  /** False when there were more than it was worth to load. */
  readonly complete: boolean
}

export function useLogWindow(filter: LogFilter, range: TimeRange, tail: Tail): LogWindowQuery {
  const client = useQueryClient()
  const key = ['logs', 'window', filter, range.key]
  const tailNow = useRef(tail)
  tailNow.current = tail
  const reopening = useRef(false)

  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<LogWindow> => {
      const input = { ...filter, ...range.resolve(), order: 'newest' as const }
      const known = () => client.getQueryData<LogWindow>(key)
      const before = reopening.current ? undefined : known()
      if (before === undefined) {
        const opened = openWindow(await api.logs.list({ ...input, limit: firstPageRows }, { signal }))
        reopening.current = false
        return opened
      }
      if (before.behind) return before
      if (!tailNow.current.following && before.arrived - tailNow.current.seen > maxUnseenRows)
        return { ...before, behind: true }
      const arrivals = await loadArrivals(input, before.newestId, signal)
      // An older page may have come meanwhile.
      const latest = known() ?? before
      if (arrivals.complete) {
        const window = withArrivals(latest, arrivals.logs)
        return tailNow.current.following ? keepNewest(window, maxFollowedRows) : window
      }
      return tailNow.current.following ? windowOnArrivals(latest, arrivals.logs) : { ...latest, behind: true }
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: tail.on ? 'always' : true,
    // Comparing ten thousand rows one by one to find out that they are the same would be slower than drawing them.
    structuralSharing: false,
    placeholderData: keepPreviousData,
    ...(tail.on ? live : {}),
  })

  const { refetch } = query
  // What arrived while live tail was off is caught up with when it is switched on.
  const wasOn = useRef(tail.on)
  useEffect(() => {
    if (tail.on && !wasOn.current) void refetch()
    wasOn.current = tail.on
  }, [tail.on, refetch])

  const older = useMutation({
    mutationFn: async (window: LogWindow) => {
      const page = await api.logs.list({
        ...filter,
        ...range.resolve(),
        ...window.older,
        order: 'newest',
        limit: olderPageRows,
      })
      client.setQueryData<LogWindow>(key, (now) =>
        // A window that let rows go meanwhile continues elsewhere.
        now === undefined || now.older !== window.older ? now : withOlderPage(now, page),
      )
    },
  })

  const { mutate, isPending } = older
  const window = query.data
  const stale = query.isPlaceholderData
  const loadOlder = useCallback(() => {
    if (window?.older && !stale && !isPending) mutate(window)
  }, [window, stale, isPending, mutate])

  return {
    window,
    stale,
    error: query.error,
    retry: () => void refetch(),
    loadOlder,
    loadingOlder: isPending,
    // One that belongs to rows no longer on show is of no interest.
    olderError: older.variables === window ? older.error : null,
    reopen: useCallback(() => {
      reopening.current = true
      void refetch()
    }, [refetch]),
  }
}

type ListInput = Parameters<typeof api.logs.list>[0]

async function loadArrivals(input: ListInput, newestId: number, signal: AbortSignal): Promise<Arrivals> {
  const logs: Log[] = []
  let cursor: string | undefined
  for (let page = 0; page < maxArrivalPages; page++) {
    const after = newestId < 0 ? {} : { afterId: newestId }
    const from = cursor === undefined ? {} : { cursor }
    const answer = await api.logs.list({ ...input, ...after, ...from, limit: arrivalRows }, { signal })
    logs.push(...answer.logs)
    if (answer.nextCursor === null) return { logs, complete: true }
    cursor = answer.nextCursor
  }
  return { logs, complete: false }
}

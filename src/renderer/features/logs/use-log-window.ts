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
  withArrivals,
  withOlderPage,
} from './logs-rows.ts'

const firstPageRows = 500
const olderPageRows = 1_000
const arrivalRows = 1_000
/** What is left over comes with the next commit; far more than a screen is useful for at this rate. */
const maxArrivalPages = 20

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

export function useLogWindow(filter: LogFilter, range: TimeRange, tail: Tail): LogWindowQuery {
  const client = useQueryClient()
  const key = ['logs', 'window', filter, range.key]
  const tailNow = useRef(tail)
  tailNow.current = tail
  const reopening = useRef(false)

  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<LogWindow> => {
      const input = { ...filter, ...range.resolve() }
      const known = () => client.getQueryData<LogWindow>(key)
      const before = reopening.current ? undefined : known()
      // An empty window has no place to go on from.
      if (before === undefined || before.rows.length === 0) {
        const opened = openWindow(await api.logs.list({ ...input, limit: firstPageRows }, { signal }))
        reopening.current = false
        return { ...opened, arrived: (before?.arrived ?? 0) + (before ? opened.rows.length : 0) }
      }
      const arrivals: Log[] = []
      let afterId = before.newestId
      let behind = before.behind
      for (let page = 0; page < maxArrivalPages && !behind; page++) {
        const { logs } = await api.logs.list(
          { ...input, ...startOf(before, input.start), afterId, limit: arrivalRows },
          { signal },
        )
        arrivals.push(...logs)
        afterId = Math.max(afterId, ...logs.map((log) => log.id))
        if (logs.length < arrivalRows) break
        behind = !tailNow.current.following && before.arrived + arrivals.length - tailNow.current.seen > maxUnseenRows
      }
      const now = withArrivals(known() ?? before, arrivals)
      // An older page that came meanwhile may lack what arrived into its time since it was asked for: ask again.
      const newestId = now.older === before.older ? now.newestId : before.newestId
      const window = { ...now, newestId, behind }
      return tailNow.current.following ? keepNewest(window, maxFollowedRows) : window
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

/** What arrives above the oldest row loaded is left for the older page it belongs to, so that the rows have no gap. */
function startOf(window: LogWindow, start: string | undefined): { readonly start?: string } {
  const oldest = window.older === null ? undefined : window.rows[0]?.timeUnixNano
  if (oldest === undefined) return start === undefined ? {} : { start }
  return { start: start !== undefined && BigInt(start) > BigInt(oldest) ? start : oldest }
}

/**
 * What changes by itself: the engine's status as it is pushed, and the queries that follow it.
 *
 * A query that carries `...live` (or `...liveList`) is asked again when the engine has committed something new, at
 * most once a second; what is on show stays until the answer is there.
 */

import { keepPreviousData, type Query, type QueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { Status } from '#shared/contract/status.ts'
import { api } from './api.ts'
import { connection } from './connection.ts'
import { createStore } from './store.ts'

const shortestRefreshMs = 1_000
const resubscribeMs = 500

/** Spread into query options: the query is refetched when new data was committed. */
export const live = { meta: { live: true } } as const

/** As `live`, and while filters change the last answer stays on show (`isPlaceholderData` says so). */
export const liveList = { meta: { live: true }, placeholderData: keepPreviousData } as const

let isLeaving = false
let isSwitching = false

/** Loads the page anew, once. */
function leave(url: string): void {
  if (isLeaving) return
  isLeaving = true
  if (url === window.location.href) window.location.reload()
  else window.location.assign(url)
}

/** Runs what opens another session, and goes where it says; every other window stays on its screen and loads that anew. */
export async function switchSession(change: () => Promise<string>): Promise<void> {
  isSwitching = true
  try {
    leave(await change())
  } finally {
    isSwitching = false
  }
}

const status = createStore<Status | undefined>(undefined)

/** The engine's status; undefined until the first one has arrived. */
export function useStatus(): Status | undefined {
  return useSyncExternalStore(status.subscribe, status.get)
}

/** One value of the status, so that a component renders again only when that changes. Must return a primitive. */
export function useStatusValue<T extends string | number | boolean | bigint | null>(
  select: (status: Status) => T,
): T | undefined {
  return useSyncExternalStore(status.subscribe, () => {
    const current = status.get()
    return current === undefined ? undefined : select(current)
  })
}

/** The status as it is now, for code outside React. */
export function currentStatus(): Status | undefined {
  return status.get()
}

/** Also what no screen shows just now: an answer from before the commit is stale, however young, once it is shown again. */
function isLive(query: Query): boolean {
  // Several observers may share a query, and `query.meta` is only that of the one that came last.
  return query.observers.length === 0
    ? query.meta?.live === true
    : query.observers.some((observer) => observer.options.meta?.live === true)
}

async function followStatus(): Promise<never> {
  for (;;) {
    try {
      for await (const next of await api.status.watch()) status.set(next)
    } catch {
      // The link waits for the connection by itself; what failed is only this subscription.
    }
    await new Promise((resolve) => setTimeout(resolve, resubscribeMs))
  }
}

/** Starts following the engine; called once, before the app is drawn. */
export function startLive(queryClient: QueryClient): void {
  void followStatus()

  let wanted = 0
  let done = 0
  let running = false
  async function refresh(): Promise<void> {
    if (running) return
    running = true
    while (done !== wanted) {
      done = wanted
      const startedMs = performance.now()
      await queryClient.invalidateQueries(
        { predicate: isLive },
        // A query still under way is left to finish; the next round catches up with it.
        { cancelRefetch: false },
      )
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(0, shortestRefreshMs - (performance.now() - startedMs))),
      )
    }
    running = false
  }
  let session: string | undefined
  status.subscribe(() => {
    const now = status.get()
    if (now === undefined) return
    const opened = `${now.session.serial} ${now.database.path}`
    // A page loaded anew remembers nothing of the session before: no answers, no rows, no place in a list.
    if (session !== undefined && session !== opened && !isSwitching) leave(window.location.href)
    session = opened
  })
  status.subscribe(() => {
    const revision = status.get()?.revision
    if (revision === undefined || revision === wanted) return
    wanted = revision
    void refresh()
  })

  let wasConnected = false
  connection.state.subscribe(() => {
    const isConnected = connection.state.get() === 'connected'
    if (isConnected && wasConnected === false && status.get() !== undefined) void queryClient.invalidateQueries()
    wasConnected = isConnected
  })
}

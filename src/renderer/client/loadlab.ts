/** The load lab's status as it is pushed, followed while something shows it; commands put their answer in at once. */

import { useSyncExternalStore } from 'react'
import type { LabStatus } from '#shared/contract/loadlab-status.ts'
import { api } from './api.ts'
import { createStore } from './store.ts'

const resubscribeMs = 500

const status = createStore<LabStatus | undefined>(undefined)
let followers = 0
let following: AbortController | undefined

/** Undefined until the first one has arrived. */
export function useLabStatus(): LabStatus | undefined {
  return useSyncExternalStore(subscribe, status.get)
}

/** Every command answers with the status after it: no screen waits for the next push. */
export function takeLabStatus(next: LabStatus): void {
  status.set(next)
}

function subscribe(listener: () => void): () => void {
  const unsubscribe = status.subscribe(listener)
  followers += 1
  if (following === undefined) {
    following = new AbortController()
    void follow(following.signal)
  }
  return () => {
    unsubscribe()
    followers -= 1
    if (followers > 0) return
    following?.abort()
    following = undefined
  }
}

async function follow(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const next of await api.loadlab.watch(undefined, { signal })) status.set(next)
    } catch {
      // The link waits for the connection by itself; what failed is only this subscription.
    }
    await new Promise((resolve) => setTimeout(resolve, resubscribeMs))
  }
}

/** The desktop shell around the page, where there is one, and what it says about the engine. */

import { useSyncExternalStore } from 'react'
import type { EngineState, Host, HostNews } from '#shared/contract/host.ts'
import { createStore } from './store.ts'

declare global {
  interface Window {
    readonly spanlightHost?: Host
  }
}

/** Undefined in a browser. */
export const host = window.spanlightHost

const engine = createStore<EngineState | undefined>(undefined)

host?.listen((news) => {
  if (news.type === 'engine') engine.set(news.state)
})

/** What the shell last said about the engine; undefined in a browser. */
export function useEngineState(): EngineState | undefined {
  return useSyncExternalStore(engine.subscribe, engine.get)
}

/** Calls `listener` with all the shell says. Returns how to stop that. */
export function listenToHost(listener: (news: HostNews) => void): () => void {
  return host?.listen(listener) ?? (() => undefined)
}

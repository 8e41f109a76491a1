/** A connection to the engine: RPC over a carrier that comes back by itself after a break. */

import { type ClientContext, type ClientLink, DynamicLink } from '@orpc/client'
import { createStore } from './store.ts'

export type ConnectionState =
  | 'connecting'
  | 'connected'
  /** Lost; trying again. */
  | 'reconnecting'
  /** The engine answers but no longer knows this page: it was restarted with a new token. */
  | 'refused'

/** A call that broke because the connection did, or that the page may no longer make. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly code: 'DISCONNECTED' | 'UNAUTHORIZED'

  constructor(code: 'DISCONNECTED' | 'UNAUTHORIZED', message: string) {
    super(message)
    this.code = code
  }
}

export interface Connection {
  readonly link: ClientLink<ClientContext>
  readonly state: { get: () => ConnectionState; subscribe: (listener: () => void) => () => void }
  /** Tries again at once instead of waiting for the next attempt. */
  readonly retryNow: () => void
}

/** What a carrier tells its connection. */
export interface CarrierEvents {
  opened(link: ClientLink<ClientContext>): void
  /** Calls wait from now on. Must come before the link rejects what was pending. */
  closed(): void
  /** Why calls wait, or that they never will be answered. */
  waiting(state: Exclude<ConnectionState, 'connected'>): void
}

/** Carries calls to the engine; begins when it is called. Gives back how to try again at once. */
export type Carrier = (events: CarrierEvents) => () => void

/** Opens the connection; calls made while it is down wait for it to come back. */
export function connect(carrier: Carrier): Connection {
  const state = createStore<ConnectionState>('connecting')
  let link: ClientLink<ClientContext> | undefined

  async function currentLink(signal: AbortSignal | undefined): Promise<ClientLink<ClientContext>> {
    while (link === undefined) {
      if (state.get() === 'refused') throw new ConnectionError('UNAUTHORIZED', 'Spanlight was restarted.')
      await changed(state.subscribe, signal)
    }
    return link
  }

  const retryNow = carrier({
    opened(opened) {
      link = opened
      state.set('connected')
    },
    closed() {
      link = undefined
    },
    waiting: state.set,
  })
  const dynamic = new DynamicLink<ClientContext>((options) => currentLink(options.signal))
  return {
    link: {
      async call(path, input, options) {
        const before = link
        try {
          return await dynamic.call(path, input, options)
        } catch (error) {
          // The peer rejects what was pending when the socket closed with an abort error nobody asked for.
          if (isAbort(error) && !options.signal?.aborted && (before === undefined || before !== link))
            throw new ConnectionError('DISCONNECTED', 'The connection to Spanlight was lost.')
          throw error
        }
      },
    },
    state: { get: state.get, subscribe: state.subscribe },
    retryNow,
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

function changed(subscribe: (listener: () => void) => () => void, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      unsubscribe()
      signal?.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal?.reason)
    }
    const unsubscribe = subscribe(() => {
      end()
      resolve()
    })
    signal?.addEventListener('abort', abort)
  })
}

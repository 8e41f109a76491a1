/** A connection to the engine: RPC over a WebSocket that comes back by itself after a break. */

import { type ClientContext, type ClientLink, DynamicLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
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

const firstRetryMs = 250
const longestRetryMs = 5_000

export interface Connection {
  readonly link: ClientLink<ClientContext>
  readonly state: { get: () => ConnectionState; subscribe: (listener: () => void) => () => void }
  /** Tries again at once instead of waiting for the next attempt. */
  readonly retryNow: () => void
}

/** How long to wait before attempt number `attempt` (0 is the first after a break), without the random part. */
export function retryDelayMs(attempt: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** attempt)
}

/** Opens the connection to `url`; calls made while it is down wait for it to come back. */
export function connect(url: string): Connection {
  const state = createStore<ConnectionState>('connecting')
  let link: RPCLink<ClientContext> | undefined
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(): void {
    clearTimeout(timer)
    timer = undefined
    const socket = new WebSocket(url)
    let opened = false
    socket.addEventListener('open', () => {
      opened = true
      attempt = 0
      link = new RPCLink({ websocket: socket })
      state.set('connected')
    })
    socket.addEventListener('close', () => {
      link = undefined
      void closed(opened)
    })
  }

  async function closed(opened: boolean): Promise<void> {
    if (opened) state.set('reconnecting')
    else if (await isRefused()) state.set('refused')
    else if (state.get() !== 'connecting' || attempt > 0) state.set('reconnecting')
    const delay = retryDelayMs(attempt)
    attempt += 1
    timer = setTimeout(open, delay * (0.75 + Math.random() / 2))
  }

  async function currentLink(signal: AbortSignal | undefined): Promise<RPCLink<ClientContext>> {
    while (link === undefined) {
      if (state.get() === 'refused') throw new ConnectionError('UNAUTHORIZED', 'Spanlight was restarted.')
      await changed(state.subscribe, signal)
    }
    return link
  }

  open()
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
    retryNow() {
      if (timer !== undefined) open()
    },
  }
}

/** A WebSocket tells nothing about why it was refused, so ask over plain HTTP. */
async function isRefused(): Promise<boolean> {
  try {
    return (await fetch('/api/health', { cache: 'no-store' })).status === 401
  } catch {
    return false
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

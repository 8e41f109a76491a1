/** Calls over a WebSocket to the server the page came from, opened again after a break. */

import { RPCLink } from '@orpc/client/websocket'
import type { Carrier } from './connect.ts'

const firstRetryMs = 250
const longestRetryMs = 5_000

/** How long to wait before attempt number `attempt` (0 is the first after a break), without the random part. */
export function retryDelayMs(attempt: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** attempt)
}

export function socketCarrier(url: string): Carrier {
  return ({ opened, closed, waiting }) => {
    let attempt = 0
    let timer: ReturnType<typeof setTimeout> | undefined

    function open(): void {
      clearTimeout(timer)
      timer = undefined
      const socket = new WebSocket(url)
      let wasOpen = false
      socket.addEventListener('open', () => {
        wasOpen = true
        attempt = 0
        opened(new RPCLink({ websocket: socket }))
      })
      socket.addEventListener('close', () => {
        closed()
        void retry(wasOpen)
      })
    }

    async function retry(wasOpen: boolean): Promise<void> {
      if (wasOpen) waiting('reconnecting')
      else if (await isRefused()) waiting('refused')
      else if (attempt > 0) waiting('reconnecting')
      const delay = retryDelayMs(attempt)
      attempt += 1
      timer = setTimeout(open, delay * (0.75 + Math.random() / 2))
    }

    open()
    return () => {
      if (timer !== undefined) open()
    }
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

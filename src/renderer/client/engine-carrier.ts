/** How the app reaches its engine: over a port in the desktop window, over a WebSocket in a browser. */

import type { Carrier } from './connect.ts'
import { host } from './host.ts'
import { portCarrier } from './port-carrier.ts'
import { socketCarrier } from './socket-carrier.ts'

export function engineCarrier(): Carrier {
  return host === undefined ? socketCarrier(socketUrl()) : portCarrier(host)
}

function socketUrl(): string {
  const url = new URL('/api/ws', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

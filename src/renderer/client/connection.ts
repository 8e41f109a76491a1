/** The page's one connection to its engine: over a port in the desktop window, over a WebSocket in a browser. */

import { useSyncExternalStore } from 'react'
import { type ConnectionState, connect } from './connect.ts'
import { host } from './host.ts'
import { portCarrier } from './port-carrier.ts'
import { socketCarrier } from './socket-carrier.ts'

function socketUrl(): string {
  const url = new URL('/api/ws', window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

export const connection = connect(host === undefined ? socketCarrier(socketUrl()) : portCarrier(host))

/** Whether the page is in touch with the engine. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(connection.state.subscribe, connection.state.get)
}

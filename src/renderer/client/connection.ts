/** The page's one connection to the engine that served it. */

import { useSyncExternalStore } from 'react'
import { type ConnectionState, connect } from './connect.ts'

const socketUrl = new URL('/api/ws', window.location.href)
socketUrl.protocol = socketUrl.protocol === 'https:' ? 'wss:' : 'ws:'

export const connection = connect(socketUrl.href)

/** Whether the page is in touch with the engine. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(connection.state.subscribe, connection.state.get)
}

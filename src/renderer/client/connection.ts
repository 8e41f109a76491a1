/** The page's one connection to what answers it; the page's door says over which carrier, calls made before wait. */

import { useSyncExternalStore } from 'react'
import { type Carrier, type CarrierEvents, type ConnectionState, connect } from './connect.ts'

let open: (carrier: Carrier) => void = () => undefined

export const connection = connect((events: CarrierEvents) => {
  let retryNow = (): void => undefined
  open = (carrier) => {
    retryNow = carrier(events)
  }
  return () => retryNow()
})

/** Called once, before the app is drawn. */
export function openConnection(carrier: Carrier): void {
  open(carrier)
}

/** Whether the page is in touch with the engine. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(connection.state.subscribe, connection.state.get)
}

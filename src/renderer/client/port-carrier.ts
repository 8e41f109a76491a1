/** Calls over a port to the engine of the desktop app; the shell posts a new one whenever the engine starts. */

import { RPCLink } from '@orpc/client/message-port'
import { enginePortMessage, type Host } from '#shared/contract/host.ts'
import type { Carrier } from './connect.ts'

const retryMs = 250

export function portCarrier(host: Pick<Host, 'connect' | 'listen'>): Carrier {
  return ({ opened, closed, waiting }) => {
    let current: MessagePort | undefined

    function drop(port: MessagePort): void {
      if (port !== current) return
      current = undefined
      closed()
      // Closing an end tells the other one only; the link must hear it too, to reject what is pending.
      port.dispatchEvent(new Event('close'))
      port.close()
    }

    function take(port: MessagePort): void {
      if (current !== undefined) drop(current)
      current = port
      port.addEventListener('close', () => {
        if (port !== current) return
        drop(port)
        waiting('reconnecting')
        // When the engine is gone the shell says more; this is for a port that closed on its own.
        setTimeout(host.connect, retryMs)
      })
      opened(new RPCLink({ port }))
      port.start()
    }

    window.addEventListener('message', (event) => {
      const [port] = event.ports
      if (event.source === window && event.data === enginePortMessage && port !== undefined) take(port)
    })
    host.listen((news) => {
      if (news.type !== 'engine' || news.state.kind !== 'restarting') return
      if (current !== undefined) drop(current)
      waiting('reconnecting')
    })
    host.connect()
    return host.connect
  }
}

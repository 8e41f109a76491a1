/** Ports for tests that name one. */

import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** A port of 127.0.0.1 that is held until it is disposed of. */
export async function heldPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    release: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const { port, release } = await heldPort()
  await release()
  return port
}

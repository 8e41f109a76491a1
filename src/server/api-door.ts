/** The contract on a loopback port of its own, for commands on this machine: for a host that serves no browser. */

import type { Engine } from '../engine/engine.ts'
import { newToken } from './access.ts'
import { startServer } from './server.ts'
import { announceStores } from './store-address.ts'

const host = '127.0.0.1'

/** Opens the door and says beside the database where it is. Returns how to close it. */
export async function openApiDoor(
  engine: Engine,
  options: { version: string; program: string },
): Promise<() => Promise<void>> {
  const token = newToken()
  const { context } = engine
  const door = await startServer({ host, port: 0, token, version: options.version, rendererDir: undefined, context })
  const api = { url: `http://${host}:${door.port}`, token }
  const withdraw = announceStores(engine, { program: options.program, api })
  return async () => {
    withdraw()
    await door.close()
  }
}

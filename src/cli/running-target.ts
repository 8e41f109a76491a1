/** Imports of a Spanlight that runs, over its API. */

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import WebSocket from 'ws'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { Contract } from '#shared/contract/index.ts'
import type { StoreAddress } from '../server/store-address.ts'
import type { ImportTarget } from './import-target.ts'
import { asSpanlightError } from './remote-error.ts'

const connectMs = 5_000

/** Undefined when nobody is there any more. */
export async function connectImports({
  url,
  token,
}: NonNullable<StoreAddress['api']>): Promise<ImportTarget | undefined> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/ws`, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: connectMs,
  })
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.on('error', () => resolve(false))
  })
  if (!isOpen) return undefined
  const gone = new Promise<never>((_resolve, reject) => {
    const lost = 'Spanlight was closed meanwhile. What it had read is stored; import the file again to add the rest.'
    socket.once('close', () => reject(new SpanlightError('CANCELLED', lost)))
  })
  gone.catch(() => undefined)
  // The link types a browser's WebSocket, whose parts it uses the `ws` package has as well.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  const { imports } = createORPCClient<ContractRouterClient<Contract>>(link)
  const answer = <T>(call: Promise<T>): Promise<T> => Promise.race([call, gone]).catch(asSpanlightError)
  return {
    begin: (input) => answer(imports.begin(input)),
    append: (id, bytes, file) => answer(imports.append({ id, chunk: new Blob([bytes]), file })),
    refuse: (id, file, reason) => answer(imports.refuse({ id, file, reason })),
    finish: (id) => answer(imports.finish({ id })),
    cancel: (id) => answer(imports.cancel({ id })),
    close: async () => socket.close(),
  }
}

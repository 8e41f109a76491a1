/** The contract over a WebSocket, as commands and the app speak it. */

import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { Contract } from '../../src/shared/contract/index.ts'

export interface ApiClient {
  readonly api: ContractRouterClient<Contract>
  readonly socket: WebSocket
}

/** Calls wait until it is open. */
export function apiClient({ origin, token }: { readonly origin: string; readonly token: string }): ApiClient {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/ws`, {
    headers: { authorization: `Bearer ${token}` },
  })
  // The link types a browser's WebSocket, whose parts it uses the `ws` package has as well.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { api: createORPCClient(link), socket }
}

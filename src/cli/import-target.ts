/**
 * Where a command's bytes go: to the Spanlight that has the database open, over its API, else into the database itself,
 * which stays locked meanwhile. Both are used alike.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import WebSocket from 'ws'
import type { z } from 'zod'
import { SpanlightError } from '#shared/contract/errors.ts'
import { type ImportProgress, type ImportReport, importBeginSchema } from '#shared/contract/imports.ts'
import type { Contract } from '#shared/contract/index.ts'
import { openImportStore } from '../engine/import-store.ts'
import { announceStore, readStoreAddress, type StoreAddress } from '../server/store-address.ts'
import { asSpanlightError } from './remote-error.ts'

/** How long a database is waited for that another program has open. */
const patienceMs = 60_000
const retryMs = 200
const connectMs = 5_000

export interface ImportTarget {
  begin(input: z.input<typeof importBeginSchema>): Promise<{ id: string }>
  /** `bytes` is given away. */
  append(id: string, bytes: Uint8Array<ArrayBuffer>, file?: string): Promise<ImportProgress>
  finish(id: string): Promise<ImportReport>
  cancel(id: string): Promise<ImportReport>
  close(): Promise<void>
}

/** Waits for a database that is in use by a program that takes nothing, and says so. Throws `SpanlightError`. */
export async function openImportTarget(
  databasePath: string,
  program: string,
  say: (text: string) => void,
): Promise<ImportTarget> {
  const deadline = performance.now() + patienceMs
  for (let attempt = 0; ; attempt++) {
    const address = readStoreAddress(databasePath)
    const running = address?.api ? await connect(address.api) : undefined
    if (running) return running
    try {
      return await openStore(databasePath, program)
    } catch (error) {
      const isLocked = error instanceof SpanlightError && error.code === 'STORE_LOCKED'
      if (!isLocked) throw error
      const holder = address ? `${address.program} (pid ${address.pid})` : 'Another program'
      if (performance.now() > deadline) {
        throw new SpanlightError('STORE_LOCKED', `${holder} has ${databasePath} open. Try again when it has ended.`)
      }
      if (attempt === 0) say(`Waiting for ${holder}, which has ${databasePath} open.`)
      await delay(retryMs)
    }
  }
}

async function openStore(databasePath: string, program: string): Promise<ImportTarget> {
  const death = Promise.withResolvers<never>()
  death.promise.catch(() => undefined)
  const { imports, close } = await openImportStore(databasePath, death.reject)
  const alive = <T>(work: Promise<T>): Promise<T> => Promise.race([work, death.promise])
  const withdraw = announceStore(databasePath, { program, api: null })
  return {
    begin: async (input) => imports.begin(importBeginSchema.parse(input)),
    append: (id, bytes, file) => alive(imports.append(id, bytes, file)),
    finish: (id) => alive(imports.finish(id)),
    cancel: (id) => alive(imports.cancel(id)),
    close: () => {
      withdraw()
      return close()
    },
  }
}

/** Undefined when nobody is there any more. */
async function connect({ url, token }: NonNullable<StoreAddress['api']>): Promise<ImportTarget | undefined> {
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
    finish: (id) => answer(imports.finish({ id })),
    cancel: (id) => answer(imports.cancel({ id })),
    close: async () => socket.close(),
  }
}

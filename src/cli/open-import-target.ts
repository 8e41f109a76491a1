/**
 * Where a command's bytes go: to the Spanlight that has the database open, over its API, else into the database itself,
 * which stays locked meanwhile. Both are used alike.
 */

import { setTimeout as delay } from 'node:timers/promises'
import { SpanlightError } from '#shared/contract/errors.ts'
import { importBeginSchema } from '#shared/contract/imports.ts'
import { openImportStore } from '../engine/import-store.ts'
import { announceStore, readStoreAddress, type StoreAddress } from '../server/store-address.ts'
import type { ImportTarget } from './import-target.ts'

/** How long a database is waited for that another program has open. */
const patienceMs = 60_000
const retryMs = 200

/** Waits for a database that is in use by a program that takes nothing, and says so. Throws `SpanlightError`. */
export async function openImportTarget(
  databasePath: string,
  program: string,
  say: (text: string) => void,
): Promise<ImportTarget> {
  const deadline = performance.now() + patienceMs
  for (let attempt = 0; ; attempt++) {
    const address = readStoreAddress(databasePath)
    const running = address?.api ? await connectTo(address.api) : undefined
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
    refuse: async (id, file, reason) => imports.refuse(id, file, reason),
    finish: (id) => alive(imports.finish(id)),
    cancel: (id) => alive(imports.cancel(id)),
    close: () => {
      withdraw()
      return close()
    },
  }
}

/** Loaded where a Spanlight runs: to open a database takes nothing of it. */
async function connectTo(api: NonNullable<StoreAddress['api']>): Promise<ImportTarget | undefined> {
  const { connectImports } = await import('./running-target.ts')
  return connectImports(api)
}

/**
 * Where the Spanlight that holds a database is reached, for commands that have something for it: a file beside the
 * database that only its owner may read. The lock alone says whether somebody holds the database; this file may be
 * left over from a process that was killed.
 */

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, hostname as ownName } from 'node:os'
import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import { isLoopback } from './access.ts'

const addressSchema = z.object({
  pid: z.number(),
  /** What holds it, such as `spanlight serve`. */
  program: z.string(),
  /** Null for a holder that takes nothing from others. */
  api: z.object({ url: z.string().refine(isOfThisMachine), token: z.string() }).nullable(),
})
export type StoreAddress = z.infer<typeof addressSchema>

/** A file that came along with somebody's database must not send them what is imported into it. */
function isOfThisMachine(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (protocol !== 'http:') return false
  return (
    isLoopback(host) ||
    host === ownName().toLowerCase() ||
    Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host))
  )
}

function addressFile(databasePath: string): string {
  return `${databasePath}.address`
}

/** Says it beside each session that is open, for as long as it is. Returns how to take it back. */
export function announceStores(engine: Pick<Engine, 'onSession'>, address: Omit<StoreAddress, 'pid'>): () => void {
  let withdraw = (): void => undefined
  engine.onSession(({ path, isReadOnly }) => {
    withdraw()
    // One that is only read is held by nobody, or by another.
    withdraw = isReadOnly ? () => undefined : announceStore(path, address)
  })
  return () => withdraw()
}

/** Call it while holding the lock. Returns how to take it back; a folder that can't be written only hides the address. */
export function announceStore(databasePath: string, address: Omit<StoreAddress, 'pid'>): () => void {
  const file = addressFile(databasePath)
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(unfinished, `${JSON.stringify({ pid: process.pid, ...address } satisfies StoreAddress)}\n`, {
      mode: 0o600,
    })
    renameSync(unfinished, file)
  } catch {
    rmSync(unfinished, { force: true })
  }
  return () => {
    if (readStoreAddress(databasePath)?.pid === process.pid) rmSync(file, { force: true })
  }
}

/** Undefined when there is none, or none that can be read. */
export function readStoreAddress(databasePath: string): StoreAddress | undefined {
  try {
    return addressSchema.parse(JSON.parse(readFileSync(addressFile(databasePath), 'utf8')))
  } catch {
    return undefined
  }
}

/**
 * Where the Spanlight that holds a database is reached, for commands that have something for it: a file beside the
 * database that only its owner may read. The lock alone says whether somebody holds the database; this file may be
 * left over from a process that was killed.
 */

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const addressSchema = z.object({
  pid: z.number(),
  /** What holds it, such as `spanlight serve`. */
  program: z.string(),
  /** Null for a holder that takes nothing from others. */
  api: z.object({ url: z.string(), token: z.string() }).nullable(),
})
export type StoreAddress = z.infer<typeof addressSchema>

function addressFile(databasePath: string): string {
  return `${databasePath}.address`
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

/** Computes all rollups of a database anew, without receivers: for the command line. */

import { setTimeout } from 'node:timers/promises'
import { ReaderPool, WriterPool } from './threads/pool.ts'

const pollMs = 100

/**
 * Tells how many spans are still to be folded, now and then, until none is. Throws `SpanlightError`: STORE_LOCKED while another
 * Spanlight has the database, and whatever keeps it from being opened. Stopped halfway, it goes on at the next start.
 */
export async function rebuildRollups(databasePath: string, onProgress: (spansToFold: number) => void): Promise<void> {
  const death = Promise.withResolvers<never>()
  death.promise.catch(() => undefined)
  const writer = await WriterPool.start({ databasePath, durable: false }, () => undefined, death.reject)
  try {
    const readers = await ReaderPool.start({ databasePath }, 1)
    try {
      await writer.command({ name: 'rebuildRollups' })
      for (;;) {
        const { rollups } = await Promise.race([readers.query('readStorage', undefined), death.promise])
        onProgress(rollups.spansToFold)
        if (rollups.spansToFold === 0) return
        await setTimeout(pollMs)
      }
    } finally {
      await readers.close()
    }
  } finally {
    await writer.close()
  }
}

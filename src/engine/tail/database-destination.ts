/** Records go straight into the database, which is held for moments only, so that the app can be started at any time. */

import { WriterPool } from '../threads/pool.ts'
import type { Delivery, Destination } from './destination.ts'

const retryMs = 500
/** While lines keep coming: then somebody else may have it, or the app that was started meanwhile gets them. */
const maxHoldMs = 2_000

interface Held {
  readonly writer: WriterPool
  readonly death: Promise<never>
  readonly sinceMs: number
}

export class DatabaseDestination implements Destination {
  readonly #path: string
  #held: Held | undefined

  constructor(path: string) {
    this.#path = path
  }

  get isHeld(): boolean {
    return this.#held !== undefined
  }

  async send(request: Buffer): Promise<Delivery> {
    try {
      this.#held ??= await hold(this.#path)
      const { writer, death, sinceMs } = this.#held
      // Transferred: the caller may need its own again.
      const outcome = await Promise.race([writer.submit(new Uint8Array(request), 'logs', 'json'), death])
      if (performance.now() - sinceMs > maxHoldMs) await this.release()
      if (outcome.kind === 'committed') return { kind: 'stored' }
      if (outcome.kind === 'invalid') return { kind: 'refused', reason: outcome.message, records: 'all' }
      return { kind: 'later', reason: outcome.message, afterMs: outcome.retryAfterSeconds * 1000 }
    } catch (error) {
      this.#held = undefined
      return { kind: 'later', reason: error instanceof Error ? error.message : String(error), afterMs: retryMs }
    }
  }

  async release(): Promise<void> {
    const held = this.#held
    this.#held = undefined
    await held?.writer.close()
  }
}

/** Throws `SpanlightError` when the database can't be had. */
async function hold(databasePath: string): Promise<Held> {
  const death = Promise.withResolvers<never>()
  death.promise.catch(() => undefined)
  const writer = await WriterPool.start({ databasePath, durable: false }, () => undefined, death.reject)
  return { writer, death: death.promise, sinceMs: performance.now() }
}

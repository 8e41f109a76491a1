/** The writer thread: the only one with a write handle. Payloads that wait together share one transaction. */

import { parentPort, workerData } from 'node:worker_threads'
import { fromUnixMillis } from '#shared/model/time.ts'
import { ingest, type Payload } from '../ingest.ts'
import { openWriter, type WriteDb } from '../store/database.ts'
import { lockStore, type StoreLock } from '../store/lock.ts'
import { StoreWriter } from '../store/write.ts'
import { toFailure } from './failure.ts'
import type { FromWriter, ToWriter, WriterOptions } from './messages.ts'

/** Enough to spread a commit's cost, little enough to answer within tens of milliseconds. */
const maxBatchBytes = 8 * 1024 * 1024
const forgetIntervalMs = 60_000

type Submitted = Extract<ToWriter, { type: 'submit' }>

class WriterThread {
  readonly #options: WriterOptions
  readonly #post: (message: FromWriter) => void
  readonly #lock: StoreLock
  readonly #db: WriteDb
  readonly #store: StoreWriter
  readonly #waiting: Submitted[] = []
  #scheduled = false
  #closing = false

  constructor(options: WriterOptions, post: (message: FromWriter) => void) {
    this.#options = options
    this.#post = post
    this.#lock = lockStore(options.databasePath)
    try {
      this.#db = openWriter(options.databasePath, options)
    } catch (error) {
      this.#lock.release()
      throw error
    }
    this.#store = new StoreWriter(this.#db)
    setInterval(() => this.#forgetOldRequests(), forgetIntervalMs).unref()
  }

  receive(message: ToWriter): void {
    if (message.type === 'submit') this.#waiting.push(message)
    else this.#closing = true
    this.#schedule()
  }

  /** Messages that are already in the port's queue arrive before the next turn of the event loop: they join in. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#work()
    })
  }

  #work(): void {
    const batch = this.#takeBatch()
    if (batch.length > 0) this.#commit(batch)
    if (this.#waiting.length > 0) this.#schedule()
    else if (this.#closing) this.#close()
  }

  #takeBatch(): Submitted[] {
    let bytes = 0
    let count = 0
    for (const { bytes: payload } of this.#waiting) {
      bytes += payload.length
      if (count > 0 && bytes > maxBatchBytes) break
      count++
    }
    return this.#waiting.splice(0, count)
  }

  #commit(batch: readonly Submitted[]): void {
    const payloads: Payload[] = batch.map(({ signal, encoding, bytes }) => ({
      signal,
      encoding,
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }))
    const { outcomes, added, problem } = ingest(this.#store, payloads, this.#options.databasePath)
    for (const [index, outcome] of outcomes.entries()) {
      const id = batch[index]?.id
      if (id !== undefined) this.#post({ type: 'outcome', id, outcome })
    }
    this.#post({ type: 'committed', ...added, problem: problem?.message ?? null })
  }

  #forgetOldRequests(): void {
    try {
      this.#store.transaction(() => this.#store.forgetOldRequests(fromUnixMillis(Date.now())))
    } catch {
      // A store that can't be written says so at the next commit; this can wait.
    }
  }

  #close(): void {
    // Leaves one file: the write-ahead log is copied in and removed.
    this.#db.close()
    this.#lock.release()
    this.#post({ type: 'closed' })
    parentPort?.close()
  }
}

if (parentPort) {
  const port = parentPort
  const post = (message: FromWriter): void => port.postMessage(message)
  try {
    const thread = new WriterThread(workerData as WriterOptions, post)
    port.on('message', (message: ToWriter) => thread.receive(message))
    post({ type: 'opened' })
  } catch (error) {
    post({ type: 'failed', failure: toFailure(error) })
  }
}

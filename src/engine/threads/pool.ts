/** The engine's side of its threads: a writer that takes payloads, and readers that share the queries. */

import { type MessagePort, Worker } from 'node:worker_threads'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { Signal } from '#shared/model/batch.ts'
import type { Outcome, PayloadFormat } from '#shared/model/outcome.ts'
import { fromFailure } from './failure.ts'
import type { Command, FromReader, FromWriter, ReaderOptions, ToReader, ToWriter, WriterOptions } from './messages.ts'
import type { ReaderQueries } from './reader-queries.ts'
import { workerUrl } from './worker-url.ts'

// Each thread may take that much for what is new before it looks for what is over. Without a limit the three took 30 MiB more
// under the load lab's fifty requests a second, and worked no faster.
const writerYoungMiB = 24
const readerYoungMiB = 12

export type Commit = Extract<FromWriter, { type: 'committed' }>

const stopped = (): Outcome => ({ kind: 'unavailable', message: 'Spanlight is stopping', retryAfterSeconds: 5 })

/** Resolves once the thread has opened the database; rejects with its reason when it can't. */
function started(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (message: FromWriter | FromReader): void => {
      if (message.type === 'opened') resolve()
      else if (message.type === 'failed') reject(fromFailure(message.failure))
      else return
      worker.off('message', settle)
    }
    // Not once: Node's watch mode says something of its own first.
    worker.on('message', settle)
    worker.once('error', reject)
    worker.once('exit', () => reject(new SpanlightError('INTERNAL', 'A thread of the engine stopped while starting.')))
  })
}

export class WriterPool {
  readonly #worker: Worker
  readonly #waiting = new Map<number, (outcome: Outcome) => void>()
  readonly #commands = new Map<number, { resolve(): void; reject(error: Error): void }>()
  readonly #exited: Promise<void>
  #nextId = 0
  #open = true

  private constructor(worker: Worker, onCommit: (commit: Commit) => void, onDeath: (error: Error) => void) {
    this.#worker = worker
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()))
    worker.on('message', (message: FromWriter) => {
      if (message.type === 'outcome') {
        this.#waiting.get(message.id)?.(message.outcome)
        this.#waiting.delete(message.id)
      } else if (message.type === 'committed') onCommit(message)
      else if (message.type === 'done') {
        const command = this.#commands.get(message.id)
        this.#commands.delete(message.id)
        if (message.failure) command?.reject(fromFailure(message.failure))
        else command?.resolve()
      }
    })
    worker.on('error', (error: Error) => {
      if (this.#open) onDeath(error)
    })
    worker.once('exit', () => this.#refuseWaiting())
  }

  /** Throws `SpanlightError` when the database can't be opened. */
  static async start(
    options: WriterOptions,
    onCommit: (commit: Commit) => void,
    onDeath: (error: Error) => void,
  ): Promise<WriterPool> {
    const worker = new Worker(workerUrl('writer'), {
      workerData: options,
      name: 'spanlight writer',
      resourceLimits: { maxYoungGenerationSizeMb: writerYoungMiB },
    })
    await started(worker)
    return new WriterPool(worker, onCommit, onDeath)
  }

  /** Resolves after the transaction that holds the data has committed. `bytes` is transferred: don't use it again. */
  submit(bytes: Uint8Array<ArrayBuffer>, signal: Signal, encoding: PayloadFormat): Promise<Outcome> {
    if (!this.#open) return Promise.resolve(stopped())
    const id = this.#nextId++
    const message: ToWriter = { type: 'submit', id, signal, encoding, bytes }
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#worker.postMessage(message, [bytes.buffer])
    })
  }

  /** Runs a command between two commits. Rejects with `SpanlightError` when the store can't be written. */
  command(command: Command): Promise<void> {
    if (!this.#open) return Promise.reject(new SpanlightError('CANCELLED', 'Spanlight is stopping.'))
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#commands.set(id, { resolve, reject })
      this.#worker.postMessage({ type: 'command', id, command } satisfies ToWriter)
    })
  }

  /** Lets an import thread at the other end of `port` store what it reads. */
  connect(port: MessagePort): void {
    this.#worker.postMessage({ type: 'connect', port } satisfies ToWriter, [port])
  }

  /** Commits everything submitted and closes the database. */
  async close(): Promise<void> {
    this.#open = false
    this.#worker.postMessage({ type: 'close' } satisfies ToWriter)
    await this.#exited
  }

  #refuseWaiting(): void {
    this.#open = false
    for (const resolve of this.#waiting.values()) resolve(stopped())
    this.#waiting.clear()
    for (const { reject } of this.#commands.values()) reject(new SpanlightError('CANCELLED', 'Spanlight is stopping.'))
    this.#commands.clear()
  }
}

type QueryName = keyof ReaderQueries
type QueryInput<Name extends QueryName> = Parameters<ReaderQueries[Name]>[1]
type QueryOutput<Name extends QueryName> = Awaited<ReturnType<ReaderQueries[Name]>>

interface Running {
  readonly reader: Reader
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
}

interface Reader {
  readonly worker: Worker
  load: number
}

export class ReaderPool {
  readonly #readers: Reader[]
  readonly #running = new Map<number, Running>()
  #nextId = 0

  private constructor(workers: readonly Worker[]) {
    this.#readers = workers.map((worker) => ({ worker, load: 0 }))
    for (const reader of this.#readers) {
      reader.worker.on('message', (message: FromReader) => this.#receive(message))
      reader.worker.on('error', (error: Error) => this.#failAll(reader, error))
      reader.worker.once('exit', () => this.#failAll(reader, new SpanlightError('CANCELLED', 'Spanlight is stopping.')))
    }
  }

  static async start(options: ReaderOptions, count: number): Promise<ReaderPool> {
    const workers = Array.from(
      { length: count },
      (_, index) =>
        new Worker(workerUrl('reader'), {
          workerData: options,
          name: `spanlight reader ${index + 1}`,
          resourceLimits: { maxYoungGenerationSizeMb: readerYoungMiB },
        }),
    )
    await Promise.all(workers.map(started))
    return new ReaderPool(workers)
  }

  /** Runs a query on the least busy reader. Aborting `signal` stops it at its next slice with CANCELLED. */
  query<Name extends QueryName>(name: Name, input: QueryInput<Name>, signal?: AbortSignal): Promise<QueryOutput<Name>> {
    // An aborted signal fires no more event: the query would run to its end for nobody.
    if (signal?.aborted) return Promise.reject(new SpanlightError('CANCELLED', 'The query was cancelled.'))
    const reader = this.#readers.reduce((least, each) => (each.load < least.load ? each : least))
    const id = this.#nextId++
    return new Promise<QueryOutput<Name>>((resolve, reject) => {
      reader.load++
      this.#running.set(id, { reader, resolve: (output) => resolve(output as QueryOutput<Name>), reject })
      signal?.addEventListener('abort', () => this.#send(reader, { type: 'cancel', id }), { once: true })
      this.#send(reader, { type: 'query', id, name, input })
    })
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#readers.map(({ worker }) => {
        const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
        worker.postMessage({ type: 'close' } satisfies ToReader)
        return exited
      }),
    )
  }

  #send(reader: Reader, message: ToReader): void {
    reader.worker.postMessage(message)
  }

  #receive(message: FromReader): void {
    if (message.type !== 'result' && message.type !== 'error') return
    const running = this.#running.get(message.id)
    if (!running) return
    this.#running.delete(message.id)
    running.reader.load--
    if (message.type === 'result') running.resolve(message.output)
    else running.reject(fromFailure(message.failure))
  }

  #failAll(reader: Reader, error: Error): void {
    for (const [id, running] of this.#running) {
      if (running.reader !== reader) continue
      this.#running.delete(id)
      running.reject(error)
    }
  }
}

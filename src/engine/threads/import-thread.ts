/** The engine's side of the import thread, which lives while anything is imported and a little longer. */

import { MessageChannel, Worker } from 'node:worker_threads'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { ImportCounts } from '../import/import-tally.ts'
import { fromFailure, toFailure } from './failure.ts'
import type { FromImporter, ImporterOptions, ImportStart, ToImporter } from './import-messages.ts'
import type { WriterPool } from './pool.ts'
import { workerUrl } from './worker-url.ts'

/** Who opens one file often opens another; after that its memory goes back. */
const restMs = 10_000

/**
 * What is parsed lives until it is packed. V8's default room for what is new keeps more of a file resident; too little has what lives
 * copied again and again: with 6 MiB V8's own threads work a third longer on Jaeger's JSON than with 32.
 */
const youngMiB = 32

export interface ImportListener {
  progress(readBytes: number, counts: ImportCounts): void
  /** With the reason if it failed or was stopped. Nothing comes after it. */
  ended(failure: SpanlightError | null): void
}

interface Following {
  readonly listener: ImportListener
  /** Senders that wait for room, in order. */
  readonly waiting: (() => void)[]
}

export class ImportThread {
  readonly #writer: Pick<WriterPool, 'connect'>
  readonly #databasePath: () => string
  readonly #imports = new Map<string, Following>()
  #worker: Worker | undefined
  #rest: NodeJS.Timeout | undefined

  /** `databasePath` is asked whenever the thread starts: another session may be open by then. */
  constructor(writer: Pick<WriterPool, 'connect'>, databasePath: () => string) {
    this.#writer = writer
    this.#databasePath = databasePath
  }

  begin(start: ImportStart, listener: ImportListener): void {
    this.#imports.set(start.id, { listener, waiting: [] })
    this.#send({ type: 'begin', start })
  }

  /** Resolves when there is room for more, or the import is over. `bytes` is transferred: don't use it again. */
  append(id: string, bytes: Uint8Array<ArrayBuffer>, file: string | undefined): Promise<void> {
    const following = this.#imports.get(id)
    if (!following) return Promise.resolve()
    return new Promise((resolve) => {
      following.waiting.push(resolve)
      this.#send({ type: 'chunk', id, file, bytes }, [bytes.buffer])
    })
  }

  /** With `failure` there should have been more: what was sent is read, and then that is why it ended. */
  end(id: string, failure?: SpanlightError): void {
    if (this.#imports.has(id)) this.#send({ type: 'end', id, failure: failure ? toFailure(failure) : null })
  }

  stop(id: string, reason: SpanlightError): void {
    if (this.#imports.has(id)) this.#send({ type: 'stop', id, failure: toFailure(reason) })
  }

  #send(message: ToImporter, transfer: ArrayBuffer[] = []): void {
    clearTimeout(this.#rest)
    this.#worker ??= this.#start()
    this.#worker.postMessage(message, transfer)
  }

  #start(): Worker {
    const { port1, port2 } = new MessageChannel()
    this.#writer.connect(port2)
    const options: ImporterOptions = { writer: port1, databasePath: this.#databasePath() }
    const worker = new Worker(workerUrl('importer'), {
      workerData: options,
      transferList: [port1],
      name: 'spanlight importer',
      resourceLimits: { maxYoungGenerationSizeMb: youngMiB },
    })
    worker.on('message', (message: FromImporter) => this.#receive(message))
    worker.on('error', (error: Error) => this.#failAll(worker, error))
    worker.once('exit', () => this.#failAll(worker, new Error('the import thread stopped')))
    return worker
  }

  #receive(message: FromImporter): void {
    const following = this.#imports.get(message.id)
    if (!following) return
    if (message.type === 'taken') following.waiting.shift()?.()
    else if (message.type === 'progress') following.listener.progress(message.readBytes, message.counts)
    else this.#end(message.id, message.failure === null ? null : fromFailure(message.failure))
  }

  #end(id: string, failure: SpanlightError | null): void {
    const following = this.#imports.get(id)
    this.#imports.delete(id)
    for (const resolve of following?.waiting ?? []) resolve()
    following?.listener.ended(failure)
    if (this.#imports.size === 0) this.#rest = setTimeout(() => void this.close(), restMs).unref()
  }

  /** When nothing is imported any more. */
  async close(): Promise<void> {
    clearTimeout(this.#rest)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #failAll(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    const failure = new SpanlightError('INTERNAL', `Reading the file failed inside of Spanlight: ${error.message}`)
    for (const id of [...this.#imports.keys()]) this.#end(id, failure)
  }
}

/** Exports under way: each in a thread of its own, which goes on only as far as its chunks are fetched. */

import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { SpanlightError } from '#shared/contract/errors.ts'
import { type ExportProgress, type ExportRequest, exportFormatFacts, type Redaction } from '#shared/contract/exports.ts'
import type { CurrentStore } from './current-store.ts'
import { fromFailure } from './threads/failure.ts'
import type { ExporterOptions, FromExporter, ToExporter } from './threads/messages.ts'
import { workerUrl } from './threads/worker-url.ts'

/** Each holds a thread and a connection to the database. */
const maxExports = 4
/** A page that was closed fetches no more. */
const idleLimitMs = 60_000

export interface ExportChunk {
  /** Null once done. */
  readonly bytes: Uint8Array | null
  readonly progress: ExportProgress
}

class ExportJob {
  readonly #worker: Worker
  readonly #onIdle: () => void
  /** Runs while nobody waits for a chunk. */
  #idle: NodeJS.Timeout | undefined
  #waiting: PromiseWithResolvers<ExportChunk> | undefined
  #failure: Error | undefined
  #isClosed = false

  constructor(options: ExporterOptions, onIdle: () => void) {
    this.#worker = new Worker(workerUrl('exporter'), { workerData: options, name: 'spanlight exporter' })
    this.#onIdle = onIdle
    this.#awaitNext()
    this.#worker.on('message', (message: FromExporter) => {
      if (message.type === 'chunk') this.#settle((waiting) => waiting.resolve(message))
      else this.#fail(fromFailure(message.failure))
    })
    this.#worker.on('error', (error: Error) => this.#fail(error))
    this.#worker.once('exit', () => this.#fail(new SpanlightError('CANCELLED', 'The export was cancelled.')))
  }

  next(): Promise<ExportChunk> {
    if (this.#failure) return Promise.reject(this.#failure)
    if (this.#waiting) return Promise.reject(new SpanlightError('BUSY', 'This export is being fetched already.'))
    // However long it takes: a filter may have to look at millions of spans before the first that matches.
    clearTimeout(this.#idle)
    this.#waiting = Promise.withResolvers()
    this.#worker.postMessage({ type: 'next' } satisfies ToExporter)
    return this.#waiting.promise
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#idle)
    this.#worker.postMessage({ type: 'close' } satisfies ToExporter)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#settle((waiting) => waiting.reject(error))
  }

  #settle(how: (waiting: PromiseWithResolvers<ExportChunk>) => void): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (!waiting) return
    how(waiting)
    this.#awaitNext()
  }

  #awaitNext(): void {
    if (!this.#isClosed) this.#idle = setTimeout(this.#onIdle, idleLimitMs).unref()
  }
}

type Store = Pick<CurrentStore, 'file' | 'query' | 'command'>

export class ExportDesk {
  readonly #store: Store
  readonly #jobs = new Map<string, ExportJob>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Throws BUSY. What keeps it from succeeding is told with its first chunk. */
  async start(request: ExportRequest): Promise<{ exportId: string; fileName: string }> {
    const redaction = request.redaction ?? (await this.redaction())
    // From here on nothing is waited for: of several that begin at once each counts those before it.
    if (this.#jobs.size >= maxExports) {
      throw new SpanlightError('BUSY', `${maxExports} exports are under way. Wait for one of them, or cancel it.`)
    }
    const exportId = randomUUID()
    const databasePath = this.#store.file
    this.#jobs.set(exportId, new ExportJob({ databasePath, request, redaction }, () => this.cancel(exportId)))
    return { exportId, fileName: fileNameOf(request, new Date()) }
  }

  /** Throws NOT_FOUND for one that is over, and whatever made it fail. */
  async next(exportId: string): Promise<ExportChunk> {
    const job = this.#jobs.get(exportId)
    if (!job) {
      throw new SpanlightError('NOT_FOUND', 'This export is over: it was cancelled, or nobody fetched it for a minute.')
    }
    try {
      const chunk = await job.next()
      if (chunk.progress.done) this.cancel(exportId)
      return chunk
    } catch (error) {
      this.cancel(exportId)
      throw error
    }
  }

  cancel(exportId: string): void {
    this.#jobs.get(exportId)?.close()
    this.#jobs.delete(exportId)
  }

  async redaction(): Promise<Redaction> {
    return (await this.#store.query('readSettings', undefined)).redaction
  }

  async setRedaction(redaction: Redaction): Promise<Redaction> {
    await this.#store.command({ name: 'setRedaction', redaction })
    return this.redaction()
  }

  close(): void {
    for (const exportId of this.#jobs.keys()) this.cancel(exportId)
  }
}

/** Says what is in it and when it was made, in characters every file system has. */
function fileNameOf({ selection, format }: ExportRequest, now: Date): string {
  const { extension } = exportFormatFacts[format]
  const [traceId, ...others] = selection.traceIds ?? []
  if (traceId !== undefined && others.length === 0) return `trace-${traceId.slice(0, 8)}${extension}`
  const day = now.toISOString().slice(0, 16).replaceAll(':', '').replace('T', '-')
  return `spanlight-${day}${extension}`
}

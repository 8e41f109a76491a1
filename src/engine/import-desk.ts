/** Imports for whoever brings files: takes their bytes, tells how far each is, and keeps the last reports. */

import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import { SpanlightError } from '#shared/contract/errors.ts'
import {
  type ImportProgress,
  type ImportReport,
  type importBeginSchema,
  importChunkBytes,
  importIdleMs,
  maxRunningImports,
} from '#shared/contract/imports.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { Writer } from './current-store.ts'
import { chunksOf, findSource, type ImportSource, unreadSource } from './import-files.ts'
import { ImportRecord } from './import-record.ts'
import { ImportThread } from './threads/import-thread.ts'

type Begin = z.output<typeof importBeginSchema>

const maxKept = 50
const watchIntervalMs = 500
const idleCheckMs = 10_000

export class ImportDesk {
  readonly #thread: ImportThread
  /** Newest first. */
  #records: ImportRecord[] = []
  #idleCheck: NodeJS.Timeout | undefined
  #version = 0
  #isClosing = false

  constructor(writer: Pick<Writer, 'connect'>, databasePath: () => string) {
    this.#thread = new ImportThread(writer, databasePath)
  }

  /** Throws BUSY while something is imported: it belongs to the session it began in. */
  checkIdle(): void {
    if (this.#records.some(({ isRunning }) => isRunning)) {
      throw new SpanlightError(
        'BUSY',
        'A file is being imported into this session. Wait until it has ended, or cancel it.',
      )
    }
  }

  /** Lets go of the writer of a session that is left; nothing may run. */
  leaveStore(): Promise<void> {
    return this.#thread.close()
  }

  /** Throws BUSY. */
  begin({ name, sizeBytes, modifiedUnixNano, as, service }: Begin): { id: string } {
    if (this.#isClosing) throw new SpanlightError('CANCELLED', 'Spanlight is being closed.')
    const running = this.#records.filter(({ isRunning }) => isRunning)
    if (running.length >= maxRunningImports) {
      throw new SpanlightError('BUSY', `${maxRunningImports} imports are running already. Wait until one has ended.`)
    }
    const record = new ImportRecord(randomUUID(), name, sizeBytes)
    const ended = this.#records.filter(({ isRunning }) => !isRunning).slice(0, maxKept - 1)
    this.#records = [record, ...this.#records.filter((each) => each.isRunning || ended.includes(each))]
    const now = fromUnixMillis(Date.now())
    const fallbackUnixNano = modifiedUnixNano === undefined ? now : BigInt(modifiedUnixNano)
    this.#thread.begin(
      { id: record.id, as, service, fallbackUnixNano },
      {
        progress: (readBytes, counts) => {
          record.note(readBytes, counts)
          this.#version++
        },
        ended: (failure) => {
          record.end(failure)
          this.#version++
        },
      },
    )
    this.#version++
    this.#idleCheck ??= setInterval(() => this.#endIdle(), idleCheckMs).unref()
    return { id: record.id }
  }

  /** Resolves when there is room for more. `bytes` is given away. Throws NOT_FOUND, TOO_LARGE. */
  async append(id: string, bytes: Uint8Array<ArrayBuffer>, file?: string): Promise<ImportProgress> {
    const record = this.#find(id)
    if (bytes.length > importChunkBytes) {
      throw new SpanlightError('TOO_LARGE', `A chunk may have ${importChunkBytes} bytes, not ${bytes.length}.`)
    }
    record.touch()
    await this.#thread.append(id, bytes, file)
    record.touch()
    return record.progress
  }

  /** Whoever sends can't read a file, or the rest of one: that is told in the report. Throws NOT_FOUND. */
  refuse(id: string, file: string | null, reason: string): ImportProgress {
    const record = this.#find(id)
    record.touch()
    record.refuse(file, reason)
    this.#version++
    return record.progress
  }

  /** Throws NOT_FOUND. */
  async finish(id: string): Promise<ImportReport> {
    const record = this.#find(id)
    this.#thread.end(id)
    await record.ended
    return record.report
  }

  /** Throws NOT_FOUND. */
  async cancel(id: string): Promise<ImportReport> {
    const record = this.#find(id)
    this.#thread.stop(id, new SpanlightError('CANCELLED', 'It was cancelled; what was stored until then stays.'))
    await record.ended
    return record.report
  }

  /** Reads files of this machine, each by itself; what can't be read is in its report. Throws BUSY; then nothing is read. */
  async open(paths: readonly string[], as: Begin['as']): Promise<{ ids: string[] }> {
    const sources = await Promise.all(paths.map((path) => findSource(path).catch((error) => unreadSource(path, error))))
    const ids = sources.map(
      ({ name, sizeBytes, modifiedUnixNano }) => this.begin({ name, sizeBytes, modifiedUnixNano, as }).id,
    )
    for (const [index, source] of sources.entries()) void this.#read(ids[index] ?? '', source)
    return { ids }
  }

  async #read(id: string, source: ImportSource): Promise<void> {
    try {
      for await (const chunk of chunksOf(source)) {
        const { file } = chunk
        const { state } =
          'bytes' in chunk ? await this.append(id, chunk.bytes, file) : this.refuse(id, file ?? null, chunk.problem)
        if (state !== 'running') return
      }
      this.#thread.end(id)
    } catch (error) {
      const known = error instanceof SpanlightError ? error : new SpanlightError('INTERNAL', String(error))
      this.#thread.end(id, known)
    }
  }

  /** Everything that runs or ended lately, now and at most twice a second when it changed. Ends when `signal` aborts. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<ImportReport[]> {
    let said = -1
    while (!signal?.aborted) {
      if (said !== this.#version || this.#records.some(({ isRunning }) => isRunning)) {
        said = this.#version
        yield this.#records.map(({ report }) => report)
      }
      await delay(watchIntervalMs, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined)
    }
  }

  /** Ends what runs; what was read of it is stored. */
  async close(): Promise<void> {
    this.#isClosing = true
    clearInterval(this.#idleCheck)
    const running = this.#records.filter(({ isRunning }) => isRunning)
    const reason = new SpanlightError(
      'CANCELLED',
      'Spanlight was closed. What was read is stored; import the file again to add the rest.',
    )
    for (const { id } of running) this.#thread.stop(id, reason)
    await Promise.all(running.map(({ ended }) => ended))
    await this.#thread.close()
  }

  #find(id: string): ImportRecord {
    const record = this.#records.find((each) => each.id === id)
    if (!record) throw new SpanlightError('NOT_FOUND', `There is no import ${id}.`)
    return record
  }

  #endIdle(): void {
    const reason = new SpanlightError('CANCELLED', 'Its sender went away. What came until then is stored.')
    for (const { id, isRunning, idleMs } of this.#records) {
      if (isRunning && idleMs > importIdleMs) this.#thread.stop(id, reason)
    }
  }
}

/** The import thread: reads all files that are being imported, side by side, and hands their records to the writer. */

import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { ImportSession } from '../import/import-session.ts'
import type { ImportedBatch, StoredBatch } from '../import/imported-batch.ts'
import { readDatabase } from '../import-database.ts'
import { clearSpools, FileSpool } from '../import-spool.ts'
import { fromFailure, toFailure } from './failure.ts'
import type {
  FromImporter,
  ImporterOptions,
  ImportStart,
  PackedBatch,
  StoreAnswer,
  StoreRequest,
  ToImporter,
} from './import-messages.ts'
import { buffersOf, packSpans } from './packed-spans.ts'

const progressMs = 200

/** The writer, as a session sees it. */
class Writer {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, { resolve(stored: StoredBatch): void; reject(error: Error): void }>()
  #nextId = 0

  constructor(port: MessagePort) {
    this.#port = port
    port.on('message', (answer: StoreAnswer) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('stored' in answer) waiting?.resolve(answer.stored)
      else waiting?.reject(fromFailure(answer.failure))
    })
  }

  forget(importId: string): void {
    this.#port.postMessage({ type: 'forget', importId } satisfies StoreRequest)
  }

  store({ traces, ...rest }: ImportedBatch): Promise<StoredBatch> {
    const id = this.#nextId++
    const batch = { ...rest, spans: traces.length === 0 ? null : packSpans(traces) }
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#port.postMessage({ type: 'store', id, batch } satisfies StoreRequest, transferable(batch))
    })
  }
}

/** Attributes and the like lie in a few buffers of their own, which move instead of being copied. */
function transferable({ spans, logs, metrics }: PackedBatch): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>(spans === null ? [] : buffersOf(spans))
  const note = (packed: Uint8Array): void => {
    if (packed.buffer instanceof ArrayBuffer) buffers.add(packed.buffer)
  }
  for (const { records } of logs) for (const { attributes } of records) note(attributes)
  for (const { records } of metrics)
    for (const { points } of records) for (const { attributes } of points) note(attributes)
  return [...buffers]
}

if (parentPort) {
  const port = parentPort
  const post = (message: FromImporter): void => port.postMessage(message)
  const { databasePath, writer: writerPort } = workerData as ImporterOptions
  const writer = new Writer(writerPort)
  clearSpools(databasePath)
  const sessions = new Map<string, ImportSession>()

  const begin = async ({ id, as, service, fallbackUnixNano }: ImportStart): Promise<void> => {
    let isDue = false
    const session = new ImportSession({
      importId: id,
      as,
      context: { service, fallbackUnixNano },
      store: (batch) => writer.store(batch),
      readDatabase: (part) => readDatabase(databasePath, part),
      openSpool: () => new FileSpool(databasePath),
      onChange: () => {
        isDue = true
      },
    })
    const tell = (): void => {
      isDue = false
      post({ type: 'progress', id, readBytes: session.queue.takenBytes, counts: session.tally.counts })
    }
    sessions.set(id, session)
    const timer = setInterval(() => isDue && tell(), progressMs)
    try {
      await session.run()
      tell()
      post({ type: 'ended', id, failure: null })
    } catch (error) {
      tell()
      post({ type: 'ended', id, failure: toFailure(error) })
    } finally {
      clearInterval(timer)
      session.queue.end()
      sessions.delete(id)
      writer.forget(id)
    }
  }

  port.on('message', (message: ToImporter) => {
    if (message.type === 'begin') {
      void begin(message.start)
      return
    }
    const queue = sessions.get(message.id)?.queue
    if (message.type === 'chunk') {
      const { id, bytes, file } = message
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      void (queue?.push(chunk, file) ?? Promise.resolve()).then(() => post({ type: 'taken', id }))
    } else if (message.type === 'stop') queue?.end(fromFailure(message.failure))
    else if (message.failure) queue?.breakOff(fromFailure(message.failure))
    else queue?.end()
  })
}

/** A reader thread: runs queries on a handle that cannot write; slices of long ones leave room for a cancel. */

import { parentPort, workerData } from 'node:worker_threads'
import { SpanlightError } from '#shared/contract/errors.ts'
import { openAlone, openReader } from '../store/database.ts'
import { storeErrorOf } from '../store/store-error.ts'
import { toFailure } from './failure.ts'
import type { FromReader, ReaderOptions, ToReader } from './messages.ts'
import { readerQueries } from './reader-queries.ts'

if (parentPort) {
  const port = parentPort
  const { databasePath, isAlone = false } = workerData as ReaderOptions
  const running = new Map<number, AbortController>()
  const post = (message: FromReader): void => port.postMessage(message)
  try {
    const db = isAlone ? openAlone(databasePath) : openReader(databasePath)
    const run = async (id: number, name: string, input: unknown): Promise<void> => {
      const controller = new AbortController()
      running.set(id, controller)
      try {
        const query = readerQueries[name as keyof typeof readerQueries] as
          | ((context: { db: typeof db; signal: AbortSignal }, input: unknown) => unknown)
          | undefined
        if (!query) throw new SpanlightError('INTERNAL', `There is no query named ${name}.`)
        post({ type: 'result', id, output: await query({ db, signal: controller.signal }, input) })
      } catch (error) {
        post({ type: 'error', id, failure: toFailure(storeErrorOf(error, databasePath)) })
      } finally {
        running.delete(id)
      }
    }
    port.on('message', (message: ToReader) => {
      if (message.type === 'query') void run(message.id, message.name, message.input)
      else if (message.type === 'cancel') running.get(message.id)?.abort()
      else {
        // What runs ends at its next slice, as if it had been cancelled.
        for (const controller of running.values()) controller.abort()
        db.close()
        port.close()
      }
    })
    post({ type: 'opened' })
  } catch (error) {
    post({ type: 'failed', failure: toFailure(storeErrorOf(error, databasePath)) })
  }
}

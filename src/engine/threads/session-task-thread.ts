/** Runs one task on session files in a thread of its own: SQL and file work never block the engine's main thread. */

import { Worker } from 'node:worker_threads'
import { SpanlightError } from '#shared/contract/errors.ts'
import { fromFailure } from './failure.ts'
import type {
  FromSessionTask,
  SessionProgress,
  SessionTask,
  SessionTaskResults,
  SessionTaskStart,
} from './session-messages.ts'
import { workerUrl } from './worker-url.ts'

export interface SessionTaskOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (progress: SessionProgress) => void
}

/** Throws what the task throws; CANCELLED once `signal` aborted and the task has cleaned up. */
export function runSessionTask<Task extends SessionTask>(
  task: Task,
  { signal, onProgress }: SessionTaskOptions = {},
): Promise<SessionTaskResults[Task['name']]> {
  return new Promise((resolve, reject) => {
    const start: SessionTaskStart = { task, cancelled: new Int32Array(new SharedArrayBuffer(4)) }
    const cancel = (): void => void Atomics.store(start.cancelled, 0, 1)
    if (signal?.aborted) cancel()
    const worker = new Worker(workerUrl('session-task'), { workerData: start, name: `spanlight session ${task.name}` })
    worker.on('message', (message: FromSessionTask) => {
      if (message.type === 'progress') onProgress?.(message.progress)
      else if (message.type === 'failed') reject(fromFailure(message.failure))
      else resolve(message.result as SessionTaskResults[Task['name']])
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', cancel)
      reject(new SpanlightError('INTERNAL', 'A thread that worked on a session stopped.'))
    })
    signal?.addEventListener('abort', cancel, { once: true })
  })
}

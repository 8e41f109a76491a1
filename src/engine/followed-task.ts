/** A task on session files for whoever watches it: how far it is now and then, and its result; it ends when nobody watches any more. */

import { setTimeout as pause } from 'node:timers/promises'
import type { SessionProgress } from './threads/session-messages.ts'
import type { SessionTaskOptions } from './threads/session-task-thread.ts'

const pollMs = 200

export type TaskEvent<Result> =
  | ({ readonly type: 'progress' } & SessionProgress)
  | { readonly type: 'result'; readonly result: Result }

/** Ends early, as the task does, when `signal` aborts. */
export async function* followed<Result extends object>(
  signal: AbortSignal | undefined,
  start: (options: SessionTaskOptions) => Promise<Result>,
): AsyncGenerator<TaskEvent<Result>> {
  let progress: SessionProgress = { done: 0, total: 1 }
  yield { type: 'progress', ...progress }
  const stop = new AbortController()
  const cancel = (): void => stop.abort()
  signal?.addEventListener('abort', cancel, { once: true })
  if (signal?.aborted) cancel()
  const running = start({ signal: stop.signal, onProgress: (now) => (progress = now) })
  running.catch(() => undefined)
  try {
    for (;;) {
      const result = await Promise.race([running, pause(pollMs, undefined)])
      if (result !== undefined) {
        yield { type: 'result', result }
        return
      }
      yield { type: 'progress', ...progress }
    }
  } finally {
    // Whoever listened may have left.
    cancel()
    signal?.removeEventListener('abort', cancel)
  }
}

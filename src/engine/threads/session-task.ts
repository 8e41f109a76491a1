/** The thread of one task on session files: does it, answers, and ends. */

import { parentPort, workerData } from 'node:worker_threads'
import { salvage } from '../salvage.ts'
import { type Cancellation, copyStore } from '../store/copy-store.ts'
import { discardCopy, readableFile } from '../store/readable-file.ts'
import { sessionFacts } from '../store/session-facts.ts'
import { toFailure } from './failure.ts'
import type { FromSessionTask, SessionTask, SessionTaskResults, SessionTaskStart } from './session-messages.ts'

if (parentPort) {
  const port = parentPort
  const post = (message: FromSessionTask): void => port.postMessage(message)
  const { task, cancelled } = workerData as SessionTaskStart
  const cancellation: Cancellation = {
    get aborted() {
      return Atomics.load(cancelled, 0) !== 0
    },
  }
  void run(task, cancellation, post)
    .then((result) => post({ type: 'result', result }))
    .catch((error: unknown) => post({ type: 'failed', failure: toFailure(error) }))
}

async function run(
  task: SessionTask,
  signal: Cancellation,
  post: (message: FromSessionTask) => void,
): Promise<SessionTaskResults[SessionTask['name']]> {
  const onProgress = (progress: Extract<FromSessionTask, { type: 'progress' }>['progress']): void =>
    post({ type: 'progress', progress })
  switch (task.name) {
    case 'inspect':
      return task.files.map(sessionFacts)
    case 'prepare':
      return readableFile(task.path)
    case 'discard':
      discardCopy(task.file)
      return null
    case 'salvage':
      return salvage(task, { signal, onProgress })
    case 'copy':
      return copyStore(task, { signal, onProgress })
  }
}

/** Starts the lab's process and talks to it. */

import { Worker } from 'node:worker_threads'
import { cleanEnvironment, forkEntry } from '../threads/child-process.ts'
import { workerUrl } from '../threads/worker-url.ts'
import type { FromLab, ToLab } from './lab-messages.ts'

export interface LabProcess {
  send(message: ToLab): void
  /** At once, without a word. */
  kill(): void
  readonly exited: Promise<void>
}

export function startLabProcess(version: string, onMessage: (message: FromLab) => void): LabProcess {
  // The desktop app's Electron runs no foreign code as Node, so its engine, a process of its own, gives the lab a thread.
  return process.versions.electron === undefined ? forked(version, onMessage) : threaded(version, onMessage)
}

function forked(version: string, onMessage: (message: FromLab) => void): LabProcess {
  const child = forkEntry('loadlab', { args: [version] })
  child.on('message', (message) => onMessage(message as FromLab))
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    // A message that crosses its death fails as well, more than once.
    child.on('error', () => resolve())
  })
  return {
    send: (message) => {
      if (child.connected) child.send(message)
    },
    kill: () => void child.kill('SIGKILL'),
    exited,
  }
}

function threaded(version: string, onMessage: (message: FromLab) => void): LabProcess {
  const worker = new Worker(workerUrl('loadlab'), { argv: [version], env: cleanEnvironment() })
  worker.on('message', onMessage)
  worker.on('error', (error) => console.error('spanlight: the load lab failed:', error))
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve())
  })
  return {
    send: (message) => worker.postMessage(message),
    kill: () => void worker.terminate(),
    exited,
  }
}

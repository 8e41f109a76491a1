/** Starts a process of ours beside this one, where it is plain Node. */

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type EntryName, workerUrl } from './worker-url.ts'

export interface ForkOptions {
  readonly args?: readonly string[]
  /** Of Node itself. */
  readonly execArgv?: readonly string[]
}

/** Messages may be whatever structured cloning can copy. */
export function forkEntry(name: EntryName, { args = [], execArgv = [] }: ForkOptions = {}): ChildProcess {
  return fork(fileURLToPath(workerUrl(name)), args, {
    execArgv: [...execArgv],
    env: cleanEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

/** Settings of OpenTelemetry and Node that are meant for this process would change the other's. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('OTEL_') && name !== 'NODE_OPTIONS'),
  )
}

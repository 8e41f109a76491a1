/** The process that runs statements, as the engine sees it; here as a child of this one. */

import { forkEntry } from '../threads/child-process.ts'
import type { FromSql, ToSql } from './sql-messages.ts'

export interface SqlProcess {
  send(message: ToSql): void
  /** At once, in the middle of a statement. */
  kill(): void
}

export interface SqlProcessEvents {
  message(message: FromSql): void
  /** Comes last, once; `how` in words, where something is known. */
  exited(how: string): void
}

export type StartSqlProcess = (events: SqlProcessEvents) => SqlProcess

/** Of JavaScript values, one page and one row at a time; SQLite's memory is watched, see `watch-process.ts`. */
export const sqlNodeOptions = ['--max-old-space-size=256'] as const

/** Where this process is plain Node. The desktop app's Electron runs nothing as Node: there the shell starts it. */
export function forkSqlProcess(events: SqlProcessEvents, memoryBytes?: number): SqlProcess {
  const args = memoryBytes === undefined ? [] : [String(memoryBytes)]
  const child = forkEntry('sql', { args, execArgv: sqlNodeOptions })
  let isOver = false
  const end = (how: string): void => {
    if (isOver) return
    isOver = true
    events.exited(how)
  }
  child.on('message', (message) => events.message(message as FromSql))
  child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  child.once('error', (error) => end(error.message))
  return {
    // What is sent to a process that just died is lost, and its end tells so.
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    kill: () => void child.kill('SIGKILL'),
  }
}

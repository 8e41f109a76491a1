/** Tells other programs that everything listens, and where. */

import { renameSync, rmSync, writeFileSync } from 'node:fs'

export interface ReadyReport {
  /** The process that holds the store. */
  readonly pid: number
  readonly version: string
  readonly db: string
  /** The app's address, token included. */
  readonly ui: string
  readonly token: string
  readonly otlpGrpc: string
  readonly otlpHttp: string
}

/** An older report must not be taken for this start's. */
export function clearReadyFile(file: string): void {
  rmSync(file, { force: true })
}

/** Atomic: whoever sees the file sees all of it. Only its owner may read the token. */
export function writeReadyFile(file: string, report: ReadyReport): void {
  const unfinished = `${file}.${process.pid}.tmp`
  writeFileSync(unfinished, `${JSON.stringify(report)}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
}

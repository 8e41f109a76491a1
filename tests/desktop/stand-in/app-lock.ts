/** One instance for each folder of user data: held by a socket, so that it dies with its process. */

import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

export interface SecondInstance {
  readonly argv: readonly string[]
  readonly workingDirectory: string
  readonly additionalData: object
}

export interface LockRequest {
  readonly address: string
  readonly hello: SecondInstance
  /** Set to 1 when the lock is held here, 2 when it was held and the other was told. */
  readonly outcome: Int32Array<SharedArrayBuffer>
}

const answerLimitMs = 10_000
const longestSocketPath = 100

export class AppLock {
  readonly held: boolean

  /** Waits for the answer, for Electron gives it at once. */
  constructor(userData: string, hello: SecondInstance, onSecond: (second: SecondInstance) => void) {
    const outcome = new Int32Array(new SharedArrayBuffer(4))
    const request: LockRequest = { address: addressFor(userData), hello, outcome }
    const worker = new Worker(new URL('app-lock-worker.ts', import.meta.url), { workerData: request })
    worker.on('message', onSecond)
    worker.unref()
    if (Atomics.wait(outcome, 0, 0, answerLimitMs) === 'timed-out') throw new Error('The lock gave no answer')
    this.held = outcome[0] === 1
    // What a killed one leaves behind, the next takes over.
    if (this.held && process.platform !== 'win32') process.once('exit', () => rmSync(request.address, { force: true }))
  }
}

/** In the folder itself where the system's limit on the length of a socket's path allows. */
function addressFor(userData: string): string {
  const name = `stand-in-${createHash('sha256').update(userData).digest('hex').slice(0, 16)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  mkdirSync(userData, { recursive: true })
  const inside = join(userData, 'lock.sock')
  return inside.length < longestSocketPath ? inside : join(tmpdir(), `${name}.sock`)
}

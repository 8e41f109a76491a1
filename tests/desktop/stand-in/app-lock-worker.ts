/** Holds the lock's socket, or tells who holds it that another instance came. In a thread, because main waits meanwhile. */

import { rmSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import type { LockRequest } from './app-lock.ts'

const { address, hello, outcome } = workerData as LockRequest

function settle(held: boolean): void {
  Atomics.store(outcome, 0, held ? 1 : 2)
  Atomics.notify(outcome, 0)
}

function hold(): void {
  const server = createServer((socket) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part) => {
      text += part
    })
    socket.on('end', () => {
      if (text !== '') parentPort?.postMessage(JSON.parse(text))
      socket.end('heard')
    })
    socket.on('error', () => undefined)
  })
  server.listen(address, () => settle(true))
}

const other = createConnection({ path: address, allowHalfOpen: true }, () => other.end(JSON.stringify(hello)))
other.on('data', () => settle(false))
other.on('error', () => {
  // Nobody listens: left behind by one that was killed.
  if (process.platform !== 'win32') rmSync(address, { force: true })
  hold()
})

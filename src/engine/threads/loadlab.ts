/** The lab's process: takes commands of the engine, tells its status, and never outlives who started it. */

import { parentPort } from 'node:worker_threads'
import { SpanlightError } from '#shared/contract/errors.ts'
import { LabHost } from '../loadlab/lab-host.ts'
import type { FromLab, ToLab } from '../loadlab/lab-messages.ts'

/** As the contract promises. */
const statusMs = 500
/** Whoever quits doesn't wait long. */
const quick = { drainMs: 700, flushMs: 800 }

const version = process.argv[2] ?? ''
let told = ''
const host = new LabHost(version, () => tell())
setInterval(() => tell(), statusMs)

if (parentPort) parentPort.on('message', (message: ToLab) => void take(message))
else {
  process.on('message', (message: ToLab) => void take(message))
  // The engine is gone, however it went: this process and its ports go too.
  process.on('disconnect', () => process.exit(0))
  // Ctrl+C reaches all processes of a terminal: the engine says when to quit.
  process.on('SIGINT', () => undefined)
  process.on('SIGHUP', () => undefined)
  process.on('SIGTERM', () => void quit())
}

async function take(message: ToLab): Promise<void> {
  if (message.type === 'quit') return quit()
  const { id, command, endpoint } = message
  try {
    const result = await host.execute(command, endpoint)
    send({ type: 'done', id, result, status: host.status })
  } catch (error) {
    const failure =
      error instanceof SpanlightError
        ? { code: error.code, message: error.message, data: error.data }
        : {
            code: 'INTERNAL' as const,
            message: error instanceof Error ? error.message : String(error),
            data: undefined,
          }
    send({ type: 'failed', id, failure, status: host.status })
  }
}

async function quit(): Promise<void> {
  await host.stop(quick)
  process.exit(0)
}

function tell(): void {
  const { status } = host
  const text = JSON.stringify(status)
  if (text === told) return
  told = text
  send({ type: 'status', status })
}

function send(message: FromLab): void {
  if (parentPort) parentPort.postMessage(message)
  else if (process.connected) process.send?.(message)
}

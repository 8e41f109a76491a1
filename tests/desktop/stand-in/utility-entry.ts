/** Starts a utility process: gives it `process.parentPort` and then runs its module unchanged. */

import { EventEmitter } from 'node:events'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { decodeWire, encodeWire } from './page/wire.ts'
import { notModelled, strict } from './strict.ts'
import type { FromUtility, ToUtility } from './utility-messages.ts'

const send = (message: FromUtility): void => void process.send?.(message)

/** A port that was transferred to this process. */
class UtilityPort extends EventEmitter {
  readonly #number: number
  #waiting: (() => void)[] = []
  #started = false
  #closed = false

  constructor(number: number) {
    super()
    this.#number = number
  }

  start(): void {
    this.#started = true
    for (const action of this.#waiting.splice(0)) action()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    ports.delete(this.#number)
    send({ type: 'port-closed', port: this.#number })
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw notModelled('transfers out of a utility process')
    if (!this.#closed) send({ type: 'port', port: this.#number, message: encodeWire(message) })
  }

  receive(message: string): void {
    this.#whenStarted(() => this.emit('message', { data: decodeWire(message), ports: [] }))
  }

  disconnect(): void {
    this.#whenStarted(() => {
      this.#closed = true
      this.emit('close')
    })
  }

  #whenStarted(action: () => void): void {
    if (this.#closed) return
    if (this.#started) action()
    else this.#waiting.push(action)
  }
}

/** Messages wait for the first listener. */
class ParentPort extends EventEmitter {
  #waiting: unknown[] = []

  override on(event: string, listener: (...args: never[]) => void): this {
    if (event !== 'message') throw notModelled(`event parentPort.on('${event}')`)
    super.on(event, listener as () => void)
    for (const message of this.#waiting.splice(0)) queueMicrotask(() => this.emit('message', message))
    return this
  }

  postMessage(message: unknown, ...more: readonly unknown[]): void {
    if (more.length > 0) throw notModelled('transfers out of a utility process')
    send({ type: 'message', message: encodeWire(message) })
  }

  receive(message: unknown): void {
    if (this.listenerCount('message') === 0) this.#waiting.push(message)
    else this.emit('message', message)
  }
}

const ports = new Map<number, UtilityPort>()
const parentPort = new ParentPort()

process.on('message', (message: ToUtility) => {
  if (message.type === 'message') {
    const arrived = message.ports.map((number) => {
      const port = new UtilityPort(number)
      ports.set(number, port)
      return strict('MessagePortMain', port)
    })
    parentPort.receive({ data: decodeWire(message.message), ports: arrived })
  } else if (message.type === 'port') ports.get(message.port)?.receive(message.message)
  else {
    ports.get(message.port)?.disconnect()
    ports.delete(message.port)
  }
})
// Electron's processes die with the one that started them.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

Object.assign(process, { parentPort: strict('parentPort', parentPort), type: 'utility' })
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier.startsWith('electron/'))
      throw notModelled('electron in a utility process')
    return next(specifier, context)
  },
})

// What remains is as in Electron: the executable, the module, its arguments.
process.argv.splice(1, 1)
await import(pathToFileURL(process.argv[1] ?? '').href)

/** Processes that run SQL statements: only the shell can start some in Electron, so it does when the engine asks, and ends them. */

import { fileURLToPath } from 'node:url'
import { MessageChannelMain, type UtilityProcess, utilityProcess } from 'electron'
import type { FromEngine, ToEngine } from '../engine/process-messages.ts'

const modulePath = fileURLToPath(new URL('../node/sql.js', import.meta.url))

export type SqlOrder = Extract<FromEngine, { type: 'startSql' | 'killSql' }>

export class SqlProcesses {
  readonly #running = new Map<number, UtilityProcess>()
  readonly #engine: UtilityProcess

  /** `engine` gets one end of a channel to each process, and hears of its end. */
  constructor(engine: UtilityProcess) {
    this.#engine = engine
  }

  take(order: SqlOrder): void {
    if (order.type === 'startSql') this.#start(order.id, order.nodeOptions)
    else this.#running.get(order.id)?.kill()
  }

  killAll(): void {
    for (const child of this.#running.values()) child.kill()
  }

  #start(id: number, nodeOptions: readonly string[]): void {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName: 'Spanlight SQL',
      execArgv: [...nodeOptions],
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    this.#running.set(id, child)
    child.once('exit', (code) => {
      this.#running.delete(id)
      this.#engine.postMessage({ type: 'sqlExited', id, code } satisfies ToEngine)
    })
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage(null, [port1])
    this.#engine.postMessage({ type: 'sqlStarted', id } satisfies ToEngine, [port2])
  }
}

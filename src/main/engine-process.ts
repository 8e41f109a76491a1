/** One life of the engine's process: forked, given ports, stopped; tells what it says and how it ended. */

import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron'
import type { EngineFailure, EngineStart, FromEngine, Intake, ToEngine } from '../engine/process-messages.ts'
import { SqlProcesses } from './sql-processes.ts'

/** Longer than a drain ever takes; then the process is killed, and the write-ahead log keeps what was committed. */
const stopLimitMs = 5_000
/** How much of the process's last words is kept for a report. */
const keptCharacters = 4_000

export interface EngineReady {
  readonly grpc: string
  readonly http: string
  readonly databasePath: string
  readonly notices: readonly string[]
}

export interface EngineEvents {
  ready(ready: EngineReady): void
  failed(failure: EngineFailure, databasePath: string): void
  intake(intake: Intake): void
  session(path: string, isReadOnly: boolean): void
  /** Comes last, once. */
  exited(code: number, lastWords: string): void
}

export interface EngineProcess<Port> {
  /** A new connection: the page's end of it. */
  openPort(): Port
  /** Whether to tell the intake. */
  follow(on: boolean): void
  /** Resolves when the process is gone, drained if it could be done in time. */
  stop(): Promise<void>
}

export function forkEngine(
  modulePath: string,
  start: EngineStart,
  events: EngineEvents,
): EngineProcess<MessagePortMain> {
  const child = utilityProcess.fork(modulePath, [], {
    serviceName: 'Spanlight engine',
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const sql = new SqlProcesses(child)
  let lastWords = ''
  const note = (text: string): void => {
    lastWords = (lastWords + text).slice(-keptCharacters)
  }
  const exited = Promise.withResolvers<void>()
  const send = (message: ToEngine, ports?: MessagePortMain[]): void => child.postMessage(message, ports)

  child.stderr?.on('data', (bytes: Buffer) => {
    process.stderr.write(bytes)
    note(bytes.toString())
  })
  child.on('message', (message: FromEngine) => {
    if (message.type === 'ready') events.ready(message)
    else if (message.type === 'failed') events.failed(message.failure, message.databasePath)
    else if (message.type === 'session') events.session(message.path, message.isReadOnly)
    else if (message.type === 'intake') events.intake(message.intake)
    else if (message.type === 'died') note(message.message)
    else sql.take(message)
  })
  child.on('error', (type, location) => note(`${type} at ${location}\n`))
  child.once('exit', (code) => {
    sql.killAll()
    exited.resolve()
    events.exited(code, lastWords.trim())
  })
  send({ type: 'start', start })

  return {
    openPort() {
      const { port1, port2 } = new MessageChannelMain()
      send({ type: 'serve' }, [port2])
      return port1
    },
    follow: (on) => send({ type: 'follow', on }),
    async stop() {
      const limit = setTimeout(() => child.kill(), stopLimitMs)
      send({ type: 'stop' })
      await exited.promise
      clearTimeout(limit)
    },
  }
}

/** The engine as a process of its own: started, given ports and stopped by messages of the shell. */

import { resolve } from 'node:path'
import { RPCHandler } from '@orpc/server/message-port'
import { SpanlightError } from '#shared/contract/errors.ts'
import { router } from '../engine/api.ts'
import { withKnownErrors } from '../engine/api-errors.ts'
import {
  defaultDatabasePath,
  defaultOtlpGrpcPort,
  defaultOtlpHost,
  defaultOtlpHttpPort,
  type EngineConfig,
  type PortChoice,
} from '../engine/config.ts'
import { type Engine, startEngine } from '../engine/engine.ts'
import type { EngineStart, FromEngine, ShellPort, ToEngine } from '../engine/process-messages.ts'
import { defaultMaxRequestBytes } from '../engine/receiver/receiver.ts'
import { recoverSession, recoveryText } from '../engine/recover.ts'
import { ShellSqlProcesses } from '../engine/shell-sql-process.ts'
import { openApiDoor } from './api-door.ts'
import { plainAnswers } from './plain-answers.ts'

interface ParentPort {
  on(
    event: 'message',
    listener: (message: { readonly data: ToEngine; readonly ports: readonly ShellPort[] }) => void,
  ): unknown
  postMessage(message: FromEngine): void
}

const parent = (process as { readonly parentPort?: ParentPort }).parentPort
if (parent === undefined) throw new Error('The engine process is started by the desktop app. Run: spanlight serve')
run(parent)

function run(shell: ParentPort): void {
  const handler = new RPCHandler(router, { clientInterceptors: [withKnownErrors], customJsonSerializers: plainAnswers })
  // Held here: a port that nothing refers to may be collected, and its page would wait for ever.
  const ports = new Set<ShellPort>()
  const sqlProcesses = new ShellSqlProcesses((message) => shell.postMessage(message))
  let starting: Promise<Engine> | undefined
  let following: AbortController | undefined

  shell.on('message', ({ data, ports: [port] }) => {
    if (data.type === 'start') starting ??= start(data.start, shell, sqlProcesses)
    else if (data.type === 'serve' && port) void starting?.then((engine) => serve(engine, port))
    else if (data.type === 'follow') void starting?.then((engine) => follow(engine, data.on))
    else if (data.type === 'stop') void stop(starting)
    else if (data.type === 'sqlStarted' || data.type === 'sqlExited') sqlProcesses.take(data, port)
  })

  function serve({ context }: Engine, port: ShellPort): void {
    ports.add(port)
    port.on('close', () => ports.delete(port))
    handler.upgrade(port as Parameters<typeof handler.upgrade>[0], { context: { ...context, opensPaths: true } })
    port.start()
  }

  async function follow({ context }: Engine, on: boolean): Promise<void> {
    following?.abort()
    following = undefined
    if (!on) return
    following = new AbortController()
    const { signal } = following
    for await (const { state, rates } of context.status.watch(signal)) {
      const perSecond = rates.spans + rates.logs + rates.points
      const intake = { isReceiving: state === 'receiving', perSecond }
      if (!signal.aborted) shell.postMessage({ type: 'intake', intake })
    }
  }
}

/** Never rejects: what fails to start says so and ends this process. */
async function start(asked: EngineStart, shell: ParentPort, sqlProcesses: ShellSqlProcesses): Promise<Engine> {
  const config = configOf(asked)
  const { databasePath } = config
  try {
    const saved = asked.salvageFrom === undefined ? [] : [await salvaged(asked.salvageFrom, databasePath)]
    const engine = await startEngine(config, { startSqlProcess: sqlProcesses.start })
    const { grpc, http } = engine.endpoints
    const closeDoor = await openApiDoor(engine, { version: config.version, program: 'the Spanlight app' })
    shell.postMessage({ type: 'ready', grpc, http, databasePath, notices: [...saved, ...engine.notices] })
    engine.onSession(({ path, isReadOnly }) => shell.postMessage({ type: 'session', path, isReadOnly }))
    void engine.died.then((error) => {
      shell.postMessage({ type: 'died', message: error.stack ?? error.message })
      exitSoon(1)
    })
    return {
      ...engine,
      close: async () => {
        await closeDoor()
        await engine.close()
      },
    }
  } catch (error) {
    const known = error instanceof SpanlightError
    const failure = known
      ? { code: error.code, message: error.message }
      : { code: 'INTERNAL' as const, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    shell.postMessage({ type: 'failed', failure, databasePath })
    exitSoon(0)
    return new Promise(() => undefined)
  }
}

/** Says what was saved of a damaged database. */
async function salvaged(from: string, to: string): Promise<string> {
  return `${recoveryText(await recoverSession(from, to))} The damaged file is still ${from}.`
}

/** The message that went before needs a turn of the loop to leave. */
function exitSoon(code: number): void {
  setTimeout(() => process.exit(code), 100)
}

async function stop(starting: Promise<Engine> | undefined): Promise<void> {
  try {
    await (await starting)?.close()
  } catch (error) {
    console.error('spanlight: while stopping:', error)
  }
  process.exit(0)
}

function configOf(asked: EngineStart): EngineConfig {
  const choice = (port: number | undefined, fallback: number): PortChoice => ({
    port: port ?? fallback,
    explicit: port !== undefined && asked.anyPorts !== true,
  })
  return {
    version: asked.version,
    databasePath: resolve(asked.databasePath ?? defaultDatabasePath()),
    readOnly: asked.readOnly ?? false,
    durable: asked.durable ?? false,
    otlpHost: asked.otlpHost ?? defaultOtlpHost,
    otlpGrpc: choice(asked.otlpGrpcPort, defaultOtlpGrpcPort),
    otlpHttp: choice(asked.otlpHttpPort, defaultOtlpHttpPort),
    maxRequestBytes: defaultMaxRequestBytes,
  }
}

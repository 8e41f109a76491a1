/** The engine as a whole: threads, receivers and the contract's context, started and stopped together. */

import { SpanlightError } from '#shared/contract/errors.ts'
import type { ApiContext } from './api.ts'
import type { EngineConfig, PortChoice } from './config.ts'
import { Admission } from './receiver/admission.ts'
import { startGrpcReceiver } from './receiver/grpc.ts'
import { startHttpReceiver } from './receiver/http.ts'
import type { Receiver, ReceiverOptions, Submit } from './receiver/receiver.ts'
import { type Endpoints, StatusBoard } from './status-board.ts'
import { ReaderPool, WriterPool } from './threads/pool.ts'

/** Two cores are the smallest machine: one reader may scan while the other answers clicks. */
const readerCount = 2
/** Open requests get this long to finish; their data is committed within it. */
const receiverGraceMs = 2_000

export interface Engine {
  readonly endpoints: Endpoints
  readonly databasePath: string
  readonly context: ApiContext
  /** Default ports that were taken, and what was taken instead. */
  readonly notices: readonly string[]
  /** Resolves with the reason if the engine dies by itself. */
  readonly died: Promise<Error>
  /** Stops accepting, commits what was admitted, closes the database. */
  close(): Promise<void>
}

/** Throws `SpanlightError` when the database or a port can't be had; nothing is left running then. */
export async function startEngine(config: EngineConfig): Promise<Engine> {
  const { databasePath, durable } = config
  let board: StatusBoard | undefined
  const death = Promise.withResolvers<Error>()
  const writer = await WriterPool.start({ databasePath, durable }, (commit) => board?.noteCommit(commit), death.resolve)
  const stops: (() => Promise<void>)[] = [() => writer.close()]
  const stop = async (): Promise<void> => {
    for (const each of stops.reverse()) await each()
  }
  try {
    const readers = await ReaderPool.start({ databasePath }, readerCount)
    stops.push(() => readers.close())
    const admission = new Admission()
    const submit: Submit = (bytes, signal, encoding) =>
      admission.admit(bytes.length, () => writer.submit(bytes, signal, encoding))
    const notices: string[] = []
    const listen = async (
      name: string,
      start: (options: ReceiverOptions) => Promise<Receiver>,
      choice: PortChoice,
    ): Promise<number> => {
      const { otlpHost: host, maxRequestBytes } = config
      const receiver = await onFreePort(choice, (port) => start({ host, port, maxRequestBytes, submit }))
      stops.push(() => receiver.close(receiverGraceMs))
      if (choice.port !== 0 && receiver.port !== choice.port) {
        notices.push(`Port ${choice.port} is taken: ${name} listens on ${receiver.port} instead.`)
      }
      return receiver.port
    }
    const grpcPort = await listen('OTLP/gRPC', startGrpcReceiver, config.otlpGrpc)
    const httpPort = await listen('OTLP/HTTP', startHttpReceiver, config.otlpHttp)
    const host = urlHost(config.otlpHost)
    const endpoints = { grpc: `http://${host}:${grpcPort}`, http: `http://${host}:${httpPort}` }
    const readStore = (): ReturnType<typeof readers.query<'readStoreStatus'>> =>
      readers.query('readStoreStatus', undefined)
    board = new StatusBoard({ version: config.version, databasePath, endpoints, readStore })
    return {
      endpoints,
      databasePath,
      context: { readers, status: board },
      notices,
      died: death.promise,
      close: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A host as it stands in a URL. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** How far apart the ports lie that are tried in place of a taken default; 4317 must not land on 4318. */
const portStep = 10
const portTries = 10

/** An explicit port or none; a default gives way to the next free one. */
export async function onFreePort<T>({ port, explicit }: PortChoice, start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await start(attempt === portTries ? 0 : port + attempt * portStep)
    } catch (error) {
      const taken = error instanceof SpanlightError && error.code === 'PORT_TAKEN'
      if (explicit || !taken || attempt === portTries) throw error
    }
  }
}

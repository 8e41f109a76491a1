/** The engine as a whole: threads, receivers and the contract's context, started and stopped together. */

import type { ApiContext } from './api.ts'
import { type EngineConfig, portsOf } from './config.ts'
import { ImportDesk } from './import-desk.ts'
import { LoadLabDesk } from './loadlab-desk.ts'
import { Notebook } from './notebook.ts'
import { Admission } from './receiver/admission.ts'
import { RefusalLog } from './receiver/refusals.ts'
import { type Endpoints, Receivers } from './receivers.ts'
import { SettingsDesk } from './settings-desk.ts'
import type { StartSqlProcess } from './sql/sql-process.ts'
import { SqlDesk } from './sql-desk.ts'
import { StatusBoard } from './status-board.ts'
import { ReaderPool, WriterPool } from './threads/pool.ts'

/** Two cores are the smallest machine: one reader may scan while the other answers clicks. */
const readerCount = 2

export interface Engine {
  /** Where OTLP is received now. */
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

/** What only some hosts have. */
export interface EngineHost {
  /** Where the engine can't start processes of its own. */
  readonly startSqlProcess?: StartSqlProcess
}

/** Throws `SpanlightError` when the database or a port can't be had; nothing is left running then. */
export async function startEngine(config: EngineConfig, host: EngineHost = {}): Promise<Engine> {
  const { databasePath, durable, otlpHost, maxRequestBytes } = config
  let board: StatusBoard | undefined
  const death = Promise.withResolvers<Error>()
  const writer = await WriterPool.start({ databasePath, durable }, (commit) => board?.noteCommit(commit), death.resolve)
  const stops: (() => Promise<void>)[] = [() => writer.close()]
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    const readers = await ReaderPool.start({ databasePath }, readerCount)
    stops.push(() => readers.close())
    const admission = new Admission()
    const refusals = new RefusalLog()
    const receivers = new Receivers({
      host: otlpHost,
      maxRequestBytes,
      submit: (bytes, signal, encoding) => admission.admit(bytes.length, () => writer.submit(bytes, signal, encoding)),
      room: admission,
      onRefusal: (refused) => refusals.note(refused),
    })
    stops.push(() => receivers.close())
    const chosen = portsOf(config, (await readers.query('readSettings', undefined)).ports)
    await receivers.start('grpc', chosen.grpc)
    await receivers.start('http', chosen.http)
    board = new StatusBoard({ version: config.version, databasePath, receivers, admission, refusals, readers })
    const settings = new SettingsDesk({ readers, writer, receivers, host: otlpHost, databasePath })
    const sql = new SqlDesk(databasePath, host.startSqlProcess)
    stops.push(async () => sql.close())
    const loadlab = new LoadLabDesk({ version: config.version, receivers, settings })
    const imports = new ImportDesk(writer)
    stops.push(() => imports.close())
    // It sends through the receivers, so it goes first.
    stops.push(() => loadlab.close())
    return {
      get endpoints() {
        return receivers.endpoints
      },
      databasePath,
      context: {
        readers,
        status: board,
        settings,
        notebook: new Notebook(writer),
        loadlab,
        sql,
        imports,
        opensPaths: false,
      },
      notices: receivers.notices,
      died: death.promise,
      close: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

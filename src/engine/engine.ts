/** The engine as a whole: threads, receivers and the contract's context, started and stopped together. */

import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiContext } from './api.ts'
import { defaultConfigDir, type EngineConfig, portsOf } from './config.ts'
import { CurrentStore, type Readers } from './current-store.ts'
import { ExportDesk } from './export-desk.ts'
import { ImportDesk } from './import-desk.ts'
import { LoadLabDesk } from './loadlab-desk.ts'
import { Notebook } from './notebook.ts'
import { Admission } from './receiver/admission.ts'
import { RefusalLog } from './receiver/refusals.ts'
import { type Endpoints, Receivers } from './receivers.ts'
import { RecentSessions } from './recent-sessions.ts'
import { SessionDesk } from './session-desk.ts'
import { SettingsDesk } from './settings-desk.ts'
import type { StartSqlProcess } from './sql/sql-process.ts'
import { SqlDesk } from './sql-desk.ts'
import { StatusBoard } from './status-board.ts'

export interface Engine {
  /** Where OTLP is received now. */
  readonly endpoints: Endpoints
  /** Of the session that is open now. */
  readonly databasePath: string
  readonly context: ApiContext
  /** Default ports that were taken, and what was taken instead. */
  readonly notices: readonly string[]
  /** Calls `listener` with the session that is open, now and each time it is another. */
  onSession(listener: (session: OpenSession) => void): void
  /** Resolves with the reason if the engine dies by itself. */
  readonly died: Promise<Error>
  /** Stops accepting, commits what was admitted, closes the database. */
  close(): Promise<void>
}

export interface OpenSession {
  readonly path: string
  readonly isReadOnly: boolean
}

/** What only some hosts have. */
export interface EngineHost {
  /** Where the engine can't start processes of its own. */
  readonly startSqlProcess?: StartSqlProcess
}

/** Throws `SpanlightError` when the database or a port can't be had; nothing is left running then. */
export async function startEngine(config: EngineConfig, host: EngineHost = {}): Promise<Engine> {
  const { version, otlpHost, maxRequestBytes } = config
  let board: StatusBoard | undefined
  const death = Promise.withResolvers<Error>()
  const store = new CurrentStore(config.durable, {
    committed: (commit) => board?.noteCommit(commit),
    died: death.resolve,
  })
  await store.start(realPath(config.databasePath), config.readOnly ?? false)
  const stops: (() => Promise<void>)[] = [() => store.close()]
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    const admission = new Admission()
    const refusals = new RefusalLog()
    const receivers = new Receivers({
      host: otlpHost,
      maxRequestBytes,
      submit: (bytes, signal, encoding) => admission.admit(bytes.length, () => store.submit(bytes, signal, encoding)),
      room: admission,
      onRefusal: (refused) => refusals.note(refused),
    })
    stops.push(() => receivers.close())
    const receive = async (readers: Readers): Promise<void> => {
      const { ports } = await readers.query('readSettings', undefined)
      await receivers.open(portsOf(config, ports))
    }
    if (!store.isReadOnly) await receive(store)
    const status = new StatusBoard({ version, store, receivers, admission, refusals })
    board = status
    const settings = new SettingsDesk({ store, receivers, host: otlpHost })
    const sql = new SqlDesk(store, host.startSqlProcess)
    stops.push(async () => sql.close())
    const loadlab = new LoadLabDesk({ version, receivers, settings })
    const exports = new ExportDesk(store)
    stops.push(async () => exports.close())
    const imports = new ImportDesk(store, () => store.file)
    const listeners: ((session: OpenSession) => void)[] = []
    const sessions = new SessionDesk({
      store,
      recent: new RecentSessions(join(config.configDir ?? defaultConfigDir(), 'recent-sessions.json')),
      checkIdle: () => imports.checkIdle(),
      leave: async (next) => {
        await imports.leaveStore()
        if (receivers.areOpen) await loadlab.command({ name: 'stop' })
        if (next.writer === undefined) await receivers.close()
        else if (!receivers.areOpen) await receive(next.readers)
      },
      entered: () => {
        status.noteSession()
        for (const listener of listeners) listener(store)
      },
    })
    stops.push(() => imports.close())
    // It sends through the receivers, so it goes first.
    stops.push(() => loadlab.close())
    stops.push(() => sessions.close())
    return {
      get endpoints() {
        return receivers.endpoints
      },
      get databasePath() {
        return store.path
      },
      context: {
        readers: store,
        status,
        settings,
        sessions,
        notebook: new Notebook(store),
        loadlab,
        sql,
        imports,
        exports,
        opensPaths: false,
      },
      notices: receivers.notices,
      onSession: (listener) => {
        listeners.push(listener)
        listener(store)
      },
      died: death.promise,
      close: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A link to a database is that database: both must have one lock. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}

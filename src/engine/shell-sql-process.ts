/** Processes for SQL statements in the desktop app: the shell starts and kills them, and the engine talks to them over ports. */

import type { FromEngine, ShellPort, ToEngine } from './process-messages.ts'
import type { FromSql, ToSql } from './sql/sql-messages.ts'
import { type SqlProcess, type SqlProcessEvents, sqlNodeOptions } from './sql/sql-process.ts'

export type SqlNews = Extract<ToEngine, { type: 'sqlStarted' | 'sqlExited' }>

interface Wanted {
  readonly events: SqlProcessEvents
  /** What was said before its port came. */
  readonly waiting: ToSql[]
  port?: ShellPort
}

export class ShellSqlProcesses {
  readonly #tell: (message: FromEngine) => void
  readonly #wanted = new Map<number, Wanted>()
  #lastId = 0

  constructor(tell: (message: FromEngine) => void) {
    this.#tell = tell
  }

  readonly start = (events: SqlProcessEvents): SqlProcess => {
    const id = ++this.#lastId
    const wanted: Wanted = { events, waiting: [] }
    this.#wanted.set(id, wanted)
    this.#tell({ type: 'startSql', id, nodeOptions: sqlNodeOptions })
    return {
      send: (message) => {
        if (wanted.port === undefined) wanted.waiting.push(message)
        else wanted.port.postMessage(message)
      },
      kill: () => this.#tell({ type: 'killSql', id }),
    }
  }

  /** What the shell says; a process that was started comes with its port. */
  take(news: SqlNews, port: ShellPort | undefined): void {
    const wanted = this.#wanted.get(news.id)
    if (wanted === undefined) return
    if (news.type === 'sqlExited') {
      this.#wanted.delete(news.id)
      wanted.events.exited(`exit code ${news.code}`)
    } else if (port !== undefined) {
      wanted.port = port
      port.on('message', ({ data }) => wanted.events.message(data as FromSql))
      port.start()
      for (const message of wanted.waiting.splice(0)) port.postMessage(message)
    }
  }
}

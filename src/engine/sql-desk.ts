/** SQL for the app: runs statements of people against the engine's database. */

import type { z } from 'zod'
import { type SqlEvent, sqlLimits, type sqlRunSchema } from '#shared/contract/sql.ts'
import type { CurrentStore } from './current-store.ts'
import { forkSqlProcess, type StartSqlProcess } from './sql/sql-process.ts'
import { SqlRunner } from './sql/sql-runner.ts'

export class SqlDesk {
  readonly #store: Pick<CurrentStore, 'file'>
  readonly #runner: SqlRunner

  constructor(store: Pick<CurrentStore, 'file'>, start: StartSqlProcess = forkSqlProcess) {
    this.#store = store
    this.#runner = new SqlRunner(start)
  }

  /** A person is about to write one. */
  expect(): void {
    this.#runner.warm()
  }

  run({ query, maxRows, timeLimitMs }: z.output<typeof sqlRunSchema>, signal?: AbortSignal): AsyncGenerator<SqlEvent> {
    return this.#runner.run(
      {
        databasePath: this.#store.file,
        query,
        maxRows,
        maxBytes: sqlLimits.resultBytes,
        maxCellBytes: sqlLimits.cellBytes,
      },
      { timeLimitMs, signal },
    )
  }

  close(): void {
    this.#runner.close()
  }
}

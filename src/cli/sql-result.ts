/** Runs a statement and prints its rows as they come, until it ends or somebody has had enough. */

import { once } from 'node:events'
import { SpanlightError } from '#shared/contract/errors.ts'
import { rowsOf, type SqlColumn, type SqlEvent, type SqlRow } from '#shared/contract/sql.ts'
import { isCut, type SqlFormat, type SqlText, sqlText } from '#shared/contract/sql-formats.ts'
import { forkSqlProcess } from '../engine/sql/sql-process.ts'
import { SqlRunner } from '../engine/sql/sql-runner.ts'
import { onStopSignal } from './pass-on.ts'
import { sqlTable } from './sql-table.ts'

export type ResultFormat = 'table' | SqlFormat

export interface ResultOptions {
  readonly databasePath: string
  readonly query: string
  readonly format: ResultFormat
  readonly maxRows: number
  readonly timeLimitMs: number
}

/** A value in a file is as long as it is; the process has 256 MiB for one page of them. */
const maxCellBytes = 32 * 1024 * 1024
const interruptedCode = 130

/** Resolves with the exit code: 130 when it was interrupted. Throws `SpanlightError`. */
export async function printResult(options: ResultOptions): Promise<number> {
  const { databasePath, query, format, maxRows, timeLimitMs } = options
  const runner = new SqlRunner(forkSqlProcess)
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  onStopSignal(abort)
  let isReaderGone = false
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    isReaderGone = error.code === 'EPIPE'
    abort()
  })
  try {
    const request = { databasePath, query, maxRows, maxBytes: Number.POSITIVE_INFINITY, maxCellBytes }
    await print(runner.run(request, { timeLimitMs, signal: stop.signal }), format, stop.signal)
    return 0
  } catch (error) {
    // Whoever read this, such as head, has had enough.
    if (isReaderGone) return 0
    if (stop.signal.aborted) return interruptedCode
    throw withPlace(error, query)
  } finally {
    runner.close()
  }
}

async function print(events: AsyncIterable<SqlEvent>, format: ResultFormat, signal: AbortSignal): Promise<void> {
  // Whoever reads a pipe may have stopped to: the signal ends the waiting too.
  const write = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain', { signal })
  }
  let columns: readonly SqlColumn[] = []
  let text: SqlText | undefined
  let cut = 0
  const begin = async (sample: readonly SqlRow[]): Promise<SqlText> => {
    if (text !== undefined) return text
    text = format === 'table' ? sqlTable(columns, sample) : sqlText(format, columns)
    await write(text.head)
    return text
  }
  for await (const event of events) {
    if (event.type === 'columns') columns = event.columns
    else if (event.type === 'rows') {
      const rows = rowsOf(event)
      const { rows: textOf } = await begin(rows)
      await write(textOf(rows))
      cut += rows.reduce((count, cells) => count + cells.filter(isCut).length, 0)
    } else {
      const { tail } = await begin([])
      await write(tail)
      const rows = `${event.rowCount} ${event.rowCount === 1 ? 'row' : 'rows'}`
      if (event.truncated !== null) console.error(`spanlight: stopped after ${rows}; --limit 0 gives all`)
      else if (format === 'table') console.error(`${rows} in ${Math.max(1, Math.round(event.tookMs))} ms`)
      if (cut > 0) console.error(`spanlight: ${cut} values are longer than 32 MiB and were cut`)
    }
  }
}

/** The line of the statement that is wrong, with a mark below the place. */
function withPlace(error: unknown, query: string): unknown {
  if (!(error instanceof SpanlightError) || typeof error.data?.position !== 'number') return error
  const { position } = error.data
  const start = query.lastIndexOf('\n', position - 1) + 1
  const [line = ''] = query.slice(start).split('\n')
  return new SpanlightError(error.code, `${error.message}\n\n  ${line}\n  ${' '.repeat(position - start)}^`)
}

/** `spanlight sql`: a statement against the database, which may be in use. */

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { SpanlightError } from '#shared/contract/errors.ts'
import { sqlLimits } from '#shared/contract/sql.ts'
import { sqlFormats } from '#shared/contract/sql-formats.ts'
import { defaultDatabasePath } from '../engine/config.ts'
import { fail } from './fail.ts'
import { duration } from './lab-options.ts'
import { printResult, type ResultFormat } from './sql-result.ts'

interface SqlOptions {
  readonly db?: string
  readonly format: ResultFormat
  /** 0 for all rows. */
  readonly limit: number
  /** Seconds. */
  readonly timeout: number
}

export function addSqlCommand(program: Command): void {
  program
    .command('sql')
    .description('run an SQL statement on the database, read-only, also while Spanlight runs')
    .argument('<statement>', `such as "SELECT service, name FROM spans LIMIT 10"; - reads it from standard input`)
    .option('--db <file>', `database (default: ${defaultDatabasePath()})`)
    .addOption(new Option('--format <name>', 'what to print').choices(['table', ...sqlFormats]).default('table'))
    .option('--limit <number>', 'how many rows at most, 0 for all', limit, sqlLimits.rows)
    .option('--timeout <time>', 'how long the statement may work', duration, sqlLimits.timeMs / 1_000)
    .action((statement: string, options: SqlOptions) => runSql(statement, options).catch(fail))
}

async function runSql(statement: string, { db, format, limit: maxRows, timeout }: SqlOptions): Promise<void> {
  const file = resolve(db ?? defaultDatabasePath())
  if (!existsSync(file)) throw new SpanlightError('NOT_FOUND', `There is no database at ${file}. Choose one with --db.`)
  const query = statement === '-' ? await text(process.stdin) : statement
  if (query.length > sqlLimits.queryCharacters) {
    throw new SpanlightError('TOO_LARGE', `The statement has more than ${sqlLimits.queryCharacters} characters.`)
  }
  const code = await printResult({
    databasePath: file,
    query,
    format,
    maxRows: maxRows === 0 ? Number.POSITIVE_INFINITY : maxRows,
    timeLimitMs: timeout * 1_000,
  })
  // What a pipe has not taken yet would keep this process; after an interruption nobody waits for it.
  if (code !== 0) process.exit(code)
}

function limit(value: string): number {
  if (!/^\d{1,12}$/.test(value)) throw new InvalidArgumentError('It must be a number of rows, or 0 for all.')
  return Number(value)
}

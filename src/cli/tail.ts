/** `spanlight tail`: log lines of a pipe or of files become log records, and are passed on as they are. */

import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { SpanlightError } from '#shared/contract/errors.ts'
import { healthSchema } from '#shared/contract/health.ts'
import { defaultDatabasePath, defaultOtlpHost, defaultOtlpHttpPort } from '../engine/config.ts'
import { destinationsOf } from '../engine/tail/find-destination.ts'
import { Tail, type TailReport } from '../engine/tail/tail.ts'
import { readStoreAddress } from '../server/store-address.ts'
import { fail } from './fail.ts'
import { endpoint } from './lab-options.ts'
import { printable } from './printable.ts'
import { tailFiles } from './tail-files.ts'
import { tailPipe } from './tail-pipe.ts'

const askLimitMs = 2_000

interface TailOptions {
  readonly service?: string
  readonly db?: string
  readonly endpoint?: string
  readonly fromStart?: boolean
}

export function addTailCommand(program: Command): void {
  program
    .command('tail')
    .description('log lines of a pipe or of files become log records; they are passed on as they are')
    .argument('[files...]', 'files to follow, also when they are rotated or truncated (default: standard input)')
    .option(
      '--service <name>',
      'service.name of all lines (default: what a line tells, then the name of its file)',
      name,
    )
    .option('--from-start', 'read files from their beginning, not only what is written from now on')
    .option('--db <file>', `database (default: ${defaultDatabasePath()})`)
    .option('--endpoint <url>', 'send to this OTLP/HTTP receiver', endpoint)
    .action((files: string[], options: TailOptions) => tail(files, options).catch(fail))
}

async function tail(files: readonly string[], options: TailOptions): Promise<void> {
  if (files.length === 0 && process.stdin.isTTY) {
    throw new SpanlightError(
      'BAD_INPUT',
      'There is nothing to read. Name a file, or pipe: some-command | spanlight tail',
    )
  }
  const databasePath = resolve(options.db ?? defaultDatabasePath())
  const target = {
    endpoint: options.endpoint,
    usualEndpoint: options.db === undefined ? `http://${defaultOtlpHost}:${defaultOtlpHttpPort}` : undefined,
    databasePath,
    holder: () => receiverOf(databasePath),
  }
  const session = new Tail(destinationsOf(target), (reason) =>
    console.error(`spanlight tail: lines can't be stored: ${printable(reason)}`),
  )
  let code: number
  try {
    code = await (files.length === 0 ? tailPipe(session, options) : tailFiles(session, files, options))
  } finally {
    // Also when a file broke: what was read before is stored.
    tellLosses(await session.finish())
  }
  process.exit(code)
}

/** Asked for what it listens on: its ports may be any. */
async function receiverOf(databasePath: string): Promise<string | undefined> {
  const api = readStoreAddress(databasePath)?.api
  if (!api) return undefined
  try {
    const headers = { authorization: `Bearer ${api.token}` }
    const response = await fetch(`${api.url}/api/health`, { headers, signal: AbortSignal.timeout(askLimitMs) })
    return healthSchema.parse(await response.json()).receivers.http
  } catch {
    // Left over from one that was killed.
    return undefined
  }
}

function tellLosses({ read, lost, reason }: TailReport): void {
  if (lost > 0) console.error(`spanlight tail: ${lost} of ${read} lines were not stored: ${printable(reason)}`)
}

function name(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return value
}

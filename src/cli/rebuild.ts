/** `spanlight rebuild`: computes the golden signals anew from the stored spans. */

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { SpanlightError } from '#shared/contract/errors.ts'
import { defaultDatabasePath } from '../engine/config.ts'
import { rebuildRollups } from '../engine/rebuild.ts'
import { fail } from './fail.ts'

export function addRebuildCommand(program: Command): void {
  program
    .command('rebuild')
    .description('compute rollups (golden signals) anew from the stored spans')
    .option('--db <file>', `database (default: ${defaultDatabasePath()})`)
    .action(({ db }: { db?: string }) => rebuild(resolve(db ?? defaultDatabasePath())).catch(fail))
}

async function rebuild(file: string): Promise<void> {
  if (!existsSync(file)) throw new SpanlightError('NOT_FOUND', `There is no database at ${file}.`)
  let last = -1
  await rebuildRollups(file, (spansToFold) => {
    if (process.stderr.isTTY && spansToFold !== last) process.stderr.write(`\r${spansToFold} spans to go `)
    last = spansToFold
  })
  if (process.stderr.isTTY) process.stderr.write('\r')
  console.log(`Rollups of ${file} were computed anew.`)
}

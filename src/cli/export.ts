/** `spanlight export`: what was selected, redacted, as a file that other tools open. */

import { resolve } from 'node:path'
import type { Command } from 'commander'
import { SpanlightError } from '#shared/contract/errors.ts'
import { exportFormatFacts } from '#shared/contract/exports.ts'
import { defaultDatabasePath } from '../engine/config.ts'
import { ExportTally } from '../engine/export/export-tally.ts'
import { exportDatabase } from '../engine/export-file.ts'
import { addExportOptions, askedExportOf, type ExportCommandOptions } from './export-options.ts'
import { fail } from './fail.ts'
import { checkOutputFile, writeToFile, writeToStdout } from './output-file.ts'
import { onStopSignal } from './pass-on.ts'

const interruptedExitCode = 130

export function addExportCommand(program: Command): void {
  addExportOptions(program.command('export'))
    .description('write traces, logs and metrics as a file for other tools; what is secret is replaced')
    .action((options: ExportCommandOptions) => run(options).catch(fail))
}

async function run(options: ExportCommandOptions): Promise<void> {
  const { alsoRedact, ...request } = askedExportOf(options)
  const database = resolve(options.db ?? defaultDatabasePath())
  const file = options.output === '-' ? undefined : options.output
  const force = options.force ?? false
  if (file !== undefined) await checkOutputFile(file, force)
  else if (exportFormatFacts[request.format].binary && process.stdout.isTTY) {
    throw new SpanlightError(
      'BAD_INPUT',
      `${request.format} is binary: name a file with -o, or pass it on with a pipe.`,
    )
  }
  const tally = new ExportTally()
  const abort = new AbortController()
  onStopSignal(() => abort.abort())
  const chunks = withProgress(exportDatabase(database, request, { alsoRedact, tally, signal: abort.signal }), tally)
  try {
    // Whoever reads a pipe may have stopped to: the signal ends the waiting too.
    await (file === undefined
      ? writeToStdout(chunks, abort.signal)
      : writeToFile(file, chunks, { signal: abort.signal, force }))
  } catch (error) {
    if (!abort.signal.aborted) throw error
    console.error(
      file === undefined
        ? 'spanlight: interrupted; what was written is not whole.'
        : `spanlight: interrupted; ${file} was not written.`,
    )
    process.exit(interruptedExitCode)
  }
  if (file !== undefined) console.error(`${summaryOf(tally)} → ${file}`)
}

async function* withProgress(chunks: AsyncIterable<Uint8Array>, tally: ExportTally): AsyncGenerator<Uint8Array> {
  const shows = process.stderr.isTTY && !process.stdout.isTTY
  for await (const chunk of chunks) {
    yield chunk
    if (shows) process.stderr.write(`\r${summaryOf(tally)} `)
  }
  if (shows) process.stderr.write('\r')
}

function summaryOf({ counts, bytes, redacted }: ExportTally): string {
  const parts = [
    counted(counts.traces, 'trace'),
    counted(counts.spans, 'span'),
    counted(counts.logs, 'log record'),
    counted(counts.points, 'point'),
  ].filter((part) => part !== undefined)
  const values = redacted.reduce((sum, { count }) => sum + count, 0)
  const rules = redacted.map(({ rule, count }) => `${rule} ${count}`).join(', ')
  const redaction = values === 0 ? 'nothing redacted' : `${values} values redacted (${rules})`
  return `${parts.join(', ')}, ${(bytes / 1e6).toFixed(2)} MB, ${redaction}`
}

function counted(count: number, noun: string): string | undefined {
  return count === 0 ? undefined : `${count} ${noun}${count === 1 ? '' : 's'}`
}

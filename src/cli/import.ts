/** `spanlight import`: files of any known format into a database, or into the Spanlight that has it open. */

import { once } from 'node:events'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { SpanlightError } from '#shared/contract/errors.ts'
import { type ImportProgress, type ImportReport, importChunkBytes } from '#shared/contract/imports.ts'
import { defaultDatabasePath } from '../engine/config.ts'
import { chunksOf, findSource, type ImportSource, type SourceChunk, unreadSource } from '../engine/import-files.ts'
import { fail } from './fail.ts'
import type { ImportTarget } from './import-target.ts'
import { progressText, reportText } from './import-text.ts'
import { openImportTarget } from './open-import-target.ts'
import { onStopSignal } from './pass-on.ts'

const exitCodes = { failed: 1, partlyRefused: 3, interrupted: 130 } as const
/** Where nobody watches, progress is one line now and then. */
const progressMs = { terminal: 300, file: 10_000 } as const

interface ImportOptions {
  readonly db?: string
  readonly as: 'auto' | 'text'
  readonly service?: string | undefined
  readonly json?: boolean
}

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('read files: OTLP, Jaeger, Zipkin, Tempo, Go stdouttrace, JSON log lines; plain, gzip, zstd or zip')
    .argument('<file...>', 'files and folders; - reads standard input')
    .option('--db <file>', `database, which Spanlight may be using (default: ${defaultDatabasePath()})`)
    .addOption(new Option('--as <format>', 'text: each line is a log record').choices(['auto', 'text']).default('auto'))
    .option('--service <name>', 'service of log lines that name none')
    .option('--json', 'print the reports as a JSON array')
    .action((files: string[], options: ImportOptions) => run(files, options).catch(fail))
}

interface Input {
  readonly name: string
  readonly sizeBytes: number | null
  readonly modifiedUnixNano?: string | undefined
  readonly chunks: AsyncIterable<SourceChunk>
}

async function run(files: readonly string[], { db, as, service, json }: ImportOptions): Promise<void> {
  const inputs = await inputsOf(files)
  const interrupted = new AbortController()
  onStopSignal(() => interrupted.abort())
  const interruption = once(interrupted.signal, 'abort').then(() => undefined)
  const opening = openImportTarget(resolve(db ?? defaultDatabasePath()), 'spanlight import', console.error)
  const target = await Promise.race([opening, interruption])
  if (!target) process.exit(exitCodes.interrupted)
  const reports: ImportReport[] = []
  try {
    for (const input of inputs) {
      if (interrupted.signal.aborted) break
      const report = await importInput(target, input, { as, service }, interruption)
      reports.push(report)
      if (!json) console.log(reportText(report))
    }
  } finally {
    await target.close()
  }
  if (json) console.log(JSON.stringify(reports, null, 2))
  process.exit(interrupted.signal.aborted ? exitCodes.interrupted : exitCodeOf(reports))
}

/** A file of several that can't be read is a part that was refused; one that broke off after that it could is a failure. */
function exitCodeOf(reports: readonly ImportReport[]): number {
  const isOver = ({ state, read }: ImportReport): boolean =>
    state !== 'finished' && (state !== 'failed' || read.spans + read.logs + read.points > 0)
  const isFinished = ({ state }: ImportReport): boolean => state === 'finished'
  if (reports.some(isOver) || !reports.some(isFinished)) return exitCodes.failed
  return reports.every((report) => isFinished(report) && report.refused === 0) ? 0 : exitCodes.partlyRefused
}

/** Throws when none can be read, before the database is touched: a name that was mistyped. */
async function inputsOf(paths: readonly string[]): Promise<Input[]> {
  const found = await Promise.allSettled(paths.map(inputOf))
  const [first] = found
  if (first?.status === 'rejected' && found.every(({ status }) => status === 'rejected')) throw first.reason
  return found.map((each, index) =>
    each.status === 'fulfilled' ? each.value : inputFrom(unreadSource(paths[index] ?? '', each.reason)),
  )
}

async function inputOf(path: string): Promise<Input> {
  if (path !== '-') return inputFrom(await findSource(path))
  if (process.stdin.isTTY) {
    throw new SpanlightError('BAD_INPUT', 'Standard input is the terminal: pass a file on with a pipe, or name one.')
  }
  return { name: 'standard input', sizeBytes: null, chunks: standardInput() }
}

function inputFrom(source: ImportSource): Input {
  return { ...source, chunks: chunksOf(source) }
}

async function* standardInput(): AsyncGenerator<SourceChunk> {
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    for (let start = 0; start < chunk.length; start += importChunkBytes) {
      yield { bytes: new Uint8Array(chunk.subarray(start, start + importChunkBytes)), file: undefined }
    }
  }
}

async function importInput(
  target: ImportTarget,
  { name, sizeBytes, modifiedUnixNano, chunks }: Input,
  { as, service }: Pick<ImportOptions, 'as' | 'service'>,
  interruption: Promise<undefined>,
): Promise<ImportReport> {
  const { id } = await target.begin({ name, sizeBytes, modifiedUnixNano, as, service })
  const progress = new ProgressLine()
  const read = async (): Promise<ImportReport> => {
    for await (const chunk of chunks) {
      const { file } = chunk
      const state = await ('bytes' in chunk
        ? target.append(id, chunk.bytes, file)
        : target.refuse(id, file ?? null, chunk.problem))
      if (state.state !== 'running') break
      progress.show(state)
    }
    return target.finish(id)
  }
  const reading = read()
  try {
    // Whoever writes a pipe may write nothing for long, and the store may be waited for: neither is waited for then.
    return (await Promise.race([reading, interruption])) ?? (await target.cancel(id))
  } finally {
    // Nobody waits for it any more.
    reading.catch(() => undefined)
    progress.clear()
  }
}

class ProgressLine {
  readonly #isTerminal = process.stderr.isTTY
  #dueMs = performance.now() + progressMs.terminal
  #isShown = false

  show(progress: ImportProgress): void {
    if (performance.now() < this.#dueMs) return
    this.#dueMs = performance.now() + (this.#isTerminal ? progressMs.terminal : progressMs.file)
    const text = progressText(progress)
    process.stderr.write(this.#isTerminal ? `\r\u001b[K${text}` : `${text}\n`)
    this.#isShown = true
  }

  clear(): void {
    if (this.#isShown && this.#isTerminal) process.stderr.write('\r\u001b[K')
  }
}

/** Finds Electron beside this package, or fetches it once: its binary comes from outside the package registry. */

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import envPaths from 'env-paths'

const fetchLimitMs = 60_000
/** A download that failed is not tried again at every start. */
const retryAfterMs = 24 * 60 * 60 * 1000
/** A fetch that fails at once needs no announcement. */
const announceAfterMs = 1_000

export type ElectronSearch =
  | { readonly kind: 'found'; readonly executable: string }
  | { readonly kind: 'missing'; readonly reason: string }

export interface SearchOptions {
  /** The folder of the `electron` package; undefined where it isn't installed. */
  readonly packageDir: string | undefined
  /** Where a failed download is remembered. */
  readonly memoryFile: string
  readonly nowMs: number
  announce(line: string): void
}

/** Where the `electron` package lies for this one. */
export function electronPackageDir(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  } catch {
    return undefined
  }
}

export function defaultMemoryFile(): string {
  return join(envPaths('spanlight', { suffix: '' }).cache, 'electron-download.json')
}

/** Takes at most a minute, and that once a day. */
export async function searchElectron(options: SearchOptions): Promise<ElectronSearch> {
  const { packageDir, memoryFile, nowMs } = options
  if (packageDir === undefined) return { kind: 'missing', reason: 'which is not installed here' }
  const executable = executableIn(packageDir)
  if (executable !== undefined) return { kind: 'found', executable }

  const version = versionIn(packageDir)
  const failed = readFailure(memoryFile)
  if (failed?.version === version && Math.abs(nowMs - failed.atMs) < retryAfterMs) {
    return { kind: 'missing', reason: `which could not be downloaded today (${failed.reason})` }
  }
  const problem = await fetchElectron(packageDir, options)
  const fetched = executableIn(packageDir)
  if (problem === undefined && fetched !== undefined) return { kind: 'found', executable: fetched }
  const reason = problem ?? 'the download is incomplete'
  rememberFailure(memoryFile, { version, atMs: nowMs, reason })
  return { kind: 'missing', reason: `which could not be downloaded (${reason})` }
}

/** The program, if it is there and of the package's version. */
function executableIn(packageDir: string): string | undefined {
  try {
    const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(packageDir, 'dist')
    const program = join(dist, readFileSync(join(packageDir, 'path.txt'), 'utf8'))
    return existsSync(program) ? program : undefined
  } catch {
    return undefined
  }
}

function versionIn(packageDir: string): string {
  return (JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }).version
}

/** Resolves with what went wrong, if anything did. */
function fetchElectron(packageDir: string, { announce }: SearchOptions): Promise<string | undefined> {
  const announcement = setTimeout(
    () => announce('Downloading Electron for the desktop window, once. This may take a minute.'),
    announceAfterMs,
  )
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(packageDir, 'install.js')],
      { timeout: fetchLimitMs, killSignal: 'SIGKILL' },
      (error, _stdout, stderr) => {
        clearTimeout(announcement)
        if (error === null) resolve(undefined)
        else if (error.killed) resolve(`not done after ${fetchLimitMs / 1000} s`)
        else resolve(firstLine(stderr) ?? firstLine(error.message) ?? 'for an unknown reason')
      },
    )
  })
}

function firstLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.replace(/^(\w*Error): /, '').trim())
    .find((line) => line !== '')
}

interface Failure {
  readonly version: string
  readonly atMs: number
  readonly reason: string
}

function readFailure(file: string): Failure | undefined {
  try {
    const { version, atMs, reason } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Failure>
    return version !== undefined && atMs !== undefined && reason !== undefined ? { version, atMs, reason } : undefined
  } catch {
    return undefined
  }
}

/** A cache that can't be written costs another try, nothing else. */
function rememberFailure(file: string, failure: Failure): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(failure))
  } catch {
    // Tried again at the next start.
  }
}

/** `spanlight serve` as a process of its own, built, on free ports and with a database of its own. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ReadyReport } from '../../src/cli/ready-file.ts'

/** The command under test; another installation of it can be named. */
const command = process.env.SPANLIGHT_BIN ?? fileURLToPath(new URL('../../bin/spanlight.js', import.meta.url))

export interface SpanlightProcess extends ReadyReport {
  /** What the process wrote, both streams. */
  output(): string
  /** Ends the process as Ctrl+C does, or without any warning; resolves once it is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

export interface ProcessOptions {
  /** Holds the database and the ready file; created when it isn't there. */
  readonly folder: string
  /** Options for Node itself. */
  readonly nodeArguments?: readonly string[]
  /** Of the app; a free one by default. */
  readonly port?: number
}

/** Resolves once everything listens. Rejects with the process's own words when it ends before that. */
export async function startSpanlight({
  folder,
  nodeArguments = [],
  port = 0,
}: ProcessOptions): Promise<SpanlightProcess> {
  mkdirSync(folder, { recursive: true })
  const readyFile = join(folder, 'ready.json')
  const child = spawn(
    process.execPath,
    [
      ...nodeArguments,
      command,
      'serve',
      ...['--port', String(port), '--otlp-grpc-port', '0', '--otlp-http-port', '0'],
      ...['--db', join(folder, 'spanlight.db'), '--no-open', '--ready-file', readyFile],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      // The sessions it opened lately are its own.
      env: { ...process.env, SPANLIGHT_CONFIG_DIR: join(folder, 'config') },
    },
  )
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => written.push(String(part)))
  const output = (): string => written.join('')
  const exited = once(child, 'exit')
  const report = await Promise.race([
    readReport(folder, readyFile, child),
    exited.then(([code]) => {
      throw new Error(`spanlight ended with ${code} before it was ready:\n${output()}`)
    }),
  ])
  return {
    ...report,
    output,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
  }
}

/** The file appears complete, by a rename. A report from an earlier start names another process. */
async function readReport(folder: string, file: string, { pid }: ChildProcess): Promise<ReadyReport> {
  const read = (): ReadyReport | undefined => {
    try {
      const report = JSON.parse(readFileSync(file, 'utf8')) as ReadyReport
      return report.pid === pid ? report : undefined
    } catch {
      return undefined
    }
  }
  const watcher = watch(folder)
  try {
    let report = read()
    while (!report) {
      await once(watcher, 'change')
      report = read()
    }
    return report
  } finally {
    watcher.close()
  }
}

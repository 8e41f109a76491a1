/** The command line as a process: started, watched until it listens, and gone with its files after the test. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

export interface Ready {
  readonly pid: number
  readonly version: string
  readonly db: string
  readonly ui: string
  readonly token: string
  readonly otlpGrpc: string
  readonly otlpHttp: string
}

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface CliProcess {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  stdout(): string
  stderr(): string
}

const root = join(import.meta.dirname, '../..')
const builtCli = join(root, 'out/node/cli.js')
/** As `npm run dev` runs it. */
export const sourceCommand = [process.execPath, join(root, 'src/cli/index.ts')]
export const wrapper = join(root, 'bin/spanlight.js')
const startLimitMs = 20_000

/** Ports of its own, and no browser. */
export const freePorts = ['--port', '0', '--otlp-grpc-port', '0', '--otlp-http-port', '0', '--no-open']

export class CliSandbox {
  readonly folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  readonly db = join(this.folder, 'spanlight.db')
  readonly readyFile = join(this.folder, 'ready.json')
  readonly #started: CliProcess[] = []

  run(
    args: readonly string[],
    command: readonly string[] = [process.execPath, builtCli],
    input: 'ignore' | 'pipe' = 'ignore',
  ): CliProcess {
    const [program = '', ...leading] = command
    const child = spawn(program, [...leading, ...args], { stdio: [input, 'pipe', 'pipe'], env: environment() })
    let stdout = ''
    let stderr = ''
    child.stdout?.on('data', (part: Buffer) => {
      stdout += part.toString()
    })
    child.stderr?.on('data', (part: Buffer) => {
      stderr += part.toString()
    })
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (code, signal) => resolve({ code, signal }))
    })
    const started: CliProcess = { child, ended, stdout: () => stdout, stderr: () => stderr }
    this.#started.push(started)
    return started
  }

  /** Runs `serve` on this sandbox's database until it says that it listens. */
  async serve(
    options: { readonly args?: readonly string[]; readonly command?: readonly string[] } = {},
  ): Promise<{ process: CliProcess; ready: Ready }> {
    const args = ['serve', '--db', this.db, '--ready-file', this.readyFile, ...(options.args ?? freePorts)]
    rmSync(this.readyFile, { force: true })
    const started = this.run(args, options.command)
    const ready = await vi.waitFor(
      () => {
        if (started.child.exitCode !== null) return undefined
        return JSON.parse(readFileSync(this.readyFile, 'utf8')) as Ready
      },
      { timeout: startLimitMs, interval: 20 },
    )
    if (!ready) throw new Error(`it ended instead of starting: ${started.stderr()}`)
    return { process: started, ready }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { child, ended } of this.#started) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** As at a terminal, without what a test runner adds. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _color, ...rest } = process.env
  return rest
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

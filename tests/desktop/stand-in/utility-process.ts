/** `utilityProcess`: a real child process, so that its death is a real one. */

import { type ChildProcess, fork } from 'node:child_process'
import { constants } from 'node:os'
import { isAbsolute } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { decodeWire, encodeWire } from './page/wire.ts'
import { PortTable } from './port-table.ts'
import { requireReady } from './readiness.ts'
import { onlyKnown, StrictEmitter, strict } from './strict.ts'
import type { FromUtility, ToUtility } from './utility-messages.ts'

const bootstrap = fileURLToPath(new URL('utility-entry.ts', import.meta.url))
const knownOptions = ['env', 'execArgv', 'cwd', 'stdio', 'serviceName', 'allowLoadingUnsignedLibraries', 'disclaim']

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly execArgv?: string[]
  readonly cwd?: string
  readonly stdio?: 'pipe' | 'ignore' | 'inherit' | readonly string[]
  readonly serviceName?: string
}

export interface UtilityEnd {
  readonly serviceName: string
  readonly exitCode: number
  readonly killed: boolean
}

interface Running {
  readonly pid: number
  readonly serviceName: string
  kill(): boolean
}

const running = new Set<Running>()
const watchers = new Set<(end: UtilityEnd) => void>()

/** For `app`: processes that run now, and a call for each that ends. */
export const utilityProcesses = {
  all: (): readonly Running[] => [...running],
  onEnd: (watcher: (end: UtilityEnd) => void): void => void watchers.add(watcher),
}

export class UtilityProcess extends StrictEmitter {
  readonly #child: ChildProcess
  readonly #ports: PortTable
  readonly #serviceName: string
  #spawned = false
  #exited = false
  #killed = false

  private constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super('utilityProcess', ['spawn', 'exit', 'message', 'error'])
    const { env = process.env, execArgv = [], cwd, stdio = 'inherit' } = options
    this.#serviceName = options.serviceName ?? 'Node Utility Process'
    this.#child = fork(bootstrap, [modulePath, ...args], {
      env: withoutRunner(env),
      execArgv: ['--disable-warning=ExperimentalWarning', ...execArgv],
      ...(cwd === undefined ? {} : { cwd }),
      stdio: stdioOf(stdio),
    })
    const send = (message: ToUtility): void => {
      if (this.#child.connected) this.#child.send(message, () => undefined)
    }
    this.#send = send
    this.#ports = new PortTable({
      deliver: (port, message) => send({ type: 'port', port, message }),
      disconnected: (port) => send({ type: 'port-closed', port }),
    })
    this.#child.on('message', (message: FromUtility) => this.#received(message))
    this.#child.on('spawn', () => this.#start())
    this.#child.on('exit', (code, signal) => this.#end(code ?? (signal ? constants.signals[signal] : 1)))
  }

  readonly #send: (message: ToUtility) => void

  static fork(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    requireReady('utilityProcess.fork')
    if (typeof modulePath !== 'string' || !isAbsolute(modulePath))
      throw new TypeError('Module path must be an absolute path')
    if (!Array.isArray(args)) throw new TypeError('Args must be an array of strings')
    onlyKnown('utilityProcess.fork', options, knownOptions)
    return strict('UtilityProcess', new UtilityProcess(modulePath, args, options))
  }

  /** Only while it runs. */
  get pid(): number | undefined {
    return this.#spawned && !this.#exited ? this.#child.pid : undefined
  }

  get stdout(): Readable | null {
    return this.#child.stdout
  }

  get stderr(): Readable | null {
    return this.#child.stderr
  }

  postMessage(message: unknown, transfer: unknown = []): void {
    const text = encodeWire(message)
    this.#ports.take(transfer, (ports) => this.#send({ type: 'message', message: text, ports }))
  }

  /** As hard as on Windows: nothing in the process gets to run any more. */
  kill(): boolean {
    this.#killed = true
    return this.#child.kill('SIGKILL')
  }

  #start(): void {
    this.#spawned = true
    const { pid } = this.#child
    if (pid === undefined) return
    const entry: Running = { pid, serviceName: this.#serviceName, kill: () => this.kill() }
    running.add(entry)
    this.#child.once('exit', () => running.delete(entry))
    this.emit('spawn')
  }

  #received(message: FromUtility): void {
    if (message.type === 'message') this.emit('message', decodeWire(message.message))
    else if (message.type === 'port') this.#ports.sent(message.port, message.message)
    else this.#ports.closed(message.port)
  }

  #end(exitCode: number): void {
    this.#exited = true
    this.#ports.closeAll()
    this.emit('exit', exitCode)
    for (const watcher of watchers) watcher({ serviceName: this.#serviceName, exitCode, killed: this.#killed })
  }
}

function stdioOf(stdio: ForkOptions['stdio']): ('pipe' | 'ignore' | 'inherit' | 'ipc')[] {
  const [, out = 'inherit', err = 'inherit'] = typeof stdio === 'string' ? ['ignore', stdio, stdio] : (stdio ?? [])
  const mode = (name: string): 'pipe' | 'ignore' | 'inherit' => {
    if (name === 'pipe' || name === 'ignore' || name === 'inherit') return name
    throw new Error(`stdio value ${name} is not supported`)
  }
  return ['ignore', mode(out), mode(err), 'ipc']
}

/** Without what belongs to the process that started the stand-in. */
function withoutRunner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...rest } = env
  return rest
}

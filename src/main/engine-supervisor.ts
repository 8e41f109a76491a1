/** Keeps the engine running: starts it, starts it again when it died, and knows its state for the pages. */

import type { EngineState, StartFailure } from '#shared/contract/host.ts'
import type { EngineStart, Intake } from '../engine/process-messages.ts'
import type { EngineEvents, EngineProcess, EngineReady } from './engine-process.ts'
import { RestartPolicy } from './restart-policy.ts'

export interface SupervisorOptions<Port> {
  fork(start: EngineStart, events: EngineEvents): EngineProcess<Port>
  /** Adds the report to what is known about a failure. */
  describe(failure: Omit<StartFailure, 'report'>, lastWords: string): StartFailure
  onState(state: EngineState): void
  onIntake(intake: Intake): void
  onReady(ready: EngineReady): void
  nowMs(): number
}

export class EngineSupervisor<Port> {
  readonly #options: SupervisorOptions<Port>
  readonly #policy = new RestartPolicy()
  #process: EngineProcess<Port> | undefined
  #state: EngineState = { kind: 'starting' }
  #restarts = 0
  #stopping = false
  /** What to start once a failed process is gone: a person may be faster than its end. */
  #next: EngineStart | undefined
  #following = false

  constructor(options: SupervisorOptions<Port>) {
    this.#options = options
  }

  get state(): EngineState {
    return this.#state
  }

  /** Starts the engine; how that went is told as its state. One that failed is left to end first. */
  start(start: EngineStart): void {
    if (this.#stopping) return
    if (this.#process !== undefined) {
      if (this.#state.kind === 'failed') this.#next = start
      return
    }
    this.#policy.forget()
    this.#setState({ kind: 'starting' })
    this.#launch(start)
  }

  /** No engine can be had in this app at all. */
  giveUp(failure: Omit<StartFailure, 'report'>): void {
    this.#setState({ kind: 'failed', failure: this.#options.describe(failure, '') })
  }

  /** A connection for a page; undefined unless the engine runs. */
  openPort(): Port | undefined {
    return this.#state.kind === 'running' ? this.#process?.openPort() : undefined
  }

  /** Whether `onIntake` is called. */
  follow(on: boolean): void {
    this.#following = on
    this.#process?.follow(on)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#process?.stop()
  }

  #launch(asked: EngineStart): void {
    let start = asked
    let hasFailed = false
    let databasePath = start.databasePath ?? null
    this.#process = this.#options.fork(start, {
      ready: (ready) => {
        databasePath = ready.databasePath
        this.#setState({ kind: 'running', restarts: this.#restarts, notices: ready.notices })
        this.#options.onReady(ready)
      },
      failed: (failure, path) => {
        hasFailed = true
        this.#setState({ kind: 'failed', failure: this.#options.describe({ ...failure, databasePath: path }, '') })
      },
      // One that dies comes back with the session a person had opened.
      session: (path, isReadOnly) => {
        databasePath = path
        const { salvageFrom: _saved, ...rest } = start
        start = { ...rest, databasePath: path, readOnly: isReadOnly }
      },
      intake: (intake) => this.#options.onIntake(intake),
      exited: (code, lastWords) => {
        this.#process = undefined
        const next = this.#next
        this.#next = undefined
        if (next !== undefined) this.start(next)
        else if (!hasFailed && !this.#stopping) this.#died(start, databasePath, code, lastWords)
      },
    })
    if (this.#following) this.#process.follow(true)
  }

  #died(start: EngineStart, databasePath: string | null, code: number, lastWords: string): void {
    if (this.#policy.mayRestart(this.#options.nowMs())) {
      this.#restarts++
      this.#setState({ kind: 'restarting' })
      this.#launch(start)
      return
    }
    const message = `The engine stopped by itself twice within a minute (exit code ${code}). What it had acknowledged is stored.`
    const failure = this.#options.describe({ code: 'ENGINE_DIED', message, databasePath }, lastWords)
    this.#setState({ kind: 'failed', failure })
  }

  #setState(state: EngineState): void {
    this.#state = state
    this.#options.onState(state)
  }
}

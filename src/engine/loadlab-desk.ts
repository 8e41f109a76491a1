/** The load lab for the app: starts its process with the first command, passes commands on, and tells its status. */

import { setTimeout as delay } from 'node:timers/promises'
import { SpanlightError } from '#shared/contract/errors.ts'
import type { ExerciseSheet } from '#shared/contract/loadlab.ts'
import type { LabCatalog } from '#shared/contract/loadlab-catalog.ts'
import type { LabStatus } from '#shared/contract/loadlab-status.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import { labCatalog } from './loadlab/catalog.ts'
import type { FromLab, LabCommand } from './loadlab/lab-messages.ts'
import { type LabProcess, startLabProcess } from './loadlab/lab-process.ts'
import { endLostAnnotations } from './loadlab/lost-annotations.ts'
import { exerciseSheet } from './loadlab/mystery.ts'
import type { Receivers } from './receivers.ts'
import type { SettingsDesk } from './settings-desk.ts'

/** Longer than the lab's quick end takes. */
const quitMs = 2_500
const watchIntervalMs = 500

const stopped: LabStatus = {
  state: 'stopped',
  problem: null,
  run: null,
  faults: [],
  scheduled: [],
  annotations: [],
  mystery: null,
}

export interface LoadLabSources {
  readonly version: string
  readonly receivers: Pick<Receivers, 'endpoints'>
  readonly settings: Pick<SettingsDesk, 'deleteAll'>
}

interface Waiting {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

export class LoadLabDesk {
  readonly #sources: LoadLabSources
  readonly #waiting = new Map<number, Waiting>()
  #process: LabProcess | undefined
  #status = stopped
  #commands = 0
  /** The receiver that the process was told last. */
  #sendsTo = ''
  #isClosing = false
  /** Commands one after the other: a stop must not overtake a start. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(sources: LoadLabSources) {
    this.#sources = sources
  }

  catalog(): LabCatalog {
    return labCatalog()
  }

  sheet({ seed, answers }: { readonly seed: number; readonly answers: boolean }): ExerciseSheet {
    return exerciseSheet(seed, answers)
  }

  get status(): LabStatus {
    return this.#status
  }

  /** Answers the status after the command. Throws what the lab answers. */
  async command(command: LabCommand): Promise<LabStatus> {
    await this.#execute(command)
    return this.#status
  }

  async sendOne(input: Extract<LabCommand, { name: 'sendOne' }>['input']): Promise<{ traceId: string }> {
    return (await this.#execute({ name: 'sendOne', input })) as { traceId: string }
  }

  /** The same again on an empty store. Stopped before it is emptied, so that nothing of before comes after. */
  async resetExercise(): Promise<LabStatus> {
    if (this.#status.run === null)
      throw new SpanlightError('BUSY', 'The load lab is not running: start a scenario first.')
    await this.#execute({ name: 'restart', input: { phase: 'stop' } })
    await this.#sources.settings.deleteAll()
    return this.command({ name: 'restart', input: { phase: 'start' } })
  }

  /** The status now, then each time it differs from what was said last. Ends when `signal` aborts. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<LabStatus> {
    let said: LabStatus | undefined
    while (!signal?.aborted) {
      if (said !== this.#status) {
        said = this.#status
        yield said
      }
      await delay(watchIntervalMs, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined)
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true
    const running = this.#process
    if (!running) return
    running.send({ type: 'quit' })
    const late = setTimeout(() => running.kill(), quitMs)
    await running.exited
    clearTimeout(late)
  }

  #execute(command: LabCommand): Promise<unknown> {
    const work = this.#last.then(() => this.#send(command))
    this.#last = work.catch(() => undefined)
    return work
  }

  #send(command: LabCommand): Promise<unknown> {
    if (this.#isClosing) return Promise.reject(new SpanlightError('CANCELLED', 'Spanlight is being closed.'))
    // Nothing runs, so there is nothing to stop.
    if (command.name === 'stop' && !this.#process) return Promise.resolve(undefined)
    // Throws where nothing is received: then nothing is started, but what runs can be stopped.
    const url = command.name === 'stop' ? this.#sendsTo : this.#endpoint()
    this.#sendsTo = url
    this.#process ??= this.#start()
    const lab = this.#process
    const id = ++this.#commands
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      lab.send({ type: 'command', id, command, endpoint: { protocol: 'http', url } })
    })
  }

  #start(): LabProcess {
    const lab = startLabProcess(this.#sources.version, (message) => this.#take(message))
    void lab.exited.then(() => this.#gone())
    return lab
  }

  #take(message: FromLab): void {
    this.#status = message.status
    if (message.type === 'status') return
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.type === 'done') waiting?.resolve(message.result)
    else {
      const { code, message: text, data } = message.failure
      waiting?.reject(new SpanlightError(code, text, data))
    }
  }

  #gone(): void {
    this.#process = undefined
    const problem = 'The load lab ended unexpectedly. Start it again.'
    const { state, annotations } = this.#status
    this.#status = this.#isClosing || state === 'stopped' ? stopped : { ...stopped, problem }
    if (!this.#isClosing && state !== 'stopped') {
      void endLostAnnotations(annotations, this.#sendsTo, fromUnixMillis(Date.now()))
    }
    for (const { reject } of this.#waiting.values()) reject(new SpanlightError('INTERNAL', problem))
    this.#waiting.clear()
  }

  /** Where OTLP is received now, as this machine reaches it. */
  #endpoint(): string {
    if (this.#sources.receivers.endpoints.http === '') {
      throw new SpanlightError(
        'STORE_READONLY',
        'This session is open read-only: the load lab needs one that receives.',
      )
    }
    const url = new URL(this.#sources.receivers.endpoints.http)
    if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1'
    if (url.hostname === '[::]') url.hostname = '[::1]'
    return url.origin
  }
}

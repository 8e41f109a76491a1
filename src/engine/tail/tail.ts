/** Lines in, records out: reads, sends and sends again in the background, and tells at the end what was lost. */

import { setTimeout as delay, setImmediate } from 'node:timers/promises'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { LogLineOrigin } from '../wire/log-line-batch.ts'
import type { Destinations } from './destination.ts'
import { LineBacklog } from './line-backlog.ts'

/** So much of lines shares a request. */
const requestBytes = 1024 * 1024
/** How long the first line of a request waits for others. */
const gatherMs = 200
/** After the last line, so long without anything stored is the end. */
const patienceMs = 3_000
const maxRetryMs = 5_000
const lastRetryMs = 300
const triesBeforeTold = 3
/** Something was stored so recently that more will be. */
const flowingMs = 10_000
/** Longest one chunk of output is held back. */
const maxWaitMs = 500

export interface TailReport {
  readonly read: number
  readonly lost: number
  /** Why lines were lost; the last reason. */
  readonly reason: string
}

interface Request {
  readonly bytes: Buffer
  readonly lines: number
}

export class Tail {
  readonly #destinations: Destinations
  readonly #onTrouble: (reason: string) => void
  readonly #backlog = new LineBacklog()
  readonly #work: Promise<void>
  readonly #hurry = new AbortController()
  #isLast = false
  /** More lines wait than one request takes. */
  #isBehind = false
  #lastSuccessMs = performance.now()
  #onRoom: () => void = () => undefined
  #lost = 0
  #reason = ''
  #isTold = false

  /** `onTrouble` hears once that lines are lost, or wait for long. */
  constructor(destinations: Destinations, onTrouble: (reason: string) => void) {
    this.#destinations = destinations
    this.#onTrouble = onTrouble
    this.#work = this.#run()
  }

  /** A place lines come from. */
  source(origin: LogLineOrigin): (line: string) => void {
    const add = this.#backlog.source(origin, () => fromUnixMillis(Date.now()))
    return (line) => {
      const lost = this.#backlog.lost
      add(line)
      if (this.#backlog.lost > lost) this.#lose(0, this.#reason || 'lines come faster than they can be stored')
    }
  }

  /**
   * Resolves when there is room for more lines, as long as records are being stored; never waits for a destination that
   * is away or stuck, so that the program whose lines these are goes on.
   */
  async room(): Promise<void> {
    if (!this.#backlog.isFull || performance.now() - this.#lastSuccessMs > flowingMs) return
    const room = Promise.withResolvers<void>()
    this.#onRoom = room.resolve
    await Promise.race([room.promise, delay(maxWaitMs)])
  }

  /** No more lines: stores what waits, as long as that goes on. */
  async finish(): Promise<TailReport> {
    this.#isLast = true
    this.#lastSuccessMs = performance.now()
    this.#hurry.abort()
    await this.#work
    return { read: this.#backlog.read, lost: this.#backlog.lost + this.#lost, reason: this.#reason }
  }

  async #run(): Promise<void> {
    while (!this.#isLast || this.#backlog.left > 0) {
      const request = await this.#gather()
      if (request) await this.#deliver(request)
      else if (this.#isOutOfTime()) break
      if (this.#backlog.isEmpty) await this.#destinations.release()
    }
    await this.#destinations.release()
    this.#lost += this.#backlog.left
  }

  async #gather(): Promise<Request | undefined> {
    const resourceLogs: unknown[] = []
    let lines = 0
    let bytes = 0
    if (!this.#isLast && !this.#isBehind) await this.#pause(gatherMs)
    while (bytes < requestBytes) {
      const taken = this.#backlog.take(requestBytes - bytes, this.#isLast)
      resourceLogs.push(...taken.resourceLogs)
      lines += taken.lines
      bytes += taken.bytes
      if (!this.#backlog.isFull) this.#onRoom()
      if (taken.bytes === 0) break
      await setImmediate()
    }
    this.#isBehind = bytes >= requestBytes
    return resourceLogs.length === 0 ? undefined : { bytes: Buffer.from(JSON.stringify({ resourceLogs })), lines }
  }

  async #deliver({ bytes, lines }: Request): Promise<void> {
    for (let tries = 0; ; tries++) {
      const delivery = await (await this.#destinations.find()).send(bytes)
      if (delivery.kind !== 'later') {
        this.#lastSuccessMs = performance.now()
        if (delivery.kind === 'refused')
          this.#lose(delivery.records === 'all' ? lines : delivery.records, delivery.reason)
        return
      }
      this.#reason = delivery.reason
      if (this.#isOutOfTime()) return this.#lose(lines, delivery.reason)
      if (tries === triesBeforeTold) this.#tell(delivery.reason)
      await this.#pause(Math.min(maxRetryMs, delivery.afterMs * 2 ** Math.min(tries, 4)))
    }
  }

  #isOutOfTime(): boolean {
    return this.#isLast && performance.now() - this.#lastSuccessMs > patienceMs
  }

  /** Shorter at the end, when somebody waits for it. */
  async #pause(ms: number): Promise<void> {
    if (this.#isLast) await delay(Math.min(ms, lastRetryMs))
    else await delay(ms, undefined, { signal: this.#hurry.signal }).catch(() => undefined)
  }

  #lose(lines: number, reason: string): void {
    this.#lost += lines
    this.#reason = reason
    this.#tell(reason)
  }

  #tell(reason: string): void {
    // At the end everything is told anyway.
    if (!this.#isTold && !this.#isLast) this.#onTrouble(reason)
    this.#isTold = true
  }
}

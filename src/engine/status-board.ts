/** What the engine is doing now: rates over the last seconds, problems, and the store's own counts. */

import { setTimeout as delay } from 'node:timers/promises'
import type { Health } from '#shared/contract/health.ts'
import type { IngestDetails, Status } from '#shared/contract/status.ts'
import type { CurrentStore } from './current-store.ts'
import type { StoreStatus } from './queries/status.ts'
import type { Admission } from './receiver/admission.ts'
import type { RefusalLog } from './receiver/refusals.ts'
import type { Receivers } from './receivers.ts'
import { nameOfFile } from './session-desk.ts'
import { databaseBytes } from './settings-desk.ts'
import type { Commit } from './threads/pool.ts'

const rateWindowMs = 5_000
const watchIntervalMs = 500

export interface StatusSources {
  readonly version: string
  readonly store: CurrentStore
  readonly receivers: Receivers
  readonly admission: Admission
  readonly refusals: RefusalLog
}

export class StatusBoard {
  readonly #sources: StatusSources
  #recent: (Pick<Commit, 'spans' | 'logs' | 'points' | 'services'> & { readonly at: number })[] = []
  #revision = 0
  #problem: string | null = null
  #store: { readonly revision: number; readonly status: Promise<StoreStatus> } | undefined

  constructor(sources: StatusSources) {
    this.#sources = sources
  }

  noteCommit({ spans, logs, points, services, problem }: Commit): void {
    this.#problem = problem
    this.#recent.push({ at: performance.now(), spans, logs, points, services })
    this.#revision++
  }

  noteProblem(problem: string): void {
    this.#problem = problem
    this.#revision++
  }

  /** Another session is open: what was known is of the one before. */
  noteSession(): void {
    this.#problem = null
    this.#recent = []
    this.#revision++
  }

  async health(): Promise<Health> {
    const { version, receivers } = this.#sources
    const { counts, losses } = await this.#storeStatus()
    return {
      status: this.#problem === null ? 'ok' : 'degraded',
      version,
      receivers: receivers.endpoints,
      counts,
      losses,
    }
  }

  async status(): Promise<Status> {
    const { version, receivers, store: current } = this.#sources
    const [store, bytes] = await Promise.all([this.#storeStatus(), databaseBytes(current.file)])
    const { path, serial, isReadOnly, notice } = current
    const rates = this.#rates()
    return {
      version,
      revision: this.#revision,
      state: isReadOnly ? 'read-only' : rates.spans + rates.logs + rates.points > 0 ? 'receiving' : 'idle',
      receivers: receivers.endpoints,
      database: { path, bytes },
      session: { serial, name: store.title ?? nameOfFile(path), notice },
      counts: store.counts,
      rates,
      losses: store.losses,
      newestUnixNano: store.newestUnixNano,
      problem: this.#problem,
    }
  }

  async ingest(): Promise<IngestDetails> {
    const { admission, refusals, store } = this.#sources
    const losses = await store.query('readLosses', undefined)
    return { services: this.#serviceRates(), queue: admission.queue, losses, refusals: [...refusals.newest] }
  }

  /** The status now, then each time it differs from what was said last. Ends when `signal` aborts. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<Status> {
    let said = ''
    while (!signal?.aborted) {
      const status = await this.status()
      const text = JSON.stringify(status)
      if (text !== said) {
        said = text
        yield status
      }
      await delay(watchIntervalMs, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined)
    }
  }

  /** Read once per revision: counts are kept in the store, but every reader asks. */
  #storeStatus(): Promise<StoreStatus> {
    if (this.#store?.revision !== this.#revision) {
      const status = this.#sources.store.query('readStoreStatus', undefined)
      this.#store = { revision: this.#revision, status }
      // A failed read must not be remembered.
      status.catch(() => {
        this.#store = undefined
      })
    }
    return this.#store?.status ?? this.#sources.store.query('readStoreStatus', undefined)
  }

  /** Busiest first. */
  #serviceRates(): IngestDetails['services'] {
    this.#dropOld()
    const sums = new Map<string, { spans: number; logs: number; points: number }>()
    for (const { name, spans, logs, points } of this.#recent.flatMap(({ services }) => services)) {
      const sum = sums.get(name) ?? { spans: 0, logs: 0, points: 0 }
      sums.set(name, { spans: sum.spans + spans, logs: sum.logs + logs, points: sum.points + points })
    }
    return [...sums]
      .map(([name, { spans, logs, points }]) => ({
        name,
        spans: perSecond(spans),
        logs: perSecond(logs),
        points: perSecond(points),
      }))
      .sort((left, right) => right.spans + right.logs + right.points - (left.spans + left.logs + left.points))
  }

  #dropOld(): void {
    const since = performance.now() - rateWindowMs
    while (this.#recent[0] && this.#recent[0].at < since) this.#recent.shift()
  }

  #rates(): { spans: number; logs: number; points: number } {
    this.#dropOld()
    return {
      spans: perSecond(this.#recent.reduce((sum, { spans }) => sum + spans, 0)),
      logs: perSecond(this.#recent.reduce((sum, { logs }) => sum + logs, 0)),
      points: perSecond(this.#recent.reduce((sum, { points }) => sum + points, 0)),
    }
  }
}

function perSecond(sum: number): number {
  return Math.round((sum / rateWindowMs) * 1000 * 10) / 10
}

/** What the engine is doing now: rates over the last seconds, problems, and the store's own counts. */

import { stat } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Health } from '#shared/contract/health.ts'
import type { Status } from '#shared/contract/status.ts'
import type { StoreStatus } from './queries/status.ts'
import type { Commit } from './threads/pool.ts'

const rateWindowMs = 5_000
const watchIntervalMs = 500

export interface Endpoints {
  readonly grpc: string
  readonly http: string
}

export interface StatusSources {
  readonly version: string
  readonly databasePath: string
  readonly endpoints: Endpoints
  readonly readStore: () => Promise<StoreStatus>
}

export class StatusBoard {
  readonly #sources: StatusSources
  readonly #recent: { readonly at: number; readonly spans: number; readonly logs: number; readonly points: number }[] =
    []
  #revision = 0
  #problem: string | null = null
  #store: { readonly revision: number; readonly status: Promise<StoreStatus> } | undefined

  constructor(sources: StatusSources) {
    this.#sources = sources
  }

  noteCommit({ spans, logs, points, problem }: Commit): void {
    this.#problem = problem
    this.#recent.push({ at: performance.now(), spans, logs, points })
    this.#revision++
  }

  noteProblem(problem: string): void {
    this.#problem = problem
    this.#revision++
  }

  async health(): Promise<Health> {
    const { version, endpoints } = this.#sources
    const { counts, losses } = await this.#storeStatus()
    return { status: this.#problem === null ? 'ok' : 'degraded', version, receivers: endpoints, counts, losses }
  }

  async status(): Promise<Status> {
    const { version, endpoints, databasePath } = this.#sources
    const [store, bytes] = await Promise.all([this.#storeStatus(), databaseBytes(databasePath)])
    const rates = this.#rates()
    return {
      version,
      revision: this.#revision,
      state: rates.spans + rates.logs + rates.points > 0 ? 'receiving' : 'idle',
      receivers: endpoints,
      database: { path: databasePath, bytes },
      counts: store.counts,
      rates,
      losses: store.losses,
      newestUnixNano: store.newestUnixNano,
      problem: this.#problem,
    }
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
      const status = this.#sources.readStore()
      this.#store = { revision: this.#revision, status }
      // A failed read must not be remembered.
      status.catch(() => {
        this.#store = undefined
      })
    }
    return this.#store?.status ?? this.#sources.readStore()
  }

  #rates(): { spans: number; logs: number; points: number } {
    const since = performance.now() - rateWindowMs
    while (this.#recent[0] && this.#recent[0].at < since) this.#recent.shift()
    const perSecond = (sum: number): number => Math.round((sum / rateWindowMs) * 1000 * 10) / 10
    return {
      spans: perSecond(this.#recent.reduce((sum, { spans }) => sum + spans, 0)),
      logs: perSecond(this.#recent.reduce((sum, { logs }) => sum + logs, 0)),
      points: perSecond(this.#recent.reduce((sum, { points }) => sum + points, 0)),
    }
  }
}

/** The file and its write-ahead log. */
async function databaseBytes(path: string): Promise<number> {
  const sizes = await Promise.all(
    [path, `${path}-wal`].map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

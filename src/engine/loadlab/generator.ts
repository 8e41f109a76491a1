/** Sends requests when they are due, whether or not earlier ones were answered, and counts how they ended. */

import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest, Agent as SecureAgent } from 'node:https'
import type { LabProfile } from '#shared/contract/loadlab-catalog.ts'
import { arrivals, profileRate } from './arrivals.ts'
import { randomOf } from './random.ts'

/** Beyond that a target that hangs would eat the memory. */
const maxInFlight = 5000
const timeoutMs = 30_000

export interface Traffic {
  readonly rate: number
  readonly profile: LabProfile
  readonly paused: boolean
}

export interface OutgoingRequest {
  readonly url: string
  readonly method: string
  readonly headers: OutgoingHttpHeaders
  readonly body: string
}

/** `error` is what went wrong when there is no status. */
export interface Answered {
  readonly ms: number
  readonly status: number | undefined
  readonly error: string | undefined
}

export interface GeneratorSources {
  readonly seed: number
  /** The request with this number. `done` is told how it ended. */
  next(number: number): { readonly request: OutgoingRequest; done(answered: Answered): void }
}

export class Generator {
  readonly #sources: GeneratorSources
  readonly #agent = new Agent({ keepAlive: true })
  readonly #secureAgent = new SecureAgent({ keepAlive: true })
  readonly #outcomes = new Map<string, number>()
  #traffic: Traffic
  #timer: NodeJS.Timeout | undefined
  #profileStart = 0
  #plans = 0
  requests = 0
  errors = 0
  inFlight = 0
  dropped = 0

  constructor(traffic: Traffic, sources: GeneratorSources) {
    this.#traffic = traffic
    this.#sources = sources
  }

  get traffic(): Traffic {
    return this.#traffic
  }

  get currentRate(): number {
    const { profile, rate, paused } = this.#traffic
    return paused ? 0 : profileRate(profile, rate, performance.now() - this.#profileStart)
  }

  /** Most frequent first. */
  get outcomes(): { outcome: string; count: number }[] {
    return [...this.#outcomes]
      .map(([outcome, count]) => ({ outcome, count }))
      .sort((left, right) => right.count - left.count)
      .slice(0, 8)
  }

  start(): void {
    this.#begin()
  }

  /** The profile begins anew. */
  change(traffic: Traffic): void {
    this.#traffic = traffic
    this.#begin()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  close(): void {
    this.stop()
    this.#agent.destroy()
    this.#secureAgent.destroy()
  }

  #begin(): void {
    this.stop()
    if (this.#traffic.paused) return
    const { rate, profile } = this.#traffic
    // A later plan of the same run has other moments.
    const moments = arrivals(profile, rate, randomOf(this.#sources.seed, `arrivals ${this.#plans++}`))
    this.#profileStart = performance.now()
    let due = moments.next().value
    const tick = (): void => {
      const elapsed = performance.now() - this.#profileStart
      while (due <= elapsed) {
        this.#fire()
        due = moments.next().value
      }
      this.#timer = setTimeout(tick, Math.min(1000, Math.max(1, due - elapsed)))
    }
    tick()
  }

  #fire(): void {
    const number = ++this.requests
    if (this.inFlight >= maxInFlight) {
      this.dropped++
      this.#count('not sent')
      return
    }
    const { request, done } = this.#sources.next(number)
    void this.send(request).then(done)
  }

  /** Never rejects. Counted in flight and by outcome. */
  async send(request: OutgoingRequest): Promise<Answered> {
    this.inFlight++
    const began = performance.now()
    const { status, error } = await this.#exchange(request)
    this.inFlight--
    const isError = status === undefined || status >= 400
    if (isError) this.errors++
    this.#count(status === undefined ? (error ?? 'failed') : String(status))
    return { ms: performance.now() - began, status, error }
  }

  #count(outcome: string): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1)
  }

  #exchange({ url, method, headers, body }: OutgoingRequest): Promise<{ status?: number; error?: string }> {
    const isSecure = url.startsWith('https:')
    return new Promise((resolve) => {
      const options = { method, timeout: timeoutMs, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }
      const answered = (response: import('node:http').IncomingMessage): void => {
        response.resume()
        response.once('close', () =>
          resolve(response.complete ? { status: response.statusCode ?? 0 } : { error: 'ECONNRESET' }),
        )
      }
      const outgoing = isSecure
        ? httpsRequest(url, { ...options, agent: this.#secureAgent }, answered)
        : httpRequest(url, { ...options, agent: this.#agent }, answered)
      outgoing.once('timeout', () => {
        resolve({ error: 'timeout' })
        outgoing.destroy()
      })
      outgoing.once('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? 'failed' }))
      outgoing.end(body)
    })
  }
}

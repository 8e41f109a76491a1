/** How much undecided work the receivers may hold: beyond it senders are asked to come back, so memory stays bounded. */

import type { Outcome } from '#shared/model/outcome.ts'

/** Payload bytes that wait for the writer, over all receivers. */
const maxWaitingBytes = 96 * 1024 * 1024
/** Bodies that are not complete yet, over all HTTP connections. */
const maxReadingBytes = 128 * 1024 * 1024
const maxWaitingRequests = 2_000
const retryAfterSeconds = 2

export class Admission {
  #bytes = 0
  #reading = 0
  #requests = 0

  get queue(): { requests: number; bytes: number; maxBytes: number } {
    return { requests: this.#requests, bytes: this.#bytes, maxBytes: maxWaitingBytes }
  }

  /** Takes room for bytes that are still being received; false when there is none. Give it back with `release`. */
  reserve(bytes: number): boolean {
    if (this.#reading + bytes > maxReadingBytes) return false
    this.#reading += bytes
    return true
  }

  release(bytes: number): void {
    this.#reading -= bytes
  }

  /** Runs `work` if there is room for `bytes` more; otherwise answers "unavailable" at once. */
  async admit(bytes: number, work: () => Promise<Outcome>): Promise<Outcome> {
    // A single payload is always let in when nothing waits, whatever its size: the request limit bounds it.
    if (this.#requests > 0 && (this.#bytes + bytes > maxWaitingBytes || this.#requests >= maxWaitingRequests)) {
      return { kind: 'unavailable', message: 'Spanlight has more to store than it can hold', retryAfterSeconds }
    }
    this.#bytes += bytes
    this.#requests++
    try {
      return await work()
    } finally {
      this.#bytes -= bytes
      this.#requests--
    }
  }
}

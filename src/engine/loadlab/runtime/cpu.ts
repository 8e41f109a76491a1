/** The CPU of a service, modelled: so much work at a time, the rest waits, and a burn leaves less for all. */

import { Semaphore } from './semaphore.ts'
import { sleep } from './sleep.ts'

export class Cpu {
  readonly #cores: Semaphore
  /** Share taken by something else, 0 to 1. */
  readonly #burn: () => number
  #busyMs = 0
  #waitedMs = 0
  #runs = 0
  #since = performance.now()

  constructor(cores: number, burn: () => number) {
    this.#cores = new Semaphore(cores)
    this.#burn = burn
  }

  async run(ms: number): Promise<void> {
    if (ms <= 0) return
    const asked = performance.now()
    await this.#cores.acquire()
    const began = performance.now()
    this.#waitedMs += began - asked
    this.#runs++
    try {
      await sleep(ms / (1 - Math.min(0.99, this.#burn())))
    } finally {
      this.#busyMs += Math.min(ms, performance.now() - began)
      this.#cores.release()
    }
  }

  /** How full, 0 to 1, and how long work waited, since this was asked last. */
  take(): { readonly utilization: number; readonly waitMs: number } {
    const now = performance.now()
    const elapsed = Math.max(1, now - this.#since)
    const own = this.#busyMs / (elapsed * this.#cores.max)
    const result = {
      utilization: Math.min(1, own + this.#burn()),
      waitMs: this.#runs === 0 ? 0 : this.#waitedMs / this.#runs,
    }
    this.#busyMs = 0
    this.#waitedMs = 0
    this.#runs = 0
    this.#since = now
    return result
  }
}

/** So many at a time, the others wait their turn: pools, workers and locks are made of it. */

interface Waiter {
  readonly done: (got: boolean) => void
  readonly timer: NodeJS.Timeout | undefined
}

export class Semaphore {
  readonly max: number
  #used = 0
  readonly #waiting: Waiter[] = []

  constructor(max: number) {
    this.max = max
  }

  get used(): number {
    return this.#used
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** False when it took longer than `timeoutMs`. Whoever got true has to release. */
  acquire(timeoutMs?: number): Promise<boolean> {
    if (this.#used < this.max) {
      this.#used++
      return Promise.resolve(true)
    }
    return new Promise((done) => {
      const waiter: Waiter = {
        done,
        timer: timeoutMs === undefined ? undefined : setTimeout(() => this.#giveUp(waiter), timeoutMs),
      }
      this.#waiting.push(waiter)
    })
  }

  release(): void {
    const next = this.#waiting.shift()
    if (!next) {
      this.#used--
      return
    }
    clearTimeout(next.timer)
    next.done(true)
  }

  #giveUp(waiter: Waiter): void {
    const index = this.#waiting.indexOf(waiter)
    if (index < 0) return
    this.#waiting.splice(index, 1)
    waiter.done(false)
  }
}

/** A share of events, exact in every twenty of them and in random order within: no test and no lesson waits for luck. */

import { type Random, shuffled } from './random.ts'

const blockSize = 20

export class Share {
  readonly #random: Random
  #block: boolean[] = []
  #carry = 0

  constructor(random: Random) {
    this.#random = random
  }

  /** Whether the next event belongs to the share of `percent`. A changed share takes effect at once. */
  next(percent: number): boolean {
    if (this.#percent !== percent) {
      this.#block = []
      this.#percent = percent
    }
    if (this.#block.length === 0) this.#fill(percent)
    return this.#block.pop() ?? false
  }

  #percent = 0

  #fill(percent: number): void {
    const wanted = (blockSize * percent) / 100 + this.#carry
    const count = Math.min(blockSize, Math.floor(wanted + 1e-9))
    this.#carry = wanted - count
    this.#block = shuffled(
      this.#random,
      Array.from({ length: blockSize }, (_, index) => index < count),
    )
  }
}

/** The memory of a service, modelled: a base, what requests hold, garbage until it is collected, and perhaps a leak. */

const mebibyte = 1024 * 1024
/** What a request leaves behind until the next collection. */
const garbagePerRequest = 0.4 * mebibyte
const baseShare = 0.38
const garbageShare = 0.12
/** From here on the collector works ever harder. */
const pressureFrom = 0.7

export class Memory {
  readonly limitBytes: number
  #garbage = 0
  /** Share of the room above the base that leaked, 0 to 1. */
  #leaked = 0
  readonly #onCollection: (ms: number) => void

  constructor(limitMiB: number, onCollection: (ms: number) => void) {
    this.limitBytes = limitMiB * mebibyte
    this.#onCollection = onCollection
  }

  get usedBytes(): number {
    const base = this.limitBytes * baseShare
    return Math.round(Math.min(this.limitBytes, base + this.#garbage + (this.limitBytes - base) * this.#leaked))
  }

  get ratio(): number {
    return this.usedBytes / this.limitBytes
  }

  leak(share: number): void {
    this.#leaked = Math.min(1, share)
  }

  clear(): void {
    this.#leaked = 0
    this.#garbage = 0
  }

  /** A request is served; answers the pause it suffers when garbage is collected now. */
  allocate(): number {
    this.#garbage += garbagePerRequest
    const room = this.limitBytes * garbageShare * (1 - this.#leaked)
    if (this.#garbage < Math.max(room, garbagePerRequest * 2)) return 0
    this.#garbage = 0
    const pause = this.ratio < pressureFrom ? 1.5 : 4 + (this.ratio - pressureFrom) * 400
    this.#onCollection(pause)
    return pause
  }
}

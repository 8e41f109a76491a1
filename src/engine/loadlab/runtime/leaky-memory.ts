/** The memory of a service that may leak until it is full. */

import { Memory } from './memory.ts'

const tickMs = 250

export interface LeakSources {
  /** How long until memory is full; undefined when nothing leaks. */
  leakMs(): number | undefined
  onCollection(ms: number): void
  onFull(): void
}

export class LeakyMemory {
  readonly memory: Memory
  readonly #sources: LeakSources
  readonly #timer: NodeJS.Timeout
  #leaked = 0

  constructor(limitMiB: number, sources: LeakSources) {
    this.#sources = sources
    this.memory = new Memory(limitMiB, (ms) => sources.onCollection(ms))
    this.#timer = setInterval(() => this.#grow(), tickMs)
    this.#timer.unref()
  }

  get isLeaking(): boolean {
    return this.#leaked > 0
  }

  get ratio(): number {
    return this.memory.ratio
  }

  /** A new process has leaked nothing yet. */
  restart(): void {
    this.#leaked = 0
    this.memory.clear()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #grow(): void {
    const leakMs = this.#sources.leakMs()
    if (leakMs === undefined) {
      if (this.#leaked > 0) this.restart()
      return
    }
    this.#leaked = Math.min(1, this.#leaked + tickMs / leakMs)
    this.memory.leak(this.#leaked)
    if (this.#leaked >= 1) this.#sources.onFull()
  }
}

/**
 * What a series counted between its points, from cumulative or delta points.
 * https://opentelemetry.io/docs/specs/otel/metrics/data-model/#resets-and-gaps
 */

/** What was counted over (from, to], in nanoseconds after the start of the range. */
export interface Increase<T> {
  readonly from: number
  readonly to: number
  readonly value: T
  /** Whether the sender itself names the time covered; else it is the distance of two points. */
  readonly told: boolean
}

export interface CountedPoint<T> {
  readonly time: number
  /** Null when the sender left it out. */
  readonly start: number | null
  readonly value: T
}

/** `newer` minus `older`; undefined when it fell, which a count does only when it began anew. */
export type Subtract<T> = (newer: T, older: T) => T | undefined

/** Senders that write one series at the same time are kept apart by their start times, up to this many. */
const maxStarts = 8

interface Stream<T> {
  time: number
  value: T
}

/**
 * Differences of cumulative points. A new start time is a new count: its first point covers the time since that start. The
 * very first point of a series tells nothing unless its start lies in the range, and nothing when it is its own start,
 * which stands for an unknown one; but a series known to be new counted nothing before. Where start times are missing, a fall is a new count.
 */
export class CumulativeIncreases<T> {
  readonly #subtract: Subtract<T>
  readonly #bornAfter: number | undefined
  readonly #streams = new Map<number | null, Stream<T>>()
  #newest: number | null | undefined
  /** Whether counts with different starts took turns: two senders under one identity. */
  interleaved = false

  constructor(subtract: Subtract<T>, bornAfter?: number) {
    this.#subtract = subtract
    this.#bornAfter = bornAfter
  }

  /** Points come in the order of their times. */
  add({ time, start, value }: CountedPoint<T>): Increase<T> | undefined {
    const stream = this.#streams.get(start)
    const isFirst = this.#streams.size === 0
    if (stream) {
      if (this.#newest !== start) this.interleaved = true
      this.#newest = start
      // The same moment again: a repeated export, or a clock that stood still.
      if (time <= stream.time) return undefined
      const from = stream.time
      const difference = this.#subtract(value, stream.value)
      stream.time = time
      stream.value = value
      return { from, to: time, value: difference ?? value, told: false }
    }
    if (this.#streams.size >= maxStarts) this.#dropOldest()
    this.#streams.set(start, { time, value })
    this.#newest = start
    if (start === null || start >= time) return undefined
    if (isFirst && this.#bornAfter !== undefined) {
      return { from: Math.max(start, this.#bornAfter), to: time, value, told: true }
    }
    if (isFirst && start < 0) return undefined
    return { from: start, to: time, value, told: true }
  }

  #dropOldest(): void {
    for (const start of this.#streams.keys()) {
      this.#streams.delete(start)
      return
    }
  }
}

/** Delta points as they are; without a start they cover the time since the point before, if that is near. */
export class DeltaIncreases<T> {
  readonly #interval: number | undefined
  #last: number | undefined

  constructor(interval: number | undefined) {
    this.#interval = interval
  }

  add({ time, start, value }: CountedPoint<T>): Increase<T> {
    const last = this.#last
    this.#last = time
    if (start !== null && start < time) return { from: start, to: time, value, told: true }
    const interval = this.#interval ?? 0
    const from = last === undefined ? time - interval : Math.max(last, time - interval)
    return { from, to: time, value, told: true }
  }
}

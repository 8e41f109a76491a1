/**
 * A mergeable sketch of durations for queries, which add up many: a window of bins. Merging adds counts, so merged sketches equal
 * the sketch of everything.
 */

import { binOf, middleOf } from './duration-bins.ts'
import { SketchReader, slack } from './encoded-sketch.ts'

const spareBins = 32

export class DurationSketch {
  // Durations of one operation lie within a few hundred bins.
  #first = 0
  #counts = new Float64Array(0)
  #total = 0

  static of(encoded: Uint8Array): DurationSketch {
    const sketch = new DurationSketch()
    sketch.addEncoded(encoded)
    return sketch
  }

  /** Sum of the weights. */
  get count(): number {
    return this.#total
  }

  add(durationNs: number, weight = 1): void {
    this.#addToBin(binOf(durationNs), weight)
  }

  merge(other: DurationSketch): void {
    const { length } = other.#counts
    for (let index = 0; index < length; index++) {
      const weight = other.#counts[index] ?? 0
      if (weight > 0) this.#addToBin(other.#first + index, weight)
    }
  }

  /** Adds an encoded sketch without making it first. Throws `RangeError` on bytes that aren't one. */
  addEncoded(encoded: Uint8Array): void {
    const reader = new SketchReader(encoded)
    while (reader.next()) this.#addToBin(reader.bin, reader.weight)
  }

  /** Bins that hold something, shortest durations first. */
  *bins(): Iterable<readonly [bin: number, weight: number]> {
    for (let index = 0; index < this.#counts.length; index++) {
      const weight = this.#counts[index] ?? 0
      if (weight > 0) yield [this.#first + index, weight]
    }
  }

  /** The smallest duration that at least `q` of all don't exceed (nearest rank), within the error; null when empty. */
  quantile(q: number): number | null {
    if (this.#total <= 0) return null
    const rank = Math.max(q * this.#total - slack * this.#total, Number.MIN_VALUE)
    let seen = 0
    let last = 0
    for (let index = 0; index < this.#counts.length; index++) {
      const weight = this.#counts[index] ?? 0
      if (weight <= 0) continue
      seen += weight
      last = this.#first + index
      if (seen >= rank) break
    }
    return middleOf(last)
  }

  /** Weight of what took at most so long; exact up to the bin that holds the limit. */
  countAtMost(durationNs: number): number {
    const end = Math.min(this.#counts.length, binOf(durationNs) - this.#first + 1)
    let sum = 0
    for (let index = 0; index < end; index++) sum += this.#counts[index] ?? 0
    return sum
  }

  #addToBin(bin: number, weight: number): void {
    const index = bin - this.#first
    if (index >= 0 && index < this.#counts.length) this.#counts[index] = (this.#counts[index] ?? 0) + weight
    else {
      this.#widen(bin)
      this.#counts[bin - this.#first] = weight
    }
    this.#total += weight
  }

  #widen(bin: number): void {
    const { length } = this.#counts
    if (length === 0) {
      this.#first = Math.max(0, bin - spareBins)
      this.#counts = new Float64Array(bin - this.#first + 4 * spareBins)
      return
    }
    const grow = Math.max(spareBins, length)
    const first = bin < this.#first ? Math.max(0, bin - grow) : this.#first
    const end = bin >= this.#first + length ? bin + 1 + grow : this.#first + length
    const counts = new Float64Array(end - first)
    counts.set(this.#counts, this.#first - first)
    this.#first = first
    this.#counts = counts
  }
}

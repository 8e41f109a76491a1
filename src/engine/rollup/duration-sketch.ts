/**
 * A mergeable sketch of durations for queries, which add up many: a window of bins. Merging adds counts, so merged sketches equal
 * the sketch of everything.
 */

import { DecodedSketch } from './decoded-sketch.ts'
import { binOf, middleOf } from './duration-bins.ts'
import { SketchWriter, slack } from './encoded-sketch.ts'

const spareBins = 32
/** Used again for each sketch that is added. */
const scratch = new DecodedSketch()

export class DurationSketch {
  // Durations of one operation lie within a few hundred bins.
  #first = 0
  #counts = new Float64Array(0)
  #total = 0
  /** Bins beyond these hold nothing. */
  #lowest = Number.POSITIVE_INFINITY
  #highest = Number.NEGATIVE_INFINITY

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
    if (other.#highest < other.#lowest) return
    this.#cover(other.#lowest, other.#highest)
    const [into, from] = [this.#counts, other.#counts]
    for (let bin = other.#lowest; bin <= other.#highest; bin++) {
      const index = bin - this.#first
      into[index] = (into[index] ?? 0) + (from[bin - other.#first] ?? 0)
    }
    this.#total += other.#total
  }

  /** Adds an encoded sketch without making it first. Throws `RangeError` on bytes that aren't one. */
  addEncoded(encoded: Uint8Array): void {
    this.addDecoded(scratch.read(encoded))
  }

  addDecoded({ length, bins, weights }: DecodedSketch): void {
    if (length === 0) return
    this.#cover(bins[0] ?? 0, bins[length - 1] ?? 0)
    const [counts, first] = [this.#counts, this.#first]
    let total = 0
    for (let index = 0; index < length; index++) {
      const weight = weights[index] ?? 0
      const at = (bins[index] ?? 0) - first
      counts[at] = (counts[at] ?? 0) + weight
      total += weight
    }
    this.#total += total
  }

  /** Forgets everything, but keeps its room for what comes next. */
  clear(): void {
    this.#counts.fill(0, Math.max(0, this.#lowest - this.#first), Math.max(0, this.#highest - this.#first + 1))
    this.#lowest = Number.POSITIVE_INFINITY
    this.#highest = Number.NEGATIVE_INFINITY
    this.#total = 0
  }

  /** See `encoded-sketch.ts`. */
  encoded(): Uint8Array {
    const bins = [...this.bins()]
    const writer = new SketchWriter(bins.every(([, weight]) => Number.isSafeInteger(weight)))
    for (const [bin, weight] of bins) writer.push(bin, weight)
    return writer.take()
  }

  /** Bins that hold something, shortest durations first. */
  *bins(): Iterable<readonly [bin: number, weight: number]> {
    for (let bin = this.#lowest; bin <= this.#highest; bin++) {
      const weight = this.#counts[bin - this.#first] ?? 0
      if (weight > 0) yield [bin, weight]
    }
  }

  /** The smallest duration that at least `q` of all don't exceed (nearest rank), within the error; null when empty. */
  quantile(q: number): number | null {
    if (this.#total <= 0) return null
    const rank = Math.max(q * this.#total - slack * this.#total, Number.MIN_VALUE)
    // From the end that is nearer for most that is asked.
    let bin = this.#highest
    let atMost = this.#total
    for (; bin > this.#lowest; bin--) {
      atMost -= this.#counts[bin - this.#first] ?? 0
      if (atMost < rank) break
    }
    return middleOf(bin)
  }

  /** Weight of what took at most so long; exact up to the bin that holds the limit. */
  countAtMost(durationNs: number): number {
    const end = Math.min(this.#highest, binOf(durationNs))
    let sum = 0
    for (let bin = this.#lowest; bin <= end; bin++) sum += this.#counts[bin - this.#first] ?? 0
    return sum
  }

  #addToBin(bin: number, weight: number): void {
    this.#cover(bin, bin)
    const index = bin - this.#first
    this.#counts[index] = (this.#counts[index] ?? 0) + weight
    this.#total += weight
  }

  /** Makes room for bins that get something. */
  #cover(lowest: number, highest: number): void {
    if (lowest < this.#lowest) this.#lowest = lowest
    if (highest > this.#highest) this.#highest = highest
    if (lowest < this.#first || highest >= this.#first + this.#counts.length) this.#widen()
  }

  /** To what is covered and some more at the end that grew: what comes next is often a little beyond. */
  #widen(): void {
    const { length } = this.#counts
    const end = this.#first + length
    const spare = Math.max(spareBins, length >> 2)
    const first = length > 0 && this.#lowest >= this.#first ? this.#first : Math.max(0, this.#lowest - spare)
    const newEnd = length > 0 && this.#highest < end ? end : this.#highest + 1 + spare
    const counts = new Float64Array(newEnd - first)
    if (length > 0) counts.set(this.#counts, this.#first - first)
    this.#counts = counts
    this.#first = first
  }
}

/**
 * Duration sketches as bytes, which is how they lie in the store: one byte for how counts are written (0 integers, 1 doubles),
 * then for each bin that holds something its distance to the one before and its count, as base-128 integers (doubles as 8
 * bytes, little-endian). Folding works on the bytes themselves: most sketches are small and touched once per commit.
 */

import { DecodedSketch, fractionalCounts, wholeCounts } from './decoded-sketch.ts'
import { binOf, middleOf } from './duration-bins.ts'

/** Sums of weights may be a hair off what they should be. */
export const slack = 1e-9

const noBytes = Uint8Array.of(wholeCounts)

/** The sketch of durations that all count once. */
export function encodeDurations(durationsNs: readonly number[]): Uint8Array {
  // Bins are small numbers: as such they sort several times as fast.
  const bins = Uint16Array.from(durationsNs, binOf).sort()
  const writer = new SketchWriter(true)
  for (let index = 0; index < bins.length; ) {
    const bin = bins[index] ?? 0
    const first = index
    while (bins[index] === bin) index++
    writer.push(bin, index - first)
  }
  return writer.take()
}

/** The sketch of one duration that counts as often as told. */
export function encodeDuration(durationNs: number, weight: number): Uint8Array {
  const writer = new SketchWriter(Number.isSafeInteger(weight))
  writer.push(binOf(durationNs), weight)
  return writer.take()
}

/** The sketch of what both hold. Throws `RangeError` on bytes that aren't a sketch. */
export function mergeEncoded(left: Uint8Array, right: Uint8Array): Uint8Array {
  return combine(left, right, 1)
}

/** Takes one duration back. Throws `RangeError` when the sketch holds no such duration. */
export function removeEncoded(sketch: Uint8Array, durationNs: number, weight: number): Uint8Array {
  return combine(sketch, encodeDuration(durationNs, weight), -1)
}

/** The smallest duration that `share` of all weights don't exceed (nearest rank), within the error; null when empty. */
export function encodedQuantile(sketch: Uint8Array, total: number, share: number): number | null {
  const { length, bins, weights } = left.read(sketch)
  const rank = Math.max(share * total - slack * total, Number.MIN_VALUE)
  let seen = 0
  for (let index = 0; index < length; index++) {
    seen += weights[index] ?? 0
    if (seen >= rank || index === length - 1) return middleOf(bins[index] ?? 0)
  }
  return null
}

/** Lowest and highest bin that hold something; undefined when empty. */
export function encodedExtent(sketch: Uint8Array): readonly [lowest: number, highest: number] | undefined {
  const { length, bins } = left.read(sketch)
  return length === 0 ? undefined : [bins[0] ?? 0, bins[length - 1] ?? 0]
}

/** Used again for each sketch that is read. */
const left = new DecodedSketch()
const right = new DecodedSketch()

function combine(one: Uint8Array, other: Uint8Array, sign: 1 | -1): Uint8Array {
  left.read(one)
  right.read(other)
  const writer = new SketchWriter(left.isWhole && right.isWhole)
  let [atLeft, atRight] = [0, 0]
  while (atLeft < left.length || atRight < right.length) {
    const leftBin = atLeft < left.length ? (left.bins[atLeft] ?? 0) : Number.POSITIVE_INFINITY
    const rightBin = atRight < right.length ? (right.bins[atRight] ?? 0) : Number.POSITIVE_INFINITY
    let weight = 0
    if (leftBin <= rightBin) weight += left.weights[atLeft++] ?? 0
    if (rightBin <= leftBin) weight += sign * (right.weights[atRight++] ?? 0)
    if (weight < -slack) throw new RangeError('a duration sketch holds no such duration')
    if (weight > slack) writer.push(Math.min(leftBin, rightBin), weight)
  }
  return writer.take()
}

/** Grown where needed and used again: sketches are written one at a time. */
let scratch = new Uint8Array(4096)
const maxEntryBytes = 20

/** Writes bins in ascending order. Only one writer is in use at a time. */
export class SketchWriter {
  readonly #isWhole: boolean
  #length = 1
  #last = 0

  constructor(isWhole: boolean) {
    this.#isWhole = isWhole
    scratch[0] = isWhole ? wholeCounts : fractionalCounts
  }

  push(bin: number, weight: number): void {
    if (this.#length + maxEntryBytes > scratch.length) {
      const larger = new Uint8Array(scratch.length * 2)
      larger.set(scratch)
      scratch = larger
    }
    this.#varint(bin - this.#last)
    this.#last = bin
    if (this.#isWhole) this.#varint(weight)
    else {
      new DataView(scratch.buffer).setFloat64(this.#length, weight, true)
      this.#length += 8
    }
  }

  take(): Uint8Array {
    return this.#length === 1 ? noBytes : scratch.slice(0, this.#length)
  }

  #varint(value: number): void {
    let rest = value
    while (rest >= 0x80) {
      scratch[this.#length++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    scratch[this.#length++] = rest
  }
}

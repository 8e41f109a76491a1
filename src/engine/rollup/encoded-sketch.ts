/**
 * Duration sketches as bytes, which is how they lie in the store: one byte for how counts are written (0 integers, 1 doubles),
 * then for each bin that holds something its distance to the one before and its count, as base-128 integers (doubles as 8
 * bytes, little-endian). Folding works on the bytes themselves: most sketches are small and touched once per commit.
 */

import { binOf, middleOf } from './duration-bins.ts'

const wholeCounts = 0
const fractionalCounts = 1

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
  const reader = new SketchReader(sketch)
  const rank = Math.max(share * total - slack * total, Number.MIN_VALUE)
  let seen = 0
  let found = false
  while (reader.next()) {
    found = true
    seen += reader.weight
    if (seen >= rank) break
  }
  return found ? middleOf(reader.bin) : null
}

/** Lowest and highest bin that hold something; undefined when empty. */
export function encodedExtent(sketch: Uint8Array): readonly [lowest: number, highest: number] | undefined {
  const reader = new SketchReader(sketch)
  if (!reader.next()) return undefined
  const lowest = reader.bin
  while (reader.next());
  return [lowest, reader.bin]
}

function combine(left: Uint8Array, right: Uint8Array, sign: 1 | -1): Uint8Array {
  const one = new SketchReader(left)
  const other = new SketchReader(right)
  const writer = new SketchWriter(one.isWhole && other.isWhole)
  let [hasOne, hasOther] = [one.next(), other.next()]
  while (hasOne || hasOther) {
    const bin = !hasOther || (hasOne && one.bin < other.bin) ? one.bin : other.bin
    let weight = 0
    if (hasOne && one.bin === bin) {
      weight += one.weight
      hasOne = one.next()
    }
    if (hasOther && other.bin === bin) {
      weight += sign * other.weight
      hasOther = other.next()
    }
    if (weight < -slack) throw new RangeError('a duration sketch holds no such duration')
    if (weight > slack) writer.push(bin, weight)
  }
  return writer.take()
}

/** Walks the bins of an encoded sketch. */
export class SketchReader {
  readonly isWhole: boolean
  bin = 0
  weight = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView | undefined
  #offset = 1

  constructor(bytes: Uint8Array) {
    const kind = bytes.length === 0 ? wholeCounts : bytes[0]
    if (kind !== wholeCounts && kind !== fractionalCounts) throw new RangeError('not a duration sketch')
    this.#bytes = bytes
    this.isWhole = kind === wholeCounts
    this.#view = this.isWhole ? undefined : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Moves to the next bin; false at the end. */
  next(): boolean {
    if (this.#offset >= this.#bytes.length) return false
    this.bin += this.#varint()
    if (this.#view) {
      this.weight = this.#view.getFloat64(this.#offset, true)
      this.#offset += 8
    } else this.weight = this.#varint()
    return true
  }

  #varint(): number {
    const bytes = this.#bytes
    let byte = bytes[this.#offset++]
    if (byte !== undefined && byte < 0x80) return byte
    let value = 0
    let scale = 1
    for (;;) {
      if (byte === undefined) throw new RangeError('a duration sketch ends inside a number')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
      byte = bytes[this.#offset++]
    }
  }
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

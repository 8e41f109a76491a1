/**
 * A mergeable sketch of durations: a histogram whose bins grow by a constant factor, so that every quantile is known with the
 * same relative error whatever the distribution (Masson, Rim, Lee: "DDSketch", VLDB 2019).
 *
 * Merging adds counts: merged sketches equal the sketch of everything.
 */

/** Quantiles are off by at most this share of the exact nearest-rank value. */
export const relativeError = 0.008

const gamma = (1 + relativeError) / (1 - relativeError)
const logGamma = Math.log(gamma)

/** Bin 0 holds what took no time (or less); bin i ≥ 1 holds (gamma^(i-2), gamma^(i-1)] nanoseconds. */
export function binOf(durationNs: number): number {
  return durationNs <= 0 ? 0 : Math.max(0, Math.ceil(Math.log(durationNs) / logGamma)) + 1
}

/** Upper edge of a bin in nanoseconds; its lower edge is the upper one of the bin before. */
export function upperEdgeNs(bin: number): number {
  return bin === 0 ? 0 : gamma ** (bin - 1)
}

/** The value that is nowhere off by more than the relative error within the bin. */
function middleOf(bin: number): number {
  return bin === 0 ? 0 : (2 * gamma ** (bin - 1)) / (gamma + 1)
}

/** Sums of weights may be a hair below what they should be. */
const slack = 1e-9
const spareBins = 16

export class DurationSketch {
  // A window of bins: durations of one operation lie within a few hundred of them.
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
    this.addToBin(binOf(durationNs), weight)
  }

  addToBin(bin: number, weight: number): void {
    const index = bin - this.#first
    if (index >= 0 && index < this.#counts.length) this.#counts[index] = (this.#counts[index] ?? 0) + weight
    else {
      this.#widen(bin)
      this.#counts[bin - this.#first] = weight
    }
    this.#total += weight
  }

  /** Takes back what was added before. */
  remove(durationNs: number, weight: number): void {
    const index = binOf(durationNs) - this.#first
    const left = (this.#counts[index] ?? 0) - weight
    if (left < -slack) throw new RangeError('a duration sketch holds no such duration')
    this.#counts[index] = left > slack ? left : 0
    this.#total -= weight
  }

  merge(other: DurationSketch): void {
    const { length } = other.#counts
    for (let index = 0; index < length; index++) {
      const weight = other.#counts[index] ?? 0
      if (weight > 0) this.addToBin(other.#first + index, weight)
    }
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

  /**
   * Bytes at rest: one byte for how counts are written (0 integers, 1 doubles), then for each bin that holds something its
   * distance to the one before and its count, as base-128 integers (doubles as 8 bytes, little-endian).
   */
  encode(): Uint8Array {
    const whole = this.#counts.every(Number.isSafeInteger)
    const bytes: number[] = [whole ? 0 : 1]
    let before = 0
    for (const [bin, weight] of this.bins()) {
      pushVarint(bytes, bin - before)
      if (whole) pushVarint(bytes, weight)
      else pushDouble(bytes, weight)
      before = bin
    }
    return Uint8Array.from(bytes)
  }

  /** Adds an encoded sketch without making it first. Throws `RangeError` on bytes that aren't one. */
  addEncoded(encoded: Uint8Array): void {
    const kind = encoded[0]
    if (kind !== 0 && kind !== 1) throw new RangeError('not a duration sketch')
    let offset = 1
    const varint = (): number => {
      let value = 0
      let scale = 1
      for (;;) {
        const byte = encoded[offset++]
        if (byte === undefined) throw new RangeError('a duration sketch ends inside a number')
        value += (byte & 0x7f) * scale
        if (byte < 0x80) return value
        scale *= 128
      }
    }
    const view = kind === 1 ? new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength) : undefined
    let bin = 0
    while (offset < encoded.length) {
      bin += varint()
      if (view) {
        this.addToBin(bin, view.getFloat64(offset, true))
        offset += 8
      } else this.addToBin(bin, varint())
    }
  }

  #widen(bin: number): void {
    const { length } = this.#counts
    if (length === 0) {
      this.#first = Math.max(0, bin - spareBins)
      this.#counts = new Float64Array(bin - this.#first + spareBins)
      return
    }
    const grow = Math.max(spareBins, length >> 1)
    const first = bin < this.#first ? Math.max(0, bin - grow) : this.#first
    const end = bin >= this.#first + length ? bin + 1 + grow : this.#first + length
    const counts = new Float64Array(end - first)
    counts.set(this.#counts, this.#first - first)
    this.#first = first
    this.#counts = counts
  }
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 128) | 0x80)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}

function pushDouble(bytes: number[], value: number): void {
  bytes.push(...new Uint8Array(Float64Array.of(value).buffer))
}

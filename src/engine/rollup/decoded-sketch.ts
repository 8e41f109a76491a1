/**
 * An encoded sketch as bins and weights in two arrays, used again for one after another: queries add sketches up by the ten
 * thousand, and reading their bytes is most of it.
 */

/** The first byte of a sketch: how its counts are written. */
export const wholeCounts = 0
export const fractionalCounts = 1

const doubleBytes = 8

export class DecodedSketch {
  length = 0
  /** Ascending; as many as `length` says are of this sketch. */
  bins = new Uint32Array(512)
  weights = new Float64Array(512)
  isWhole = true
  #offset = 0

  /** Takes the place of what was decoded before. Throws `RangeError` on bytes that aren't a sketch. */
  read(encoded: Uint8Array): this {
    const end = encoded.length
    const kind = end === 0 ? wholeCounts : encoded[0]
    if (kind !== wholeCounts && kind !== fractionalCounts) throw new RangeError('not a duration sketch')
    if (end > this.bins.length) {
      this.bins = new Uint32Array(2 * end)
      this.weights = new Float64Array(2 * end)
    }
    this.isWhole = kind === wholeCounts
    const doubles = this.isWhole ? undefined : new DataView(encoded.buffer, encoded.byteOffset, end)
    const { bins, weights } = this
    let length = 0
    let bin = 0
    this.#offset = 1
    while (this.#offset < end) {
      bin += this.#varint(encoded)
      bins[length] = bin
      if (doubles) {
        weights[length++] = doubles.getFloat64(this.#offset, true)
        this.#offset += doubleBytes
      } else weights[length++] = this.#varint(encoded)
    }
    this.length = length
    return this
  }

  #varint(bytes: Uint8Array): number {
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

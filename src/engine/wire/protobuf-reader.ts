/** Walks protobuf's wire format in place (https://protobuf.dev/programming-guides/encoding/). */

import { MalformedPayload } from './decode-error.ts'

export const WireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const

/** A field's number and wire type as one number, as it stands on the wire. */
export function tag(field: number, wireType: number): number {
  return field * 8 + wireType
}

/** A cursor over `[position, end)`. Every method throws `MalformedPayload` when the bytes run out. */
export class ProtobufReader {
  readonly bytes: Buffer
  position: number
  end: number

  constructor(bytes: Buffer, position = 0, end = bytes.length) {
    this.bytes = bytes
    this.position = position
    this.end = end
  }

  /** An unsigned varint; exact up to 2^53, which covers tags, lengths, enums and 32-bit fields. */
  varint(): number {
    const bytes = this.bytes
    let value = 0
    let factor = 1
    for (let index = 0; index < 10; index++) {
      if (this.position >= this.end) throw new MalformedPayload('a number is cut off')
      const byte = bytes[this.position++] as number
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 128
    }
    throw new MalformedPayload('a number is longer than 64 bits')
  }

  /** A 32-bit unsigned varint; of longer ones (a negative enum has ten bytes) the low bits count, as protobuf asks. */
  uint32(): number {
    const value = this.int64()
    return typeof value === 'number' ? value % 2 ** 32 : Number(BigInt.asUintN(32, value))
  }

  /** A 64-bit two's complement varint. */
  int64(): number | bigint {
    const start = this.position
    const value = this.varint()
    if (value <= Number.MAX_SAFE_INTEGER) return value
    let exact = 0n
    for (let index = start, shift = 0n; index < this.position; index++, shift += 7n) {
      exact |= BigInt((this.bytes[index] as number) & 0x7f) << shift
    }
    return BigInt.asIntN(64, exact)
  }

  fixed64(): bigint {
    const at = this.#advance(8)
    return this.bytes.readBigUInt64LE(at)
  }

  double(): number {
    return this.bytes.readDoubleLE(this.#advance(8))
  }

  fixed32(): number {
    return this.bytes.readUInt32LE(this.#advance(4))
  }

  /** Moves past a length-delimited field and returns where it starts; it ends at `position`. */
  lengthDelimited(): number {
    return this.#advance(this.varint())
  }

  /** Moves past a field nobody reads. */
  skip(fieldTag: number): void {
    switch (fieldTag % 8) {
      case WireType.varint:
        this.varint()
        return
      case WireType.fixed64:
        this.#advance(8)
        return
      case WireType.bytes:
        this.lengthDelimited()
        return
      case WireType.fixed32:
        this.#advance(4)
        return
      default:
        throw new MalformedPayload(`wire type ${fieldTag % 8} is not in use`)
    }
  }

  /** The next field's tag. */
  tag(): number {
    const value = this.varint()
    if (value < 8 || value >= 2 ** 32) throw new MalformedPayload(`field number ${Math.floor(value / 8)} is not valid`)
    return value
  }

  #advance(length: number): number {
    const start = this.position
    if (length > this.end - start) throw new MalformedPayload('a field is cut off')
    this.position = start + length
    return start
  }
}

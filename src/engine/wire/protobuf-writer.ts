/** Writes protobuf messages field by field (https://protobuf.dev/programming-guides/encoding/). */

export class ProtobufWriter {
  #bytes = Buffer.allocUnsafe(1024)
  #length = 0

  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.#length))
  }

  fixed64(field: number, value: bigint): void {
    this.#tag(field, 1)
    this.#grow(8)
    this.#length = this.#bytes.writeBigUInt64LE(value, this.#length)
  }

  fixed32(field: number, value: number): void {
    this.#tag(field, 5)
    this.#grow(4)
    this.#length = this.#bytes.writeUInt32LE(value, this.#length)
  }

  /** Signed, with the sign in all 64 bits. */
  sfixed64(field: number, value: bigint): void {
    this.fixed64(field, BigInt.asUintN(64, value))
  }

  double(field: number, value: number): void {
    this.#tag(field, 1)
    this.#grow(8)
    this.#length = this.#bytes.writeDoubleLE(value, this.#length)
  }

  /** A whole number that is not negative: integers, enums and booleans. */
  whole(field: number, value: number): void {
    this.#tag(field, 0)
    this.#varint(value)
  }

  /** 64 bits; negative ones take ten bytes, as `int64` has them. */
  integer(field: number, value: bigint): void {
    this.#tag(field, 0)
    this.#longVarint(BigInt.asUintN(64, value))
  }

  /** A small integer of either sign, as `sint32` has it. */
  zigzag(field: number, value: number): void {
    this.whole(field, value < 0 ? -2 * value - 1 : 2 * value)
  }

  text(field: number, value: string): void {
    this.bytes(field, Buffer.from(value))
  }

  /** Bytes after their length, without a field: how messages follow each other in a file. */
  delimited(value: Uint8Array): void {
    this.#varint(value.length)
    this.#append(value)
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, 2)
    this.delimited(value)
  }

  message(field: number, write: (inner: ProtobufWriter) => void): void {
    const inner = new ProtobufWriter()
    write(inner)
    this.bytes(field, inner.#bytes.subarray(0, inner.#length))
  }

  packedIntegers(field: number, values: readonly bigint[]): void {
    const packed = new ProtobufWriter()
    for (const value of values) packed.#longVarint(value)
    this.bytes(field, packed.#bytes.subarray(0, packed.#length))
  }

  packedFixed64(field: number, values: readonly (number | bigint)[]): void {
    const packed = Buffer.allocUnsafe(values.length * 8)
    for (const [index, value] of values.entries()) packed.writeBigUInt64LE(BigInt(value), index * 8)
    this.bytes(field, packed)
  }

  packedDoubles(field: number, values: readonly number[]): void {
    const packed = Buffer.allocUnsafe(values.length * 8)
    for (const [index, value] of values.entries()) packed.writeDoubleLE(value, index * 8)
    this.bytes(field, packed)
  }

  #append(value: Uint8Array): void {
    this.#grow(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType)
  }

  #varint(value: number): void {
    this.#grow(10)
    let rest = value
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  #longVarint(value: bigint): void {
    this.#grow(10)
    let rest = value
    while (rest > 127n) {
      this.#bytes[this.#length++] = Number(rest & 127n) + 128
      rest >>= 7n
    }
    this.#bytes[this.#length++] = Number(rest)
  }

  #grow(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

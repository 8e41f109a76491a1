/** The few kinds of fields that metrics need, written as protobuf. */

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

  text(field: number, value: string): void {
    this.bytes(field, Buffer.from(value))
  }

  bytes(field: number, value: Uint8Array): void {
    this.#tag(field, 2)
    this.#varint(value.length)
    this.#grow(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  message(field: number, write: (inner: ProtobufWriter) => void): void {
    const inner = new ProtobufWriter()
    write(inner)
    this.bytes(field, inner.#bytes.subarray(0, inner.#length))
  }

  packedFixed64(field: number, values: readonly number[]): void {
    const packed = Buffer.allocUnsafe(values.length * 8)
    for (const [index, value] of values.entries()) packed.writeBigUInt64LE(BigInt(value), index * 8)
    this.bytes(field, packed)
  }

  packedDoubles(field: number, values: readonly number[]): void {
    const packed = Buffer.allocUnsafe(values.length * 8)
    for (const [index, value] of values.entries()) packed.writeDoubleLE(value, index * 8)
    this.bytes(field, packed)
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

  #grow(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

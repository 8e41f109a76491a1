import fc from 'fast-check'
import protobuf from 'protobufjs/minimal.js'
import { describe, expect, it } from 'vitest'
import { MalformedPayload } from './decode-error.ts'
import { ProtobufReader, tag, WireType } from './protobuf-reader.ts'

const readerOf = (bytes: Iterable<number>): ProtobufReader => new ProtobufReader(Buffer.from([...bytes]))

function varintOf(value: bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return [...bytes, Number(rest)]
}

describe('numbers', () => {
  it('are exact over the whole range of 64 bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const reader = readerOf(varintOf(value))
        expect(BigInt(reader.int64())).toBe(value)
        expect(reader.position).toBe(reader.end)
      }),
    )
  })

  it('are exact as unsigned varints up to 2^53', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(readerOf(varintOf(BigInt(value))).varint()).toBe(value)
      }),
    )
  })

  it('of 32 bits keep their low bits, as protobuf cuts longer ones', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(readerOf(varintOf(value)).uint32()).toBe(Number(BigInt.asUintN(32, value)))
      }),
    )
    expect(readerOf(varintOf(-1n)).uint32()).toBe(2 ** 32 - 1)
  })

  it('may be written longer than needed', () => {
    expect(readerOf([0x80, 0x80, 0x00]).varint()).toBe(0)
    expect(readerOf([0x81, 0x80, 0x80, 0x00]).int64()).toBe(1)
  })

  it('longer than ten bytes are refused', () => {
    expect(() => readerOf(Array.from({ length: 11 }, () => 0xff)).varint()).toThrow(MalformedPayload)
  })

  it('of fixed width agree with another implementation', () => {
    fc.assert(
      fc.property(fc.double(), fc.nat(2 ** 31), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (double, fixed, long) => {
        const fixed64 = Buffer.alloc(8)
        fixed64.writeBigUInt64LE(long)
        const bytes = [...protobuf.Writer.create().double(double).fixed32(fixed).finish(), ...fixed64]
        const reader = readerOf(bytes)
        expect([reader.double(), reader.fixed32(), reader.fixed64()]).toEqual([double, fixed, long])
      }),
    )
  })
})

describe('cut off bytes', () => {
  const reads: [string, (reader: ProtobufReader) => unknown, number[]][] = [
    ['varint', (reader) => reader.varint(), [0xff, 0x01]],
    ['int64', (reader) => reader.int64(), varintOf(-1n)],
    ['fixed32', (reader) => reader.fixed32(), [1, 2, 3, 4]],
    ['fixed64', (reader) => reader.fixed64(), [1, 2, 3, 4, 5, 6, 7, 8]],
    ['double', (reader) => reader.double(), [1, 2, 3, 4, 5, 6, 7, 8]],
    ['lengthDelimited', (reader) => reader.lengthDelimited(), [3, 1, 2, 3]],
  ]

  it.each(reads)('%s throws MalformedPayload at every length but the full one', (_name, read, bytes) => {
    expect(() => read(readerOf(bytes))).not.toThrow()
    for (let length = 0; length < bytes.length; length++) {
      expect(() => read(readerOf(bytes.slice(0, length)))).toThrow(MalformedPayload)
    }
  })

  it('are noticed at the end of the reader, though the buffer goes on', () => {
    const buffer = Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(() => new ProtobufReader(buffer, 2, 5).fixed32()).toThrow(MalformedPayload)
    expect(() => new ProtobufReader(buffer, 2, 5).lengthDelimited()).toThrow(MalformedPayload)
    expect(() => new ProtobufReader(Buffer.from([0x80, 0x80, 1]), 0, 2).varint()).toThrow(MalformedPayload)
  })
})

describe('fields nobody knows', () => {
  it('are skipped whatever their type', () => {
    const bytes = protobuf.Writer.create()
      .uint32(tag(90, WireType.varint))
      .uint32(300)
      .uint32(tag(91, WireType.fixed64))
      .double(1)
      .uint32(tag(92, WireType.bytes))
      .string('unknown')
      .uint32(tag(93, WireType.fixed32))
      .fixed32(7)
      .uint32(tag(1, WireType.varint))
      .uint32(42)
      .finish()
    const reader = readerOf(bytes)
    for (let index = 0; index < 4; index++) reader.skip(reader.tag())
    expect(reader.tag()).toBe(tag(1, WireType.varint))
    expect(reader.varint()).toBe(42)
  })

  it.each([3, 4, 6, 7])('of wire type %i are malformed', (wireType) => {
    expect(() => readerOf([]).skip(tag(1, wireType))).toThrow(MalformedPayload)
  })

  it('with number 0 or beyond 2^29 are malformed', () => {
    expect(() => readerOf([0]).tag()).toThrow(MalformedPayload)
    expect(() => readerOf([7]).tag()).toThrow(MalformedPayload)
    expect(() => readerOf(varintOf(2n ** 32n)).tag()).toThrow(MalformedPayload)
  })
})

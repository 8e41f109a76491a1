import protobuf from 'protobufjs/minimal.js'
import { describe, expect, it } from 'vitest'
import type { SpanRecord } from '#shared/model/batch.ts'
import { unpackAttributes } from '#shared/model/jsonb.ts'
import { MalformedPayload } from './decode-error.ts'
import { decodeLogsProtobuf } from './otlp-logs-protobuf.ts'
import { decodeTracesProtobuf } from './otlp-traces-protobuf.ts'
import { tag, WireType } from './protobuf-reader.ts'

const { bytes, varint, fixed64, fixed32 } = WireType

type Field = (writer: protobuf.Writer) => void

const message = (...fields: readonly Field[]): Uint8Array => {
  const writer = protobuf.Writer.create()
  for (const field of fields) field(writer)
  return writer.finish()
}
const at =
  (field: number, ...fields: readonly Field[]): Field =>
  (writer) =>
    writer.uint32(tag(field, bytes)).bytes(message(...fields))
const raw =
  (field: number, content: Uint8Array): Field =>
  (writer) =>
    writer.uint32(tag(field, bytes)).bytes(content)
const text =
  (field: number, content: string): Field =>
  (writer) =>
    writer.uint32(tag(field, bytes)).string(content)
const number =
  (field: number, value: number): Field =>
  (writer) =>
    writer.uint32(tag(field, varint)).uint32(value)

/** Fields of numbers nobody uses, one of every wire type. */
const unknown: Field = (writer) => {
  writer.uint32(tag(99, varint)).uint32(5)
  writer.uint32(tag(99, fixed64)).double(5)
  writer.uint32(tag(99, fixed32)).float(5)
  writer.uint32(tag(99, bytes)).string('unknown')
}

const ids = [
  raw(
    1,
    Uint8Array.from({ length: 16 }, () => 1),
  ),
  raw(
    2,
    Uint8Array.from({ length: 8 }, () => 2),
  ),
]

function spanOf(...fields: readonly Field[]): SpanRecord {
  const payload = message(at(1, at(2, at(2, ...ids, ...fields))))
  const { records } = decodeTracesProtobuf(Buffer.from(payload))
  const [span] = records
  if (!span) throw new Error('the span was rejected')
  return span
}

const valueOfAttribute = (...value: readonly Field[]): unknown =>
  unpackAttributes(spanOf(at(9, text(1, 'k'), at(2, ...value))).attributes)

describe('fields nobody knows', () => {
  it('are passed over at every level', () => {
    const value = at(2, unknown, text(1, 'v'), unknown)
    const attribute = at(9, unknown, text(1, 'k'), value, unknown)
    const span = at(2, unknown, ...ids, text(5, 'GET'), attribute, at(15, unknown, number(3, 2)), unknown)
    const scope = at(2, unknown, at(1, unknown, text(1, 'library')), span, unknown)
    const resource = at(1, unknown, at(1, text(1, 'service.name'), at(2, text(1, 'cart'))))
    const batch = decodeTracesProtobuf(Buffer.from(message(unknown, at(1, unknown, resource, scope), unknown)))
    expect(batch.rejected.size).toBe(0)
    expect(batch.resources).toMatchObject([{ serviceName: 'cart' }])
    expect(batch.scopes).toMatchObject([{ name: 'library' }])
    expect(batch.records).toMatchObject([{ name: 'GET', statusCode: 2 }])
    expect(batch.records.map(({ attributes }) => unpackAttributes(attributes))).toEqual([[{ key: 'k', value: 'v' }]])
  })

  it('are also those of a known number with another wire type', () => {
    expect(spanOf(number(5, 7), text(6, 'server'), text(5, 'GET'))).toMatchObject({ name: 'GET', kind: 0 })
    expect(valueOfAttribute(text(1, 'kept'), number(4, 1), text(2, 'x'))).toEqual([{ key: 'k', value: 'kept' }])
  })
})

describe('fields that come more than once', () => {
  it('count by their last value', () => {
    expect(spanOf(text(5, 'first'), number(6, 1), text(5, 'last'), number(6, 3))).toMatchObject({
      name: 'last',
      kind: 3,
    })
  })

  it('of a choice count by the last one set', () => {
    expect(valueOfAttribute(text(1, 'text'), number(3, 5))).toEqual([{ key: 'k', value: 5n }])
    expect(valueOfAttribute(number(3, 5), text(1, 'text'))).toEqual([{ key: 'k', value: 'text' }])
    expect(valueOfAttribute(at(5, at(1, text(1, 'long'.repeat(50)))), number(2, 1))).toEqual([
      { key: 'k', value: true },
    ])
  })

  it('of a message are read as one', () => {
    const halves = [at(1, text(1, 'library')), at(1, text(2, '1.0'))]
    const { scopes } = decodeTracesProtobuf(Buffer.from(message(at(1, at(2, ...halves, at(2, ...ids))))))
    expect(scopes).toMatchObject([{ name: 'library', version: '1.0' }])
    expect(spanOf(at(15, number(3, 2)), at(15, text(2, 'no')))).toMatchObject({ statusCode: 2, statusMessage: 'no' })
  })
})

describe('absent fields', () => {
  it('have the defaults of the protocol', () => {
    expect(spanOf()).toMatchObject({
      parentSpanId: null,
      name: '',
      kind: 0,
      startUnixNano: 0n,
      endUnixNano: 0n,
      statusCode: 0,
      traceState: '',
      flags: 0,
      events: null,
      links: null,
    })
    expect(valueOfAttribute()).toEqual([{ key: 'k', value: null }])
    expect(unpackAttributes(spanOf(at(9)).attributes)).toEqual([{ key: '', value: null }])
  })

  it('make an empty batch of an empty request', () => {
    for (const decode of [decodeTracesProtobuf, decodeLogsProtobuf]) {
      expect(decode(Buffer.alloc(0))).toMatchObject({ resources: [], scopes: [], records: [] })
    }
  })
})

describe('a broken frame', () => {
  it.each([
    ['a group', [tag(1, 3)]],
    ['field number 0', [0, 0]],
    ['a length beyond the end', [tag(1, bytes), 200, 1]],
    ['a length beyond 2^53', [tag(1, bytes), 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
    ['a tag cut off', [0x80]],
  ])('(%s) is refused as a whole', (_name, broken) => {
    expect(() => decodeTracesProtobuf(Buffer.from(broken))).toThrow(MalformedPayload)
  })
})

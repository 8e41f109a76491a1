/** What the wire code writes is JSONB to SQLite itself, and reads back as the value it was. */

import type { Database } from 'better-sqlite3'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RejectedRecord } from '../../src/engine/wire/decode-error.ts'
import { JsonbWriter } from '../../src/engine/wire/jsonb-writer.ts'
import { packAttributes, writeValue } from '../../src/engine/wire/otlp-batch-json.ts'
import { anyValueJson, keyValuesJson } from '../../src/engine/wire/otlp-json-encode.ts'
import { type AttributeValue, type KeyValue, unpack, unpackAttributes } from '../../src/shared/model/jsonb.ts'

let db: Database
beforeAll(() => {
  db = new Sqlite(':memory:')
  db.defaultSafeIntegers(true)
})
afterAll(() => db.close())

const isValid = (packed: Uint8Array): unknown => db.prepare('SELECT json_valid(?, 8)').pluck().get(packed)
const asSqlValue = (packed: Uint8Array): unknown => db.prepare("SELECT ? ->> '$'").pluck().get(packed)

function pack(value: AttributeValue, writer = new JsonbWriter()): Uint8Array {
  writer.begin()
  writeValue(writer, anyValueJson(value), 0)
  return writer.take()
}

const text = fc.string({ unit: 'grapheme', maxLength: 300 })
const key = fc.oneof(text, fc.constantFrom('$', '$$', '$bytes', '$double', '$$bytes', '', 'a"b', 'a\\b', 'a\0b'))
const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { arbitrary: text, weight: 3 },
    { arbitrary: fc.constant(null), weight: 1 },
    { arbitrary: fc.boolean(), weight: 1 },
    { arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), weight: 2 },
    { arbitrary: fc.double(), weight: 2 },
    { arbitrary: fc.uint8Array({ maxLength: 300 }), weight: 1 },
    { arbitrary: fc.array(tie('value'), { maxLength: 5 }), weight: 1 },
    {
      arbitrary: fc.array(fc.record({ key, value: tie('value') }), { maxLength: 4 }).map((pairs) => ({ pairs })),
      weight: 2,
    },
  ),
}))

describe('a packed value', () => {
  it('reads back as the value it was, and SQLite accepts it', () => {
    const writer = new JsonbWriter()
    fc.assert(
      fc.property(value, (each) => {
        const packed = pack(each, writer)
        expect(unpack(packed)).toEqual(each)
        expect(isValid(packed)).toBe(1n)
      }),
      { numRuns: 1500 },
    )
  })

  it('stays as it was while the writer goes on', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), (values) => {
        const writer = new JsonbWriter()
        const packed = values.map((each) => pack(each, writer))
        expect(packed.map(unpack)).toEqual(values)
      }),
      { numRuns: 100 },
    )
  })

  it.each<[string, AttributeValue]>([
    ['the smallest integer', -(2n ** 63n)],
    ['the largest integer', 2n ** 63n - 1n],
    ['an integer that no double holds', 2n ** 53n + 1n],
    ['a whole double', 5],
    ['a large double', 1e21],
    ['the smallest double', 5e-324],
    ['the largest double', Number.MAX_VALUE],
    ['minus zero', -0],
    ['text with every kind of escape', '"\\/\b\f\n\r\t\0\u001f\u2028é漢😀'],
  ])('%s is itself in SQL too', (_name, each) => {
    const packed = pack(each)
    expect(unpack(packed)).toEqual(each)
    expect(asSqlValue(packed)).toEqual(each)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%s is kept although JSON has none',
    (each) => {
      const packed = pack([each])
      expect(unpack(packed)).toEqual([each])
      expect(db.prepare('SELECT ? ->> \'$[0]."$double"\'').pluck().get(packed)).toBe(String(each))
    },
  )

  it('of an integer and of a whole double differ', () => {
    expect(unpack(pack(5n))).toBe(5n)
    expect(unpack(pack(5))).toBe(5)
    expect(db.prepare('SELECT json_type(?) || json_type(?)').pluck().get(pack(5n), pack(5))).toBe('integerreal')
  })

  it('that looks like our own marks is not taken for one', () => {
    const maps: AttributeValue[] = ['$bytes', '$double', '$$bytes', '$$$double'].map((name) => ({
      pairs: [{ key: name, value: 'NaN' }],
    }))
    expect(unpack(pack(maps))).toEqual(maps)
  })

  it.each([0, 1, 10, 11, 12, 13, 24, 25, 255, 256, 257, 65_535, 65_536, 65_537, 300_000])(
    'of %i bytes has the right header, as text and as copied UTF-8',
    (length) => {
      for (const content of ['x'.repeat(length), 'é'.repeat(length >> 1).padEnd(length - (length >> 1), 'x')]) {
        const writer = new JsonbWriter()
        writer.begin()
        writer.text(content)
        const fromText = writer.take()
        const source = Buffer.from(`-${content}-`)
        writer.begin()
        writer.utf8(source, 1, source.length - 1)
        const copied = writer.take()
        expect(Buffer.compare(copied, fromText)).toBe(0)
        expect(unpack(copied)).toBe(content)
        expect(isValid(copied)).toBe(1n)
        expect(asSqlValue(copied)).toBe(content)
      }
    },
  )

  it('may be far larger than the writer took memory for', () => {
    const large: AttributeValue = Array.from({ length: 40 }, (_, index) => [`${index}`.repeat(20_000), [BigInt(index)]])
    const packed = pack(large)
    expect(packed.length).toBeGreaterThan(1_000_000)
    expect(unpack(packed)).toEqual(large)
    expect(isValid(packed)).toBe(1n)
  })
})

describe('attributes', () => {
  it('keep order, repeated keys and keys with a dollar, and SQL finds each by its key', () => {
    const pairs = fc.array(fc.record({ key, value }), { maxLength: 8 })
    fc.assert(
      fc.property(pairs, (attributes: KeyValue[]) => {
        const packed = packAttributes(new JsonbWriter(), keyValuesJson(attributes))
        expect(unpackAttributes(packed)).toEqual(attributes)
        expect(isValid(packed)).toBe(1n)
        const types = db.prepare('SELECT key, type FROM json_each(?)').raw().all(packed) as [string, string][]
        expect(types.map(([name]) => name)).toEqual(attributes.map((attribute) => attribute.key))
      }),
      { numRuns: 400 },
    )
  })

  it('refuse text that is not UTF-8, whatever its length', () => {
    for (const length of [1, 5, 24, 25, 300]) {
      const bytes = Buffer.alloc(length, 0x61)
      bytes[length - 1] = 0xff
      expect(() => new JsonbWriter().utf8(bytes, 0, length)).toThrow(RejectedRecord)
    }
    expect(() => new JsonbWriter().text('\ud800')).toThrow(RejectedRecord)
  })
})

describe('unpack', () => {
  it('answers or throws a RangeError or SyntaxError on any bytes, and never reads past their end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          unpack(bytes)
        } catch (error) {
          expect(error instanceof RangeError || error instanceof SyntaxError || error instanceof DOMException).toBe(
            true,
          )
        }
      }),
      { numRuns: 3000 },
    )
  })
})

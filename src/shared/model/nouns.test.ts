import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, isTraceIdHex, isValidId, toHex } from './ids.ts'
import { fromBase64, plainAttributes, toBase64, toPlainJson } from './jsonb.ts'
import { attributeSpellings } from './semconv.ts'
import { lowestSeverity, severityLevel, severityLevels } from './severity.ts'
import { spanKindName } from './span.ts'
import { fromUnixMillis, maxUnixNano, parseUnixNano, toUnixMillis } from './time.ts'

describe('ids', () => {
  it('are the same bytes after a way through hex, in either case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes)
        expect(fromHex(toHex(bytes).toUpperCase())).toEqual(bytes)
      }),
    )
  })

  it('are only hex when they are', () => {
    for (const text of ['a', 'xy', '0x12', ' 12', '12 ', '1g']) expect(fromHex(text)).toBeUndefined()
    expect(fromHex('')).toEqual(new Uint8Array())
  })

  it('are valid with the right length and a bit set', () => {
    expect(isValidId(new Uint8Array(16), 16)).toBe(false)
    expect(
      isValidId(
        Uint8Array.from({ length: 16 }, (_, index) => (index === 15 ? 1 : 0)),
        16,
      ),
    ).toBe(true)
    expect(isValidId(Uint8Array.from([1, 2]), 16)).toBe(false)
    expect([isTraceIdHex('0'.repeat(32)), isTraceIdHex(`${'0'.repeat(31)}1`), isTraceIdHex('1')]).toEqual([
      false,
      true,
      false,
    ])
  })
})

describe('time', () => {
  it('is parsed exactly, up to what the store holds', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: maxUnixNano }), (nanos) => {
        expect(parseUnixNano(nanos.toString())).toBe(nanos)
      }),
    )
    for (const text of ['', '-1', '1.5', '1e9', 'x', ' 1', (maxUnixNano + 1n).toString(), '9'.repeat(30)]) {
      expect(parseUnixNano(text)).toBeUndefined()
    }
  })

  it('of milliseconds is the same after a way through nanoseconds', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 42 }), (millis) => {
        expect(toUnixMillis(fromUnixMillis(millis))).toBe(millis)
      }),
    )
  })
})

describe('severity', () => {
  it('has six levels of four numbers', () => {
    expect([0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, -1].map(severityLevel)).toEqual(
      'unspecified trace trace debug debug info info warn warn error error fatal fatal unspecified unspecified'.split(
        ' ',
      ),
    )
  })

  it('has a lowest number for each level', () => {
    for (const level of severityLevels) expect(severityLevel(lowestSeverity(level))).toBe(level)
    expect(severityLevels.map(lowestSeverity)).toEqual([0, 1, 5, 9, 13, 17, 21])
  })
})

describe('names', () => {
  it('that were renamed know each other, the given one first', () => {
    expect(attributeSpellings('http.method')).toEqual(['http.method', 'http.request.method'])
    expect(attributeSpellings('http.request.method')).toEqual(['http.request.method', 'http.method'])
    expect(attributeSpellings('order.id')).toEqual(['order.id'])
    expect(attributeSpellings('constructor')).toEqual(['constructor'])
  })

  it('of kinds read unspecified as internal and keep unknown numbers', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map(spanKindName)).toEqual([
      'internal',
      'internal',
      'server',
      'client',
      'producer',
      'consumer',
      'kind 9',
    ])
  })
})

describe('plain JSON', () => {
  it('has no number that was rounded', () => {
    expect(toPlainJson([1n, 2n ** 53n - 1n, 2n ** 53n, -(2n ** 63n), 0.1, Number.NaN, -Infinity])).toEqual([
      1,
      2 ** 53 - 1,
      '9007199254740992',
      '-9223372036854775808',
      0.1,
      'NaN',
      '-Infinity',
    ])
  })

  it('keeps any key, the last of equal ones', () => {
    const attributes = plainAttributes([
      { key: 'a', value: 1n },
      { key: '__proto__', value: 'x' },
      { key: 'a', value: { pairs: [{ key: 'b', value: new Uint8Array([1, 2]) }] } },
    ])
    expect(Object.entries(attributes)).toEqual([
      ['a', { b: 'AQI=' }],
      ['__proto__', 'x'],
    ])
  })

  it('has bytes as base64, which reads back in both alphabets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64(bytes)
        expect(fromBase64(text)).toEqual(bytes)
        expect(fromBase64(text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))).toEqual(bytes)
      }),
    )
  })
})

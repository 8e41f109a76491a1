import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseByteSize, writeByteSize } from './byte-size.ts'

describe('a typed size', () => {
  test.each([
    ['2 GiB', 2_147_483_648],
    ['2gib', 2_147_483_648],
    ['2 G', 2_147_483_648],
    ['1,5 MiB', 1_572_864],
    ['500 MB', 500_000_000],
    ['16 kb', 16_000],
    ['512 B', 512],
    ['2', undefined],
    ['', undefined],
    ['GiB', undefined],
    ['-1 GiB', undefined],
    ['1 GiB 2', undefined],
    ['1 parsec', undefined],
    ['99999999 TiB', undefined],
  ])('%s', (text, expected) => {
    expect(parseByteSize(text)).toBe(expected)
  })
})

test('a size is written in the unit that suits it', () => {
  expect([2_147_483_648, 1_610_612_736, 500_000_000, 16_777_216, 1_234_567, 0].map(writeByteSize)).toEqual([
    '2 GiB',
    '1.5 GiB',
    '500 MB',
    '16 MiB',
    '1234567 B',
    '0 B',
  ])
})

test('what is written reads back as the same size', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (bytes) => {
      expect(parseByteSize(writeByteSize(bytes))).toBe(bytes)
    }),
  )
})

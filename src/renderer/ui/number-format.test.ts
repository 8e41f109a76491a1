import { expect, test } from 'vitest'
import { formatNumber, scaledNumber } from './number-format.ts'

test.each([
  [0, '0'],
  [0.042, '0.042'],
  [12.345, '12.3'],
  [123.45, '123'],
  [1_240, '1,240'],
  [98_765.4, '98,765'],
  [999_999, '999,999'],
  [999_999.9, '1 M'],
  [1_240_000, '1.24 M'],
  [-5, '−5'],
  [1e-7, '1e−7'],
  [1.234e21, '1.23e21'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '∞'],
])('%d', (value, expected) => {
  expect(formatNumber(value).replaceAll('\u00a0', ' ')).toBe(expected)
})

test('a prefix is left as soon as rounding would reach the next', () => {
  expect(scaledNumber(1_023.4, 1_024, 4)).toEqual({ text: '1,023', power: 0 })
  expect(scaledNumber(1_023.6, 1_024, 4)).toEqual({ text: '1', power: 1 })
  expect(scaledNumber(1_024 ** 6, 1_024, 4).power).toBe(4)
})

import { describe, expect, test } from 'vitest'
import { parseDuration } from './parse-duration.ts'

describe('a typed duration', () => {
  test.each([
    ['500ms', 500_000_000],
    ['1.2s', 1_200_000_000],
    ['1,2 s', 1_200_000_000],
    ['640µs', 640_000],
    ['640us', 640_000],
    ['12 NS', 12],
    ['1m30s', 90_000_000_000],
    ['2h', 7_200_000_000_000],
    ['250', 250_000_000],
    ['0', 0],
    ['.5s', undefined],
    ['', undefined],
    ['fast', undefined],
    ['5 parsecs', undefined],
    ['-5ms', undefined],
    ['1..2s', undefined],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected)
  })
})

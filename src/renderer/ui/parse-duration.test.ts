import { describe, expect, test } from 'vitest'
import { parseDuration, writeDuration } from './parse-duration.ts'

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

describe('a duration as a field writes it', () => {
  test.each([
    [1_200_000_000, '1.2s'],
    [500_000_000, '0.5s'],
    [38_400_000, '38.4ms'],
    [1_234_567_891, '1.234567891s'],
    [7, '7ns'],
    [0, '0s'],
  ])('%d ns', (ns, expected) => {
    expect(writeDuration(ns)).toBe(expected)
    expect(parseDuration(expected)).toBe(ns)
  })

  test('exactly, whatever the edge of a bucket was', () => {
    for (let ns = 3; ns < 1e12; ns = Math.ceil(ns * 1.37)) expect(parseDuration(writeDuration(ns))).toBe(ns)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exactDuration,
  exactInstant,
  formatAge,
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatInstant,
  formatMinute,
  formatQuantity,
  formatRate,
  formatShare,
} from './format.ts'

/** Texts with the no-break spaces made plain. */
const plain = (text: string) => text.replaceAll(' ', ' ')

describe('durations', () => {
  test.each([
    [0, '0 ns'],
    [1, '1 ns'],
    [12, '12 ns'],
    [999, '999 ns'],
    [999.4, '999 ns'],
    [1_000, '1 µs'],
    [1_500, '1.5 µs'],
    [640_000, '640 µs'],
    [999_400, '999 µs'],
    [999_960, '1 ms'],
    [38_000_000, '38 ms'],
    [38_412_345, '38.4 ms'],
    [999_400_000, '999 ms'],
    [999_960_000, '1.00 s'],
    [999_499_999, '999 ms'],
    [999_500_000, '1.00 s'],
    [1_240_000_123, '1.24 s'],
    [5_000_000_000, '5.00 s'],
    [9_994_000_000, '9.99 s'],
    [9_996_000_000, '10.0 s'],
    [12_340_000_000, '12.3 s'],
    [59_940_000_000, '59.9 s'],
    [59_960_000_000, '1 min 0 s'],
    [65_000_000_000, '1 min 5 s'],
    [3_599_400_000_000, '59 min 59 s'],
    [3_599_700_000_000, '1 h 0 min'],
    [7_500_000_000_000, '2 h 5 min'],
    [86_399_000_000_000, '1 d 0 h'],
    [273_600_000_000_000, '3 d 4 h'],
    [2 ** 63, '106,752 d 0 h'],
  ])('%d ns is %s', (ns, expected) => {
    expect(plain(formatDuration(ns))).toBe(expected)
  })

  test('negative ones have a minus sign', () => {
    expect(plain(formatDuration(-38_000_000))).toBe('−38 ms')
    expect(plain(exactDuration(-1_500))).toBe('−1.5 µs')
  })

  test('no number has no text', () => {
    expect(formatDuration(Number.NaN)).toBe('–')
    expect(exactDuration(Number.POSITIVE_INFINITY)).toBe('–')
  })

  test('no unit ever shows a thousand of the smaller one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (ns) => {
        const text = plain(formatDuration(ns))
        expect(text).not.toMatch(/^1000 (ns|µs|ms)/)
        expect(text).not.toMatch(/\b60(\.\d+)? (s|min)$|\b24 h$/)
      }),
    )
  })

  test('what is shown is within one percent below a minute', () => {
    const sizes: Record<string, number> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59_000_000_000 }), (ns) => {
        const [amount, unit] = plain(formatDuration(ns)).split(' ')
        const shown = Number(amount) * (sizes[unit ?? ''] ?? Number.NaN)
        expect(Math.abs(shown - ns) / ns).toBeLessThan(0.01)
      }),
    )
  })

  test.each([
    [0, '0 ns'],
    [1_240_000_123, '1.240000123 s'],
    [38_400_000, '38.4 ms'],
    [38_000_000, '38 ms'],
    [640_001, '640.001 µs'],
    [3_600_000_000_001, '3,600.000000001 s'],
  ])('%d ns is exactly %s', (ns, expected) => {
    expect(plain(exactDuration(ns))).toBe(expected)
  })
})

describe('numbers', () => {
  test('counts', () => {
    expect([0, 999, 1_240, 1_234_567, -1_240].map(formatCount)).toEqual(['0', '999', '1,240', '1,234,567', '−1,240'])
    expect(plain(formatQuantity(1, 'span'))).toBe('1 span')
    expect(plain(formatQuantity(0, 'span'))).toBe('0 spans')
    expect(plain(formatQuantity(2, 'query', 'queries'))).toBe('2 queries')
  })

  test('rates', () => {
    expect([0, 0.0001, 0.000_567, 0.001_11, 0.0166, 0.0996, 0.44, 9.84, 9.96, 31.2, 1_240.4].map(formatRate)).toEqual([
      '0/s',
      '<0.001/s',
      '0.0006/s',
      '0.0011/s',
      '0.017/s',
      '0.1/s',
      '0.4/s',
      '9.8/s',
      '10/s',
      '31/s',
      '1,240/s',
    ])
  })

  test('sizes', () => {
    const mib = 1_024 ** 2
    expect(
      [0, 999, 1_024, 1_240, 10_200, 1_023 * 1_024, 1_023.7 * 1_024, 312 * mib, 1.5 * 1_024 * mib].map((size) =>
        plain(formatBytes(size)),
      ),
    ).toEqual(['0 B', '999 B', '1 KiB', '1.2 KiB', '10 KiB', '1,023 KiB', '1 MiB', '312 MiB', '1.5 GiB'])
  })

  test('shares', () => {
    expect([0, 0.0001, 0.041, 0.986, 0.99999, 1, 17.3].map((share) => plain(formatShare(share)))).toEqual([
      '0 %',
      '<0.1 %',
      '4.1 %',
      '98.6 %',
      '>99.9 %',
      '100 %',
      '1,730 %',
    ])
  })
})

describe('instants', () => {
  const date = new Date(2026, 10, 22, 12, 9, 41, 218)
  const instant = BigInt(date.getTime()) * 1_000_000n + 345_678n

  test('today shows the time alone', () => {
    expect(formatInstant(instant, new Date(2026, 10, 22, 23, 0))).toBe('12:09:41.218')
    expect(formatClock(String(instant))).toBe('12:09:41.218')
  })

  test('another day has its date', () => {
    expect(formatInstant(String(instant), new Date(2026, 10, 23))).toBe('2026-11-22 12:09:41.218')
  })

  test('to the minute', () => {
    expect(formatMinute(instant, new Date(2026, 10, 22, 23, 0))).toBe('12:09')
    expect(formatMinute(instant, new Date(2026, 10, 23))).toBe('2026-11-22 12:09')
  })

  test('milliseconds are cut off, not rounded', () => {
    expect(formatClock(instant + 654_000n)).toBe('12:09:41.218')
  })

  test('every nanosecond on hover', () => {
    expect(exactInstant(instant)).toMatch(/^2026-11-22 12:09:41\.218345678 [+-]\d\d:\d\d$/)
  })

  test('the first and the last instant there are', () => {
    expect(exactInstant('0')).toMatch(/\.000000000 /)
    expect(exactInstant('9223372036854775807')).toMatch(/\.854775807 /)
  })

  test('ages', () => {
    const now = (seconds: number) => new Date(date.getTime() + seconds * 1_000)
    const age = (seconds: number) => plain(formatAge(instant, now(seconds)))
    expect([0, 1, 12, 59, 60, 3_599, 3_600, 86_399, 86_400, 864_000].map(age)).toEqual([
      'just now',
      'just now',
      '12 s ago',
      '59 s ago',
      '1 min ago',
      '59 min ago',
      '1 h ago',
      '23 h ago',
      '1 d ago',
      '10 d ago',
    ])
    expect(age(-300)).toBe('in 5 min')
  })
})

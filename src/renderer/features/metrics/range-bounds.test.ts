import { expect, test } from 'vitest'
import { readTimeRange } from '../../client/time-range-url.ts'
import { rangeUpTo, untilNow, widerRange } from './range-bounds.ts'

const now = 1_800_000_000_000_000_000n
const shown = { start: now - 1_000n, end: now - 500n }

function range(url: { range?: '15m' | '24h' | 'all'; start?: string; end?: string }) {
  return readTimeRange({ range: undefined, start: undefined, end: undefined, ...url }, '15m', () => now)
}

test('a live range ends now, everything has no bounds, a fixed one keeps its own', () => {
  expect(untilNow(range({ range: '15m' })).end).toMatch(/^\d{19}$/)
  expect(untilNow(range({ range: 'all' }))).toEqual({})
  expect(untilNow(range({ start: '5', end: '9' }))).toEqual({ start: '5', end: '9' })
})

test('wider: the next live range, or twice the time on show, not beyond now', () => {
  expect(widerRange(range({ range: '15m' }), shown, now)).toBe('1h')
  expect(widerRange(range({ range: '24h' }), shown, now)).toBe('all')
  expect(widerRange(range({ range: 'all' }), shown, now)).toBe('all')
  const fixed = range({ start: String(shown.start), end: String(shown.end) })
  expect(widerRange(fixed, shown, now)).toEqual({ start: String(now - 1_250n), end: String(now - 250n) })
  expect(widerRange(fixed, { start: now - 1_000n, end: now - 10n }, now)).toMatchObject({ end: String(now) })
  expect(widerRange(fixed, { start: 2n, end: 10n }, now)).toMatchObject({ start: '0' })
})

test('the minutes before the newest point', () => {
  expect(rangeUpTo(String(now))).toEqual({ start: String(now - 900_000_000_000n), end: String(now + 30_000_000_000n) })
})

import { expect, it, vi } from 'vitest'
import { fromUnixMillis } from '#shared/model/time.ts'
import { duration, instant } from './time-options.ts'

it.each([
  ['500ms', 500e6],
  ['1.5s', 1.5e9],
  ['2m', 120e9],
  ['1h', 3600e9],
  ['3ns', 3],
])('%s is a duration', (text, nanos) => {
  expect(duration(text)).toBe(nanos)
})

it.each(['', '5', '-5ms', '1.5.5s', '5 ms', '1e3s', '5 parsecs'])('"%s" is none', (text) => {
  expect(() => duration(text)).toThrow(/must be a duration/)
})

it.each([
  ['2026-11-28T09:30:00Z', '1795858200000000000'],
  ['2026-11-28T09:30:00.123456789Z', '1795858200123456789'],
  ['2026-11-28T10:30+01:00', '1795858200000000000'],
  ['2024-02-29T00:00Z', '1709164800000000000'],
])('%s is an instant', (text, nanos) => {
  expect(instant(text)).toBe(nanos)
})

it('without a zone it is this machine’s', () => {
  const local = fromUnixMillis(new Date(2026, 10, 28, 9, 30).getTime())
  expect(instant('2026-11-28T09:30')).toBe(local.toString())
  expect(instant('2026-11-28')).toBe(fromUnixMillis(new Date(2026, 10, 28).getTime()).toString())
})

it('so long ago ends at 1970', () => {
  vi.useFakeTimers({ now: 1_000_000 })
  expect(instant('15m')).toBe('100000000000')
  expect(instant('99999999999d')).toBe('0')
  vi.useRealTimers()
})

it.each(['2026-02-30', '2026-02-30T10:00:00Z', '2026-11-28T25:00:00Z', '2026-11-28 09:30', '1969-12-31', 'now', ''])(
  '"%s" is none',
  (text) => {
    expect(() => instant(text)).toThrow(/must be a time/)
  },
)

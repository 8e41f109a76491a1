import { describe, expect, test } from 'vitest'
import { boundsOf, defaultRange, readTimeRange, timeRangeSchema } from './time-range-url.ts'

const now = 1_795_336_500_000_000_000n
const minuteNs = 60_000_000_000n
const ago = (minutes: bigint) => String(now - minutes * minuteNs)

describe('the default range', () => {
  test('reaches the newest data', () => {
    expect(defaultRange(ago(0n), now)).toBe('15m')
    expect(defaultRange(ago(15n), now)).toBe('15m')
    expect(defaultRange(ago(16n), now)).toBe('1h')
    expect(defaultRange(ago(61n), now)).toBe('6h')
    expect(defaultRange(ago(400n), now)).toBe('24h')
    expect(defaultRange(ago(1_441n), now)).toBe('all')
    expect(defaultRange('0', now)).toBe('all')
  })

  test('data from the future counts as new', () => {
    expect(defaultRange(String(now + minuteNs), now)).toBe('15m')
  })

  test('an empty store begins with 15 minutes', () => {
    expect(defaultRange(null, now)).toBe('15m')
    expect(defaultRange(undefined, now)).toBe('15m')
  })
})

describe('reading the URL', () => {
  const read = (search: Record<string, unknown>) => readTimeRange(timeRangeSchema.parse(search), '1h', () => now)

  test('a named range ends now and moves', () => {
    const range = read({ range: '5m' })
    expect(range).toMatchObject({ name: '5m', live: true, key: '5m', start: ago(5n) })
    expect(range.end).toBeUndefined()
    expect(range.resolve()).toEqual({ start: ago(5n) })
  })

  test('everything has no bounds', () => {
    expect(read({ range: 'all' }).resolve()).toEqual({})
    expect(boundsOf('all', now)).toEqual({})
  })

  test('a fixed range is taken as it is', () => {
    const range = read({ start: '1', end: '2', range: '5m' })
    expect(range).toMatchObject({ name: undefined, live: false, start: '1', end: '2' })
    expect(range.resolve()).toEqual({ start: '1', end: '2' })
  })

  test('a range open at its end is live', () => {
    expect(read({ start: '1' })).toMatchObject({ live: true, start: '1' })
  })

  test('nonsense falls back', () => {
    expect(read({}).name).toBe('1h')
    expect(read({ range: 'week' }).name).toBe('1h')
    expect(read({ start: '5', end: '2' }).name).toBe('1h')
    expect(read({ start: 'yesterday' }).name).toBe('1h')
    expect(read({ start: '99999999999999999999' }).name).toBe('1h')
  })

  test('a clock before 1970 plus five minutes asks for no negative instant', () => {
    expect(boundsOf('24h', 5n)).toEqual({ start: '0' })
  })
})

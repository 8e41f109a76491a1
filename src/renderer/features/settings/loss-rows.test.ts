import { describe, expect, test } from 'vitest'
import { lossTable } from './loss-rows.ts'

const minute = 60_000_000_000n
const now = 29_000_000n * minute + 5_000_000_000n
const at = (minutesAgo: number) => String(29_000_000n * minute - BigInt(minutesAgo) * minute)
const loss = (reason: string, count: number, minutesAgo: number) => ({
  signal: 'traces',
  reason,
  count,
  minuteUnixNano: at(minutesAgo),
})

describe('losses by time', () => {
  test('an hour has one bar per minute, the newest at the end', () => {
    const { rows, windowText } = lossTable(
      [{ signal: 'traces', reason: 'invalid trace id', count: 6 }],
      [loss('invalid trace id', 4, 0), loss('invalid trace id', 2, 59)],
      now,
    )
    expect(windowText).toBe('Last 60 min')
    const bars = rows[0]?.bars.map((bar) => bar?.height)
    expect(bars).toHaveLength(60)
    expect([bars?.[0], bars?.[1], bars?.[59]]).toEqual([0.5, undefined, 1])
    expect(rows[0]?.barsText).toBe('6 in this time, at most 4 per minute')
    expect(rows[0]?.advice).toMatch(/16 bytes/)
  })

  test('more than an hour has wider bars, and none is left out', () => {
    const { rows, windowText } = lossTable(
      [{ signal: 'traces', reason: 'x', count: 3 }],
      [loss('x', 1, 0), loss('x', 2, 60)],
      now,
    )
    expect(windowText).toMatch(/^Since /)
    expect(rows[0]?.bars.map((bar) => bar?.height ?? 0).reduce((sum, height) => sum + height, 0)).toBe(1.5)
    expect(rows[0]?.barsText).toBe('3 in this time, at most 2 per 2 minutes')
  })

  test('what happened last stands first, what is no longer listed by minute last', () => {
    const total = (reason: string) => ({ signal: 'traces', reason, count: 1 })
    const { rows } = lossTable([total('old'), total('new'), total('gone')], [loss('old', 1, 9), loss('new', 1, 1)], now)
    expect(rows.map(({ reason }) => reason)).toEqual(['new', 'old', 'gone'])
    expect(rows[2]?.lastUnixNano).toBeUndefined()
    expect(rows[2]?.barsText).toBe('none lately')
  })

  test('pruning is told from mistakes', () => {
    const { rows } = lossTable([{ signal: 'logs', reason: 'pruned: over the size limit', count: 9 }], [], now)
    expect(rows[0]?.advice).toMatch(/Retention/)
  })
})

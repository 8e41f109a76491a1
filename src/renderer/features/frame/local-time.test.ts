import { describe, expect, test } from 'vitest'
import { fromLocalInput, toLocalInput } from './local-time.ts'

describe('the date-and-time field', () => {
  test('a value read and written again is the same', () => {
    const text = '2026-11-22T08:48:37'
    const instant = fromLocalInput(text)
    expect(instant).toBe(BigInt(new Date(2026, 10, 22, 8, 48, 37).getTime()) * 1_000_000n)
    expect(toLocalInput(instant ?? 0n)).toBe(text)
  })

  test('seconds may be missing and milliseconds given', () => {
    expect(fromLocalInput('2026-11-22T08:48')).toBe(fromLocalInput('2026-11-22T08:48:00'))
    expect(fromLocalInput('2026-11-22T08:48:00.250')).toBe((fromLocalInput('2026-11-22T08:48:00') ?? 0n) + 250_000_000n)
  })

  test('what is no instant is undefined', () => {
    for (const text of ['', '2026-11-22', 'yesterday', '2026-13-45T99:00', '1950-01-01T00:00'])
      expect(fromLocalInput(text)).toBeUndefined()
  })
})

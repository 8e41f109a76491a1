import { describe, expect, it } from 'vitest'
import { durationChange, rateChange, shareChange } from './change.ts'

const ms = 1e6

describe('changes against the window before', () => {
  it('of latency are differences, bad when it rose by a fifth', () => {
    expect(durationChange(1_840 * ms, 340 * ms)).toMatchObject({ text: '▲ 1.50 s', spoken: 'up 1.50 s', isBad: true })
    expect(durationChange(110 * ms, 100 * ms)?.isBad).toBe(false)
    expect(durationChange(50 * ms, 100 * ms)).toMatchObject({ text: '▼ 50 ms', isBad: false })
    expect(durationChange(101 * ms, 100 * ms)?.text).toBe('± 1 %')
    expect(durationChange(null, 100 * ms)).toBeUndefined()
  })

  it('of traffic are shares, and never bad', () => {
    expect(rateChange(20, 10)).toMatchObject({ text: '▲ 100 %', isBad: false })
    expect(rateChange(5, 10)?.text).toBe('▼ 50 %')
    expect(rateChange(200, 10)?.text).toBe('▲ 20×')
    expect(rateChange(10.2, 10)?.text).toBe('± 2 %')
    expect(rateChange(10, 0)).toBeUndefined()
  })

  it('of shares are points, bad from so many upward', () => {
    expect(shareChange(0.041, 0.001, 1)).toMatchObject({ text: '▲ 4 pts', isBad: true })
    expect(shareChange(0.92, 0.31, 10)?.text).toBe('▲ 61 pts')
    expect(shareChange(0.001, 0.041, 1)).toMatchObject({ text: '▼ 4 pts', isBad: false })
    expect(shareChange(0.5, 0.5, 1)?.text).toBe('± 0')
    expect(shareChange(null, 0.5, 1)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { logCountText } from './trace-log-rows.ts'

describe('logCountText', () => {
  it('is honest about what is loaded', () => {
    expect(logCountText(14, 14, false)).toBe('14 logs of this trace')
    expect(logCountText(1, 1, false)).toBe('1 log of this trace')
    expect(logCountText(3, 14, false)).toBe('3 of 14 logs')
    expect(logCountText(5000, 5000, true)).toBe('5,000+ logs of this trace')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clampWindow, fullWindow } from './trace-geometry.ts'
import { traceSearchSchema, windowOf, windowParams } from './trace-url.ts'

describe('traceSearchSchema', () => {
  it('reads a link', () => {
    expect(traceSearchSchema.parse({ span: 'abcdef0123456789.2', from: '10', to: 20, logs: 'span' })).toEqual({
      span: 'abcdef0123456789.2',
      from: 10,
      to: 20,
      logs: 'span',
    })
  })

  it('never refuses a mangled one', () => {
    fc.assert(
      fc.property(
        fc.record({
          span: fc.anything(),
          from: fc.anything(),
          to: fc.anything(),
          focus: fc.anything(),
          logs: fc.anything(),
        }),
        (search) => {
          expect(traceSearchSchema.safeParse(search).success).toBe(true)
        },
      ),
    )
  })
})

describe('the window in the URL', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.integer({ min: 10, max: 1e6 }), (start, end, durationNs) => {
        const window = clampWindow({ start, end }, fullWindow(durationNs))
        expect(windowOf(windowParams(window, durationNs), durationNs)).toEqual(window)
      }),
    )
  })

  it('is the whole trace when absent or nonsense', () => {
    expect(windowOf({}, 500)).toEqual({ start: 0, end: 500 })
    expect(windowOf({ from: 50, to: 20 }, 500)).toEqual({ start: 0, end: 500 })
    expect(windowParams({ start: 0, end: 500 }, 500)).toEqual({ from: undefined, to: undefined })
  })
})

import { describe, expect, test } from 'vitest'
import { isAttributeFilter, toFilter, tracesUrlSchema } from './traces-url.ts'

describe("the Traces screen's URL", () => {
  test('one attribute or many', () => {
    expect(tracesUrlSchema.parse({ attr: 'a=1' }).attr).toEqual(['a=1'])
    expect(tracesUrlSchema.parse({ attr: ['a=1', 'b=2'] }).attr).toEqual(['a=1', 'b=2'])
  })

  test('a mangled link still opens', () => {
    expect(
      tracesUrlSchema.parse({ of: 'lunch', outcome: 'so-so', order: 'sideways', errors: 'maybe', attr: 7 }),
    ).toEqual({
      of: undefined,
      outcome: undefined,
      order: undefined,
      errors: false,
      attr: undefined,
    })
  })

  test('filters become what the engine takes', () => {
    const url = tracesUrlSchema.parse({
      operation: 'GET /',
      attr: ['order.id=A=1', 'nonsense'],
      min: '500ms',
      max: 'x',
      errors: 'true',
    })
    expect(toFilter(url, 'shop')).toEqual({
      service: 'shop',
      operation: 'GET /',
      attr: ['order.id=A=1'],
      minDurationNs: 500_000_000,
      errors: true,
    })
    expect(toFilter(tracesUrlSchema.parse({}), undefined)).toEqual({})
  })

  test('what was brushed on a chart arrives exactly', () => {
    const url = tracesUrlSchema.parse({ of: 'requests', outcome: 'failed', min: '1234567891ns', max: '5000000000ns' })
    expect(toFilter(url, 'checkout')).toEqual({
      of: 'requests',
      outcome: 'failed',
      service: 'checkout',
      minDurationNs: 1_234_567_891,
      maxDurationNs: 5_000_000_000,
    })
    expect(toFilter(tracesUrlSchema.parse({ of: 'trace' }), undefined)).toEqual({})
  })

  test('an attribute filter needs a key and an equals sign', () => {
    for (const text of ['k=v', 'http.route=/a=b', 'k=']) expect(isAttributeFilter(text)).toBe(true)
    for (const text of ['', 'k', '=v', ' =v']) expect(isAttributeFilter(text)).toBe(false)
  })
})

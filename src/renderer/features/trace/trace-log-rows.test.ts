import { describe, expect, it } from 'vitest'
import { exceptionFields, otherAttributes } from './exception-fields.ts'
import { logCountText, logLine } from './trace-log-rows.ts'

const exception = {
  'exception.type': 'TypeError',
  'exception.message': 'x is undefined',
  'exception.stacktrace': 'at f',
}

describe('logLine', () => {
  it('shows any body on one line', () => {
    expect(logLine({ body: 'order\nfailed', eventName: '', attributes: {} })).toBe('order ⏎ failed')
    expect(logLine({ body: { order: 7 }, eventName: '', attributes: {} })).toBe('{"order":7}')
    expect(logLine({ body: 0, eventName: 'ignored', attributes: {} })).toBe('0')
  })

  it('falls back to the event name, then to the exception', () => {
    expect(logLine({ body: null, eventName: 'device.crash', attributes: exception })).toBe('device.crash')
    expect(logLine({ body: '', eventName: '', attributes: exception })).toBe('x is undefined')
    expect(logLine({ body: undefined, eventName: '', attributes: {} })).toBe('')
  })
})

describe('exceptionFields', () => {
  it('takes what there is', () => {
    expect(exceptionFields(exception)).toEqual({ type: 'TypeError', message: 'x is undefined', stacktrace: 'at f' })
    expect(exceptionFields({ 'exception.message': 5 })).toEqual({ type: '', message: '5', stacktrace: '' })
    expect(exceptionFields({ 'http.route': '/buy' })).toBeUndefined()
  })

  it('leaves the other attributes', () => {
    expect(otherAttributes({ ...exception, 'exception.escaped': true, a: 1 })).toEqual({
      'exception.escaped': true,
      a: 1,
    })
  })
})

describe('logCountText', () => {
  it('is honest about what is loaded', () => {
    expect(logCountText(14, 14, false)).toBe('14 logs of this trace')
    expect(logCountText(1, 1, false)).toBe('1 log of this trace')
    expect(logCountText(3, 14, false)).toBe('3 of 14 logs')
    expect(logCountText(5000, 5000, true)).toBe('5,000+ logs of this trace')
  })
})

import { describe, expect, it } from 'vitest'
import { exceptionFields, otherAttributes } from './exception-fields.ts'
import { logLine } from './log-line.ts'

const exception = {
  'exception.type': 'TypeError',
  'exception.message': 'x is undefined',
  'exception.stacktrace': 'at f',
}

describe('logLine', () => {
  const line = (body: unknown) => logLine({ body, eventName: 'ignored', attributes: {} }).text

  it('shows any body on one line', () => {
    expect(line('order\nfailed')).toBe('order ⏎ failed')
    expect(line({ a: [1, null] })).toBe('{"a":[1,null]}')
    expect(line(0)).toBe('0')
    expect(line('\u001b[31mone\ntwo\u001b[0m')).toBe('one ⏎ two')
    expect(line('x'.repeat(1_000_000)).length).toBeLessThan(1_100)
  })

  it('falls back to the event name, then to the exception', () => {
    expect(logLine({ body: null, eventName: 'device.crash', attributes: exception })).toEqual({
      text: 'device.crash',
      isBody: false,
    })
    expect(logLine({ body: '', eventName: '', attributes: exception }).text).toBe('x is undefined')
    expect(logLine({ body: '', eventName: '', attributes: { 'exception.type': 'E' } }).text).toBe('E')
    expect(logLine({ body: undefined, eventName: '', attributes: {} }).text).toBe('')
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

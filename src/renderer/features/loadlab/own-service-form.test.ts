import { expect, test } from 'vitest'
import { hostToConfirm, parseHeaders, writeHeaders } from './own-service-form.ts'

test('headers are lines, and come back as they went', () => {
  const { headers, problem } = parseHeaders('Accept: application/json\n\n  X-Key:  a:b \n')
  expect(headers).toEqual({ Accept: 'application/json', 'X-Key': 'a:b' })
  expect(problem).toBeUndefined()
  expect(parseHeaders(writeHeaders(headers)).headers).toEqual(headers)
})

test('the first line that is none is told', () => {
  expect(parseHeaders('nothing').problem).toContain('“nothing” is no header')
  expect(parseHeaders('two words: x').problem).toContain('two words: x')
})

test('only an address that is not this machine asks for a word', () => {
  const refused = { code: 'BAD_INPUT', data: { reason: 'not-loopback', host: 'shop.example' } }
  expect(hostToConfirm(refused)).toBe('shop.example')
  expect(hostToConfirm({ code: 'BAD_INPUT', data: {} })).toBeUndefined()
  expect(hostToConfirm(null)).toBeUndefined()
})

/** Load goes to this machine, or to a host that somebody confirmed by name. */

import { expect, it } from 'vitest'
import { checkTarget } from './target.ts'

const target = { method: 'GET', headers: {}, body: '' }

it.each([
  'http://localhost:8080/',
  'http://127.0.0.1/',
  'http://127.1.2.3:9/x',
  'http://[::1]:80/',
  'https://localhost/',
])('takes %s', (url) => {
  expect(checkTarget({ ...target, url }).url).toContain('://')
})

it.each([
  ['http://example.com/', 'not this machine'],
  ['http://127.0.0.1.example.com/', 'not this machine'],
  ['http://10.0.0.1/', 'not this machine'],
  ['ftp://localhost/', 'no URL'],
  ['localhost:80', 'no URL'],
  ['http://user:pw@localhost/', 'credentials'],
])('refuses %s', (url, said) => {
  expect(() => checkTarget({ ...target, url })).toThrow(said)
})

it('takes another machine when its very name was confirmed', () => {
  const url = 'http://shop.example/'
  expect(checkTarget({ ...target, url, confirmedHost: 'shop.example' }).url).toBe(url)
  expect(() => checkTarget({ ...target, url, confirmedHost: 'example' })).toThrow('not this machine')
})

it.each([
  [{ 'bad name': 'x' }, 'no header name'],
  [{ a: 'x\r\ny: z' }, "can't be sent"],
  [{ TraceParent: 'x' }, 'set by the load lab'],
])('refuses the headers %j', (headers, said) => {
  expect(() =>
    checkTarget({ ...target, headers: headers as Record<string, string>, url: 'http://localhost/' }),
  ).toThrow(said)
})

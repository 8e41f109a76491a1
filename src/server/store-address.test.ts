import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { announceStore, readStoreAddress } from './store-address.ts'

const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
const database = join(folder, 'shop.db')
const file = `${database}.address`
afterEach(() => rmSync(file, { force: true }))

it('is there for its owner alone, until it is taken back', () => {
  const api = { url: 'http://127.0.0.1:4319', token: 't' }
  const withdraw = announceStore(database, { program: 'spanlight serve', api })
  expect(readStoreAddress(database)).toEqual({ pid: process.pid, program: 'spanlight serve', api })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  withdraw()
  expect(readStoreAddress(database)).toBeUndefined()
})

it.each([
  ['http://[::1]:4319', true],
  ['http://localhost:4319', true],
  ['http://203.0.113.7:4319', false],
  ['http://example.org', false],
  ['file:///etc/passwd', false],
  ['127.0.0.1:4319', false],
])('that says %s is believed: %s', (url, isBelieved) => {
  // A file that came along with a database must not send what is imported to somebody else.
  writeFileSync(file, JSON.stringify({ pid: 1, program: 'x', api: { url, token: 't' } }))
  expect(readStoreAddress(database)?.api?.url).toBe(isBelieved ? url : undefined)
})

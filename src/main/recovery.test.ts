import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshBeside, nextStart } from './recovery.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanlight-recovery-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const last = { version: '1.0.0', otlpGrpcPort: 5000 }
const chosen = (file: string | undefined) => ({ chooseFile: async () => file })

test('each way out changes what the engine is asked for', async () => {
  const path = join(folder, 'spanlight.db')
  expect(await nextStart('retry', last, path, chosen(undefined))).toEqual(last)
  expect(await nextStart('free-ports', last, path, chosen(undefined))).toEqual({ ...last, anyPorts: true })
  expect(await nextStart('choose-file', last, path, chosen('/x.db'))).toEqual({ ...last, databasePath: '/x.db' })
  expect(await nextStart('fresh-file', last, path, chosen(undefined))).toEqual({
    ...last,
    databasePath: join(folder, 'spanlight-2.db'),
  })
})

test('a rescue saves into a new database beside the damaged one', async () => {
  const path = join(folder, 'spanlight.db')
  expect(await nextStart('salvage', last, path, chosen(undefined))).toEqual({
    ...last,
    databasePath: join(folder, 'spanlight-2.db'),
    salvageFrom: path,
  })
})

test('nothing is started when the person chooses no file', async () => {
  expect(await nextStart('choose-file', last, null, chosen(undefined))).toBeUndefined()
})

test('a fresh database never is one that is there', () => {
  for (const name of ['spanlight.db', 'spanlight-2.db']) writeFileSync(join(folder, name), '')
  expect(freshBeside(join(folder, 'spanlight.db'))).toBe(join(folder, 'spanlight-3.db'))
  expect(freshBeside(join(folder, 'spanlight-2.db'))).toBe(join(folder, 'spanlight-3.db'))
  expect(freshBeside(null)).toBeUndefined()
})

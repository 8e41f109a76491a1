/** `spanlight import`: into a database that nobody has, into one that a Spanlight has open, and two at once. */

import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { announceStore, readStoreAddress } from '../../src/server/store-address.ts'
import type { ImportReport } from '../../src/shared/contract/imports.ts'
import { type CliProcess, CliSandbox, freePorts } from '../support/cli-process.ts'
import { tracesOf } from '../support/otlp.ts'

const sandboxes: CliSandbox[] = []
const sandbox = (): CliSandbox => {
  const box = new CliSandbox()
  sandboxes.push(box)
  return box
}
afterEach(async () => {
  for (const box of sandboxes.splice(0)) await box[Symbol.asyncDispose]()
})

const line = (trace: number): string => `${JSON.stringify(tracesOf('cart', [{ trace, id: 1 }]))}\n`

async function imported(started: CliProcess): Promise<{ code: number | null; reports: ImportReport[] }> {
  const { code } = await started.ended
  return { code, reports: JSON.parse(started.stdout()) as ImportReport[] }
}

it('imports files into the database itself, twice at once as well, and says what was refused', async () => {
  const box = sandbox()
  const good = join(box.folder, 'good.jsonl')
  const partly = join(box.folder, 'partly.jsonl')
  writeFileSync(good, line(1) + line(2))
  writeFileSync(partly, `${line(2)}{"broken\n`)
  const both = [
    box.run(['import', good, '--db', box.db, '--json']),
    box.run(['import', partly, '--db', box.db, '--json']),
  ]
  const [first, second] = await Promise.all(both.map(imported))
  expect([first?.code, second?.code]).toEqual([0, 3])
  // Whichever came first, the span of both files was stored once.
  const stored = [first, second].map((each) => each?.reports[0]?.stored.spans ?? 0)
  expect(stored.reduce((sum, spans) => sum + spans, 0)).toBe(2)
  expect(second?.reports[0]?.refusals).toMatchObject([{ line: 2 }])
  expect(existsSync(`${box.db}.address`)).toBe(false)
})

it('hands the bytes to the Spanlight that has the database, and passes over an address that is out of date', async () => {
  const box = sandbox()
  announceStore(box.db, { program: 'gone', api: { url: 'http://127.0.0.1:1', token: 'x' } })
  const server = box.run(['serve', '--db', box.db, '--ready-file', box.readyFile, ...freePorts])
  await vi.waitFor(() => expect(readStoreAddress(box.db)?.program).toBe('spanlight serve'), 20_000)
  expect(statSync(`${box.db}.address`).mode & 0o777).toBe(0o600)
  const file = join(box.folder, 'a.jsonl')
  writeFileSync(file, line(1))
  const { code, reports } = await imported(box.run(['import', file, '--db', box.db, '--json']))
  expect(code).toBe(0)
  expect(reports).toMatchObject([{ name: 'a.jsonl', stored: { spans: 1 } }])
  server.child.kill('SIGTERM')
  await server.ended
  expect(existsSync(`${box.db}.address`)).toBe(false)
  announceStore(box.db, { program: 'gone', api: { url: 'http://127.0.0.1:1', token: 'x' } })
  expect((await imported(box.run(['import', file, '--db', box.db, '--json']))).reports).toMatchObject([
    { stored: { spans: 0 }, repeated: { spans: 1 } },
  ])
})

it('goes on with the rest when one of several files can not be read, and tells it as refused', async () => {
  const box = sandbox()
  const files = ['gone.jsonl', 'good.jsonl'].map((name) => join(box.folder, name))
  writeFileSync(files[1] as string, line(1))
  const { code, reports } = await imported(box.run(['import', ...files, '--db', box.db, '--json']))
  expect(code).toBe(3)
  expect(reports).toMatchObject([
    { name: 'gone.jsonl', state: 'failed', refused: 1, problem: expect.stringMatching(/There is no file/) },
    { name: 'good.jsonl', state: 'finished', stored: { spans: 1 } },
  ])
})

it('touches no database for a file that is not there', async () => {
  const box = sandbox()
  const started = box.run(['import', join(box.folder, 'gone.json'), '--db', box.db])
  expect((await started.ended).code).toBe(1)
  expect(started.stderr()).toMatch(/NOT_FOUND: There is no file/)
  expect(existsSync(box.db)).toBe(false)
})

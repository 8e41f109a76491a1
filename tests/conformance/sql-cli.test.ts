/** `spanlight sql` as a command: what it prints, how it ends, and that it stops at once. */

import { chmodSync, copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openWriter } from '../../src/engine/store/database.ts'
import { CliSandbox } from '../support/cli-process.ts'
import { logsOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const sandbox = new CliSandbox()
let store: ScratchStore
beforeAll(() => {
  store = scratchStore()
  store.send('traces', tracesOf('checkout', [{ id: 1, name: 'POST /orders | \u001b[31m', duration: 1_500_000n }]))
  store.send('logs', logsOf('checkout', [{ body: 'paid' }]))
})
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]()
  store[Symbol.dispose]()
})

async function sql(...args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const process = sandbox.run(['sql', '--db', store.file, ...args])
  const { code } = await process.ended
  return { code, stdout: process.stdout(), stderr: process.stderr() }
}

const endless = 'WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)'

it('prints an array of objects as JSON, and nothing else, while the database is in use', async () => {
  const { code, stdout, stderr } = await sql(
    '--format',
    'json',
    'SELECT trace_id, name, duration_ms, NULL AS n FROM spans',
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual([
    { trace_id: traceIdOf(1), name: 'POST /orders | \u001b[31m', duration_ms: 1.5, n: null },
  ])
})

it('prints a table that can do the terminal no harm, and reads a closed file without changing it', async () => {
  const file = join(sandbox.folder, 'closed.db')
  copyFileSync(store.file, file)
  // Opened and closed once, everything lies in the one file.
  openWriter(file, { durable: false }).close()
  chmodSync(file, 0o444)
  const before = readFileSync(file)
  const { code, stdout, stderr } = await sql('--db', file, 'SELECT name, count(*) AS times FROM service GROUP BY name')
  expect(code).toBe(0)
  expect(stdout.split('\n')[0]).toMatch(/^name +times$/)
  expect(stderr).toMatch(/^\d rows? in \d+ ms\n$/)
  expect(readFileSync(file).equals(before)).toBe(true)
  const colored = await sql('SELECT name, 1 FROM operation')
  expect(colored.stdout).toContain('POST /orders | \\u001b[31m')
})

it('says how a statement is wrong and where, and ends with 1', async () => {
  const [wrong, missing, format] = await Promise.all([
    sql('SELECT name,\n  durration_ms FROM spans'),
    sql('--db', join(sandbox.folder, 'none.db'), 'SELECT 1'),
    sql('--format', 'xml', 'SELECT 1'),
  ])
  expect(wrong).toMatchObject({ code: 1, stdout: '' })
  expect(wrong.stderr).toBe(
    'spanlight: BAD_QUERY: No such column: durration_ms. Did you mean duration_ms?\n\n    durration_ms FROM spans\n    ^\n',
  )
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('NOT_FOUND: There is no database at') })
  expect(format).toMatchObject({ code: 1, stderr: expect.stringContaining('table, json, jsonl, csv, markdown') })
})

it('stops at its limits of rows and of time', async () => {
  const [rows, time] = await Promise.all([
    sql('--limit', '3', '--format', 'csv', `${endless} SELECT n FROM c`),
    sql('--timeout', '0.5s', `${endless} SELECT count(*) FROM c`),
  ])
  expect(rows).toEqual({
    code: 0,
    stdout: 'n\r\n1\r\n2\r\n3\r\n',
    stderr: 'spanlight: stopped after 3 rows; --limit 0 gives all\n',
  })
  expect(time).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('TOO_LARGE: The statement took longer than 0.5 s'),
  })
})

it('ends at once on Ctrl+C, and quietly when nobody reads any more', async () => {
  const endlessRows = ['sql', '--db', store.file, '--limit', '0', '--format', 'jsonl', `${endless} SELECT n FROM c`]
  const interrupted = sandbox.run(endlessRows)
  await vi.waitFor(() => expect(interrupted.stdout()).not.toBe(''), { timeout: 20_000 })
  interrupted.child.kill('SIGINT')
  expect(await interrupted.ended).toEqual({ code: 130, signal: null })
  expect(interrupted.stderr()).toBe('')

  const unread = sandbox.run(endlessRows)
  await vi.waitFor(() => expect(unread.stdout()).not.toBe(''), { timeout: 20_000 })
  unread.child.stdout?.destroy()
  expect(await unread.ended).toEqual({ code: 0, signal: null })
  expect(unread.stderr()).toBe('')
})

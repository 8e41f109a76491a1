/** `spanlight tail`: transparent to the pipe it stands in, and loses no line without saying so. */

import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Delivery, Destinations } from '../../src/engine/tail/destination.ts'
import { FollowedFile } from '../../src/engine/tail/followed-file.ts'
import { LineSplitter, maxLineBytes } from '../../src/engine/tail/split-lines.ts'
import { Tail } from '../../src/engine/tail/tail.ts'
import { CliSandbox } from '../support/cli-process.ts'
import { call } from '../support/http-client.ts'
import { runningEngine } from '../support/running-engine.ts'

const sandbox = new CliSandbox()
afterAll(() => sandbox[Symbol.asyncDispose]())

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const refusing = 'http://127.0.0.1:9'

async function tailOf(input: Uint8Array | string, ...args: readonly string[]) {
  const { child, ended, stderr } = sandbox.run(['tail', ...args], undefined, 'pipe')
  const output: Buffer[] = []
  child.stdout?.on('data', (part: Buffer) => output.push(part))
  child.stdin?.end(input)
  const { code } = await ended
  return { code, output: Buffer.concat(output), stderr: stderr() }
}

describe('in a pipe', () => {
  it('passes every byte on, and stores the lines', async () => {
    await using engine = await runningEngine()
    const input = Buffer.concat([
      Buffer.from(`{"level":50,"msg":"boom","trace_id":"${traceId}"}\r\n\n`),
      Buffer.from([0x66, 0xff, 0x00, 0x0a]),
      Buffer.from('2026-01-02T03:04:05Z ERROR failed\n  at a.b\nlast without an end'),
    ])
    const { code, output, stderr } = await tailOf(input, '--service', 'shop', '--endpoint', engine.endpoints.http)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(output.equals(input)).toBe(true)
    const { logs } = await engine.context.readers.query('listLogs', { service: 'shop', order: 'oldest', limit: 10 })
    expect(logs.map(({ body, traceId, severityNumber }) => ({ body, traceId, severityNumber }))).toEqual(
      expect.arrayContaining([
        { body: 'boom', traceId, severityNumber: 17 },
        { body: 'f\ufffd\u0000', traceId: null, severityNumber: 0 },
        { body: 'failed\n  at a.b', traceId: null, severityNumber: 17 },
        { body: 'last without an end', traceId: null, severityNumber: 0 },
      ]),
    )
    expect(logs).toHaveLength(4)
  })

  it('says what could not be stored, and does not fail the pipe for it', async () => {
    const { code, output, stderr } = await tailOf('one\ntwo\n', '--endpoint', refusing)
    expect({ code, output: output.toString() }).toEqual({ code: 0, output: 'one\ntwo\n' })
    expect(stderr).toMatch(/^spanlight tail: 2 of 2 lines were not stored: nothing answers at http/)
  })

  it('ends when nobody reads any more, with what was read stored in the database itself', async () => {
    const { child, ended } = sandbox.run(['tail', '--db', sandbox.db], undefined, 'pipe')
    child.stdin?.write('first\n')
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    child.stdout?.destroy()
    child.stdin?.on('error', () => undefined)
    const writing = setInterval(() => child.stdin?.write('more\n'), 10)
    expect(await ended).toEqual({ code: 141, signal: null })
    clearInterval(writing)
    await using engine = await runningEngine({ databasePath: sandbox.db })
    const { logs } = await engine.context.readers.query('listLogs', { order: 'oldest', limit: 100 })
    expect(logs.map(({ body }) => body)).toContain('first')
  })

  it('goes on after Ctrl+C until the program is done', async () => {
    await using engine = await runningEngine()
    const args = ['tail', '--endpoint', engine.endpoints.http]
    const { child, ended, stdout } = sandbox.run(args, undefined, 'pipe')
    child.stdin?.write('running\n')
    await vi.waitFor(() => expect(stdout()).toBe('running\n'), { timeout: 10_000 })
    child.kill('SIGINT')
    child.stdin?.end('stopping\n')
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(stdout()).toBe('running\nstopping\n')
  })
})

it('hands its lines to the Spanlight that has the database', async () => {
  await using serving = new CliSandbox()
  const { ready } = await serving.serve()
  const { code, stderr } = await tailOf('held\n', '--db', serving.db)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const { body } = await call(`${new URL(ready.ui).origin}/api/logs`, {
    headers: { authorization: `Bearer ${ready.token}` },
  })
  expect(body.toString()).toContain('held')
})

it('follows a file, and ends with 0 on Ctrl+C', async () => {
  await using engine = await runningEngine()
  const file = join(sandbox.folder, 'orders.log')
  writeFileSync(file, 'before\n')
  const { child, ended, stdout } = sandbox.run(['tail', file, '--from-start', '--endpoint', engine.endpoints.http])
  await vi.waitFor(() => expect(stdout()).toBe('before\n'), { timeout: 10_000 })
  appendFileSync(file, '{"msg":"after"}\n')
  await vi.waitFor(() => expect(stdout()).toBe('before\n{"msg":"after"}\n'), { timeout: 10_000 })
  child.kill('SIGINT')
  expect(await ended).toEqual({ code: 0, signal: null })
  const { logs } = await engine.context.readers.query('listLogs', { service: 'orders', order: 'oldest', limit: 10 })
  expect(logs.map(({ body, attributes }) => [body, attributes['log.file.path']])).toEqual(
    expect.arrayContaining([
      ['before', file],
      ['after', file],
    ]),
  )
})

it.each([
  ['a file that is not there', 'gone.log', /^spanlight: BAD_INPUT: .*gone\.log can't be read: ENOENT.*\n$/],
  ['a folder', '.', /^spanlight: BAD_INPUT: .* can't be read: it is a directory\. Name the files in it\n$/],
])('%s is a clear error', async (_what, name, message) => {
  const { code, stderr } = await tailOf('', join(sandbox.folder, name))
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) })
})

describe('following', () => {
  async function following(fromStart: boolean) {
    const folder = mkdtempSync(join(tmpdir(), 'spanlight-tail-'))
    const path = join(folder, 'app.log')
    writeFileSync(path, 'old\n')
    const lines: string[] = []
    const stopping = new AbortController()
    let chunks = 0
    const splitter = new LineSplitter((line) => lines.push(line))
    const file = await FollowedFile.open(path, {
      fromStart,
      signal: stopping.signal,
      onBytes: async (bytes) => {
        chunks++
        splitter.push(bytes)
        if (lines.includes('stop')) stopping.abort()
      },
      onBreak: () => (splitter.isMidLine ? splitter.end() : undefined),
    })
    return {
      path,
      lines,
      file,
      chunks: () => chunks,
      async [Symbol.asyncDispose]() {
        await file.close()
        rmSync(folder, { recursive: true })
      },
    }
  }

  it('survives rotation, with what was still written to the old file', async () => {
    await using tail = await following(true)
    await tail.file.poll()
    renameSync(tail.path, `${tail.path}.1`)
    appendFileSync(`${tail.path}.1`, 'late, and cut')
    await tail.file.poll()
    writeFileSync(tail.path, 'new\n')
    await tail.file.poll()
    expect(tail.lines).toEqual(['old', 'late, and cut', 'new'])
  })

  it('survives truncation, and begins at the end unless told otherwise', async () => {
    await using tail = await following(false)
    appendFileSync(tail.path, 'a longer line\n')
    await tail.file.poll()
    truncateSync(tail.path)
    appendFileSync(tail.path, 'short\n')
    await tail.file.poll()
    expect(tail.lines).toEqual(['a longer line', 'short'])
  })

  it('ends in the middle of a large file when it is told to', async () => {
    await using tail = await following(false)
    appendFileSync(tail.path, `stop\n${'x'.repeat(1024 * 1024)}`)
    await tail.file.poll()
    expect(tail.chunks()).toBe(1)
  })
})

it('keeps the beginning of an endless line', () => {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => lines.push(line))
  for (let megabytes = 0; megabytes < 20; megabytes++) splitter.push(Buffer.alloc(1024 * 1024, 0x61))
  splitter.push(Buffer.from('\nnext\n'))
  expect(lines.map(({ length }) => length)).toEqual([maxLineBytes, 4])
})

describe('a destination', () => {
  const destinations = (send: (request: Buffer) => Delivery): Destinations => ({
    find: async () => ({ send: async (request) => send(request) }),
    release: async () => undefined,
  })
  const away: Delivery = { kind: 'later', reason: 'away', afterMs: 1 }

  it('that is away for a moment gets the same bytes again', async () => {
    const seen: string[] = []
    const tail = new Tail(
      destinations((request) => {
        seen.push(request.toString())
        return seen.length < 3 ? away : { kind: 'stored' }
      }),
      () => undefined,
    )
    tail.source({})('hello')
    expect(await tail.finish()).toEqual({ read: 1, lost: 0, reason: 'away' })
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(1)
  })

  it('that refuses is told of', async () => {
    const tail = new Tail(
      destinations(() => ({ kind: 'refused', reason: 'no', records: 'all' })),
      () => undefined,
    )
    const add = tail.source({})
    add('one')
    add('two')
    expect(await tail.finish()).toEqual({ read: 2, lost: 2, reason: 'no' })
  })

  it('that hangs costs lines, not memory, and the program does not wait for it', async () => {
    const hanging = Promise.withResolvers<Delivery>()
    const troubles: string[] = []
    const tail = new Tail(
      { find: async () => ({ send: () => hanging.promise }), release: async () => undefined },
      (reason) => troubles.push(reason),
    )
    const add = tail.source({})
    const line = 'x'.repeat(100_000)
    for (let count = 0; count < 1_000; count++) add(line)
    hanging.resolve({ kind: 'stored' })
    const { read, lost } = await tail.finish()
    expect(read).toBe(1_000)
    expect(lost).toBeGreaterThan(800)
    expect(lost).toBeLessThan(900)
    expect(troubles).toHaveLength(1)
  })
})

/** Broken, huge, hostile and interrupted files: a clear word about each, what was whole is kept, memory stays bounded. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { findSource } from '../../src/engine/import-files.ts'
import { endedImport, importBytes } from '../support/importing.ts'
import { epoch, logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'
import { zipOf } from '../support/zip.ts'

let engine: Engine & AsyncDisposable
let folder: string
beforeAll(async () => {
  engine = await runningEngine()
  folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

let traces = 0
const line = (): string => JSON.stringify(tracesOf('cart', [{ trace: ++traces, id: 1 }]))
const lines = (count: number): string => Array.from({ length: count }, line).join('\n')

describe('a file that breaks in the middle keeps what was whole', () => {
  it.each([
    ['a line', (text: string) => Buffer.from(text.slice(0, -20)), 299],
    ['gzip', (text: string) => gzipSync(text).subarray(0, -12), 200],
    ['gzip with a flipped bit', (text: string) => flipped(gzipSync(text, { level: 0 })), 1],
    ['zstd', (text: string) => zstdCompressSync(text).subarray(0, -10), 0],
    ['zip', (text: string) => zipOf({ a: text, b: lines(1) }).subarray(0, -130), 300],
  ])('%s', async (_name, cut, atLeast) => {
    const report = await importBytes(engine, cut(lines(300)))
    expect(report.refused).toBeGreaterThanOrEqual(1)
    expect(report.stored.spans).toBeGreaterThanOrEqual(atLeast)
    expect(report.read).toEqual(report.stored)
    expect(report.state).toBe(report.stored.spans > 0 ? 'finished' : 'failed')
  })

  it('an indented document', async () => {
    const spans = Array.from({ length: 3 }, (_, index) => ({
      traceID: traceIdOf(++traces),
      spanID: spanIdOf(index + 1),
    }))
    const data = spans.map((span) => ({
      traceID: span.traceID,
      spans: [{ ...span, operationName: 'a', startTime: 1, duration: 1 }],
      processes: {},
    }))
    const text = JSON.stringify({ data }, null, 2)
    const report = await importBytes(engine, text.slice(0, text.lastIndexOf('"operationName"')), { chunkBytes: 50 })
    expect(report).toMatchObject({ stored: { spans: 2 }, refused: 1 })
    expect(report.refusals[0]).toMatchObject({ line: 29, reason: 'the file ends in the middle of it' })
  })
})

function flipped(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 0x55
  return bytes
}

it('counts refused records by reason and tells the first hundred lines', async () => {
  const bad = JSON.stringify(tracesOf('cart', [{ trace: ++traces, id: 1 }, { id: 0 }]))
  const report = await importBytes(engine, Array.from({ length: 150 }, () => bad).join('\n'))
  expect(report).toMatchObject({ read: { spans: 300 }, stored: { spans: 1 }, repeated: { spans: 149 }, refused: 150 })
  expect(report.reasons).toEqual([{ reason: 'invalid span id', count: 150 }])
  expect(report.refusals).toHaveLength(100)
  expect(report.refusals[41]).toEqual({ file: null, line: 42, reason: 'invalid span id', count: 1 })
  const { losses } = await engine.context.status.health()
  expect(losses).toContainEqual(expect.objectContaining({ reason: 'invalid span id', count: 150 }))
})

describe('bombs', () => {
  it.each([
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['zstd', (bytes: Buffer) => zstdCompressSync(bytes)],
    ['zip', (bytes: Buffer) => zipOf({ 'a.json': bytes })],
    ['gzip in gzip', (bytes: Buffer) => gzipSync(gzipSync(bytes))],
  ])('%s', async (_name, pack) => {
    const report = await importBytes(engine, pack(Buffer.alloc(80 * 1024 * 1024, ' ')))
    expect(report).toMatchObject({ state: 'failed', stored: { spans: 0 } })
    expect(report.problem).toMatch(/decompression bomb/)
  })

  it('layers without end', async () => {
    let file = Buffer.from(line())
    for (let layer = 0; layer < 8; layer++) file = gzipSync(file)
    expect((await importBytes(engine, file)).problem).toMatch(/more than 4 layers/)
  })
})

it('refuses a line that is longer than what is read at once, and reads on', async () => {
  const { imports } = engine.context
  const { id } = imports.begin({ name: 'long', sizeBytes: null, as: 'auto' })
  const send = (text: string) => imports.append(id, new TextEncoder().encode(text))
  await send(`${line()}\n{"resourceSpans":"`)
  const part = 'x'.repeat(512 * 1024)
  for (let sent = 0; sent < 130; sent++) await send(part)
  await send(`"}\n${line()}\n`)
  expect(await imports.finish(id)).toMatchObject({
    state: 'finished',
    stored: { spans: 2 },
    refusals: [{ line: 2, reason: expect.stringMatching(/^a record of more than 64 MiB/) }],
  })
})

it.each([
  ['nothing', ''],
  ['blank lines', '\n\n  \n'],
  ['text', 'GET / 200\nGET /a 404\n'],
  ['JSON of another kind', '{"name": "package", "version": "1.0.0"}'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['a database', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(100)])],
  ['zeros', Buffer.alloc(5_000)],
])('says that there is nothing to import in %s', async (_name, content) => {
  const report = await importBytes(engine, content)
  expect(report).toMatchObject({ state: 'failed', read: { spans: 0, logs: 0, points: 0 } })
  expect(report.problem).toMatch(/^Nothing could be read: .+/)
})

it('keeps equal records of one file apart, and completes an import that was cut off', async () => {
  const record = { body: 'twice', at: 5n }
  const whole = [
    JSON.stringify(logsOf('cut', [record, record])),
    JSON.stringify(logsOf('cut', [record, { body: 'last', at: 6n }])),
  ]
  expect(await importBytes(engine, whole[0] ?? '')).toMatchObject({ stored: { logs: 2 } })
  expect(await importBytes(engine, whole.join('\n'))).toMatchObject({ stored: { logs: 2 }, repeated: { logs: 2 } })
  expect(await importBytes(engine, whole.join('\n'))).toMatchObject({ stored: { logs: 0 }, repeated: { logs: 4 } })
})

it('gives log records without a time that of the file, so that it can be imported again', async () => {
  const timeless = JSON.stringify({
    resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'when?' } }] }] }],
  })
  const modifiedUnixNano = epoch.toString()
  const report = await importBytes(engine, timeless, { modifiedUnixNano })
  expect(report).toMatchObject({ stored: { logs: 1 }, range: { start: modifiedUnixNano, end: modifiedUnixNano } })
  expect(await importBytes(engine, timeless, { modifiedUnixNano })).toMatchObject({ repeated: { logs: 1 } })
})

it('cancels at once; what was stored stays, and live data goes on meanwhile', async () => {
  const { imports } = engine.context
  const { id } = imports.begin({ name: 'long', sizeBytes: 1e9, as: 'auto' })
  await imports.append(id, new TextEncoder().encode(`${lines(50)}\n`))
  const live = await fetch(`${engine.endpoints.http}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: line(),
  })
  expect(live.status).toBe(200)
  await vi.waitFor(async () => expect((await imports.append(id, new Uint8Array())).stored.spans).toBe(50), 10_000)
  expect(await imports.cancel(id)).toMatchObject({ state: 'cancelled', stored: { spans: 50 } })
  expect((await imports.append(id, new Uint8Array(5))).state).toBe('cancelled')
  await expect(imports.finish('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

describe('paths', () => {
  it('reads a folder as one import, whose parts are named', async () => {
    const inner = join(folder, 'many', 'deep')
    mkdirSync(inner, { recursive: true })
    writeFileSync(join(folder, 'many', 'a.jsonl'), lines(2))
    writeFileSync(join(inner, 'b.json.gz'), gzipSync(lines(3)))
    writeFileSync(join(inner, 'c.txt'), 'nothing')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(folder, 'many', '0'), resolve))
    const { ids } = await engine.context.imports.open([join(folder, 'many')], 'auto')
    const report = await endedImport(engine, ids[0])
    server.close()
    expect(report).toMatchObject({ name: 'many/', state: 'finished', stored: { spans: 5 }, refused: 2 })
    expect(report?.refusals.map(({ file }) => file)).toEqual(['0', join('deep', 'c.txt')])
    expect(report?.refusals[0]?.reason).toBe('it is a socket, not a file')
  })

  it('refuses what is no file before anything is read', async () => {
    const socket = join(folder, 'socket')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    await expect(findSource(socket)).rejects.toMatchObject({ code: 'BAD_INPUT', message: /is a socket, not a file/ })
    server.close()
    await expect(findSource(join(folder, 'gone'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    mkdirSync(join(folder, 'empty'))
    await expect(findSource(join(folder, 'empty'))).rejects.toMatchObject({ message: /no files in the folder/ })
  })
})

it('ends imports when the engine closes, and keeps what was read', async () => {
  const other = await runningEngine()
  const { imports } = other.context
  const { id } = imports.begin({ name: 'open', sizeBytes: null, as: 'auto' })
  await imports.append(id, new TextEncoder().encode(`${lines(3)}\n{"half`))
  await other.close()
  const report = await imports.finish(id)
  expect(report).toMatchObject({ state: 'cancelled', stored: { spans: 3 } })
  expect(report.problem).toMatch(/import the file again/)
  await other[Symbol.asyncDispose]()
})

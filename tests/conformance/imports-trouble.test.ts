/** What keeps an import from going on: a disk that is full, a store in use, files that may not be read. Nothing half, nothing lost. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { findSource } from '../../src/engine/import-files.ts'
import { importInMemory } from '../support/import-in-memory.ts'
import { endedImport, importBytes } from '../support/importing.ts'
import { epoch, logsOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'
import { scratchStore } from '../support/scratch-store.ts'

let engine: Engine & AsyncDisposable
beforeAll(async () => {
  engine = await runningEngine()
})
afterAll(() => engine[Symbol.asyncDispose]())

const spansPerLine = 500
const line = (trace: number): string =>
  JSON.stringify(
    tracesOf(
      'cart',
      Array.from({ length: spansPerLine }, (_, index) => ({ trace, id: index + 1 })),
    ),
  )
const logLine = (body: string): string => JSON.stringify(logsOf('cart', [{ body, at: 1n }]))
const metricLine = JSON.stringify({
  resourceMetrics: [
    {
      scopeMetrics: [
        { metrics: [{ name: 'load', gauge: { dataPoints: [{ timeUnixNano: epoch.toString(), asDouble: 0.5 }] } }] },
      ],
    },
  ],
})
const spans = 24 * spansPerLine
const file = [...Array.from({ length: 24 }, (_, index) => line(index + 1)), logLine('one'), metricLine].join('\n')

it('on a disk that fills up keeps whole batches, says what to do, and takes the rest the next time', async () => {
  using store = scratchStore()
  const number = (query: string): number => Number(Object.values(store.sql(query)[0] as object)[0])
  const stored = (): number[] => [
    number('SELECT count(*) FROM span'),
    number('SELECT coalesce(sum(span_count), 0) FROM trace'),
    number('SELECT count(*) FROM log_record'),
  ]
  let batches = 0
  const cut = await importInMemory(file, (batch) => {
    batches++
    if (batches === 2) store.write((db) => db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`))
    return store.import(batch)
  })
  expect(cut.failure).toMatchObject({ code: 'DISK_FULL', message: expect.stringMatching(/import the file again/) })
  const { spans: kept, logs } = cut.counts.stored
  expect(kept).toBeGreaterThan(0)
  expect(kept).toBeLessThan(spans)
  expect(stored()).toEqual([kept, kept, logs])

  store.write((db) => db.pragma('max_page_count = 1000000'))
  const again = await importInMemory(file, store.import)
  expect(again.failure).toBeUndefined()
  expect(again.counts).toMatchObject({ stored: { spans: spans - kept }, repeated: { spans: kept } })
  expect(stored()).toEqual([spans, spans, 1])
})

it('of one file, twice at once, stores everything once', async () => {
  const reports = await Promise.all([importBytes(engine, file), importBytes(engine, file)])
  expect(reports.map(({ state, refused }) => [state, refused])).toEqual([
    ['finished', 0],
    ['finished', 0],
  ])
  const [first, second] = reports as [(typeof reports)[0], (typeof reports)[0]]
  for (const [signal, count] of [
    ['spans', spans],
    ['logs', 1],
    ['points', 1],
  ] as const) {
    expect([signal, first.stored[signal] + second.stored[signal]]).toEqual([signal, count])
    expect([signal, first.repeated[signal] + second.repeated[signal]]).toEqual([signal, count])
  }
  expect((await engine.context.status.health()).counts).toMatchObject({ spans, logs: 1, points: 1 })
})

it('into a database that another program holds says so, and works when it is free', async () => {
  const other = new Sqlite(engine.databasePath)
  other.exec('BEGIN IMMEDIATE')
  const refused = await importBytes(engine, logLine('two'))
  expect(refused).toMatchObject({ state: 'failed', stored: { logs: 0 } })
  expect(refused.problem).toMatch(/holds a lock.*import the file again/)
  expect(await engine.context.status.health()).toMatchObject({ status: 'degraded' })
  other.exec('ROLLBACK')
  other.close()
  expect(await importBytes(engine, logLine('two'))).toMatchObject({ state: 'finished', stored: { logs: 1 } })
  expect(await engine.context.status.health()).toMatchObject({ status: 'ok' })
})

/** Calls the file system refuses: who runs these tests may be one whom it refuses nothing. */
const denied = vi.hoisted(() => new Set<string>())
function refusal(call: string, path: unknown): Error | undefined {
  if (!denied.has(`${call} ${String(path)}`)) return undefined
  return Object.assign(new Error(`EACCES: permission denied, ${call} '${String(path)}'`), { code: 'EACCES' })
}
vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>()
  const guarded =
    (call: string, original: typeof fs.stat | typeof fs.readdir | typeof fs.open) =>
    async (...args: unknown[]) => {
      const error = refusal(call, args[0])
      if (error) throw error
      return Reflect.apply(original, fs, args) as unknown
    }
  return {
    ...fs,
    stat: guarded('stat', fs.stat),
    readdir: guarded('scandir', fs.readdir),
    open: guarded('open', fs.open),
  }
})

describe('without permission', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  const path = (name: string): string => join(folder, name)
  beforeAll(() => {
    mkdirSync(path('many'))
    writeFileSync(path('many/a.jsonl'), logLine('a'))
  })
  afterEach(() => denied.clear())
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each([
    ['stat', 'many/a.jsonl'],
    ['scandir', 'many'],
  ])('to %s %s begins nothing', async (call, name) => {
    denied.add(`${call} ${path(name)}`)
    await expect(findSource(path(name))).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: `${path(name)} can't be read: permission to read it was denied.`,
    })
  })

  it('to a file or folder within a folder goes on with the rest, and says so in the report', async () => {
    mkdirSync(path('many/deep'))
    for (const name of ['a', 'b', 'deep/c']) writeFileSync(path(`many/${name}.jsonl`), logLine(name))
    symlinkSync(path('many/nowhere'), path('many/link'))
    denied.add(`open ${path('many/a.jsonl')}`).add(`scandir ${path('many/deep')}`)
    const open = async () => endedImport(engine, (await engine.context.imports.open([path('many')], 'auto')).ids[0])
    const reason = 'permission to read it was denied'
    expect(await open()).toMatchObject({
      state: 'finished',
      stored: { logs: 1 },
      refused: 3,
      refusals: [
        { file: 'a.jsonl', line: null, reason, count: 1 },
        { file: 'deep', reason },
        { file: 'link', reason: 'it is gone, or a link that leads nowhere' },
      ],
      reasons: [
        { reason, count: 2 },
        { reason: 'it is gone, or a link that leads nowhere', count: 1 },
      ],
    })
    denied.clear()
    expect(await open()).toMatchObject({ state: 'finished', stored: { logs: 2 }, repeated: { logs: 1 }, refused: 1 })
  })

  it('to one of several files goes on with the others, and to none says why', async () => {
    denied.add(`open ${path('many/a.jsonl')}`)
    const { ids } = await engine.context.imports.open(
      ['a', 'b', 'c'].map((name) => path(`many/${name}.jsonl`)),
      'auto',
    )
    const reports = await Promise.all(ids.map((id) => endedImport(engine, id)))
    expect(reports).toMatchObject([
      { name: 'a.jsonl', state: 'failed', problem: 'Nothing could be read: permission to read it was denied.' },
      { name: 'b.jsonl', state: 'finished', refused: 0 },
      { name: 'c.jsonl', state: 'failed', problem: `Nothing could be read: There is no file ${path('many/c.jsonl')}.` },
    ])
  })
})

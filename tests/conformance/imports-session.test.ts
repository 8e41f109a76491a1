/** A session's file is imported like any other: merged into the open one, record for record, and once. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Sqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { copyStore } from '../../src/engine/store/copy-store.ts'
import { openReader } from '../../src/engine/store/database.ts'
import { migrations } from '../../src/engine/store/migrations/index.ts'
import { runNoteCommand } from '../../src/engine/store/write-notes.ts'
import { exportedText } from '../support/exported.ts'
import { goldenRequests, plainBytes } from '../support/golden-requests.ts'
import { importBytes } from '../support/importing.ts'
import { epoch, logsOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { recordsOf } from '../support/otlp-records.ts'
import { runningEngine } from '../support/running-engine.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'
import { zipOf } from '../support/zip.ts'

let folder: string
let engine: Engine & AsyncDisposable
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  engine = await runningEngine()
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

let session: ScratchStore
beforeEach(() => {
  session = scratchStore()
})
afterEach(() => session[Symbol.dispose]())

/** The session as one file. */
async function fileOf(store: ScratchStore): Promise<Buffer> {
  const to = join(folder, 'copy.db')
  const progress = { signal: new AbortController().signal, onProgress: () => undefined }
  await copyStore({ from: store.file, to, replace: true }, progress)
  return readFileSync(to)
}

/** `file` after something was done to it. */
function changed(file: Buffer, work: (db: Sqlite.Database) => void): Buffer {
  const db = new Sqlite(file)
  db.pragma('journal_mode = DELETE')
  work(db)
  const bytes = db.serialize()
  db.close()
  return bytes
}

const otlpOf = async (context: ScratchStore['context']): Promise<string[]> =>
  recordsOf(
    ...(await exportedText(context, 'otlp-jsonl'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  )

/** What lies beside the database but isn't a part of it. */
const leftBeside = ({ databasePath } = engine): string[] => {
  return readdirSync(dirname(databasePath)).filter((name) => name.startsWith(`${basename(databasePath)}.import`))
}

it('brings every record and note, and changes nothing the second time', async () => {
  await using other = await runningEngine()
  for (const golden of goldenRequests) {
    const encoding = golden.format === 'pb' ? 'protobuf' : 'json'
    session.ingest({ signal: golden.signal, encoding, bytes: plainBytes(golden) })
  }
  session.send('traces', tracesOf('cart', [{ id: 1 }]))
  session.send('logs', logsOf('cart', [{ body: 'twice' }, { body: 'twice' }]))
  session.write((db) => {
    runNoteCommand(db, { name: 'addNote', subject: { traceId: traceIdOf(1) }, text: 'look here' })
    runNoteCommand(db, { name: 'addNote', subject: { atUnixNano: String(epoch) }, text: 'it began' })
  })
  const [counts] = session.sql(
    'SELECT (SELECT count(*) FROM span) AS spans, (SELECT count(*) FROM log_record) AS logs, (SELECT count(*) FROM point) AS points',
  ) as Record<string, bigint>[]
  const all = Object.fromEntries(Object.entries(counts ?? {}).map(([name, count]) => [name, Number(count)]))
  const none = { spans: 0, logs: 0, points: 0 }
  const file = await fileOf(session)
  expect(await importBytes(other, file)).toMatchObject({
    state: 'finished',
    format: 'Spanlight session',
    read: all,
    stored: all,
    repeated: none,
    refused: 0,
  })
  const again = await importBytes(other, zipOf({ 'a/session.db': gzipSync(file) }))
  expect(again).toMatchObject({ format: 'Spanlight session (zip, gzip)', read: all, stored: none, repeated: all })
  const db = openReader(other.databasePath)
  try {
    expect(await otlpOf({ db, signal: new AbortController().signal })).toEqual(await otlpOf(session.context))
    const notes = 'SELECT trace_id, span_id, at_unix_nano, end_unix_nano, about, text, created_unix_nano FROM note'
    expect(db.prepare(notes).all()).toEqual(session.sql(notes))
  } finally {
    db.close()
  }
  expect(leftBeside(other)).toEqual([])
})

it('imports the sample session as it ships', async () => {
  const sample = readFileSync(new URL('../../resources/sample-session.db.zst', import.meta.url))
  const report = await importBytes(engine, sample)
  expect(report).toMatchObject({
    state: 'finished',
    format: 'Spanlight session (zstd)',
    stored: { spans: 12_938, logs: 5_815, points: 7_455 },
    refused: 0,
  })
}, 60_000)

it('brings a session of an older Spanlight up to date in its own copy', async () => {
  const old = changed(Buffer.alloc(0), (db) => {
    db.pragma(`application_id = ${0x53504c54}`)
    db.exec(migrations[0] ?? '')
    db.pragma('user_version = 1')
    db.exec(`INSERT INTO service (id, name) VALUES (1, 'old');
      INSERT INTO resource (id, digest, service_id, attributes) VALUES (1, x'01', 1, jsonb('{"service.name":"old"}'));
      INSERT INTO scope (id, digest, name, attributes) VALUES (1, x'01', '', jsonb('{}'));
      INSERT INTO log_record (at_unix_nano, time_unix_nano, observed_time_unix_nano, attributes, service_id, resource_id, scope_id)
      VALUES (5, 5, 5, jsonb('{}'), 1, 1, 1)`)
  })
  expect(await importBytes(engine, old)).toMatchObject({ state: 'finished', stored: { logs: 1 } })
})

let traces = 100

describe('what is no whole session is refused in words', () => {
  it.each<[string, (file: Buffer) => Buffer, RegExp]>([
    [
      'a database of another program',
      () => changed(Buffer.alloc(0), (db) => db.exec('CREATE TABLE bookmark (url TEXT)')),
      /SQLite database of another program, not a Spanlight session/,
    ],
    [
      'one from the future',
      (file) => changed(file, (db) => db.pragma('user_version = 4000')),
      /made by a newer Spanlight \(schema 4000, this one knows \d+\)\. Update Spanlight/,
    ],
    ['one that is cut short', (file) => file.subarray(0, file.length - 5000), /damaged or cut short/],
    ['one cut off in its header', (file) => file.subarray(0, 60), /cut off in its header/],
    [
      'one of another shape',
      (file) => changed(file, (db) => db.exec('PRAGMA foreign_keys = OFF; DROP TABLE operation')),
      /damaged/,
    ],
    ['one with a view for a table', viewForTable, /damaged/],
    ['one packed and cut off', (file) => gzipSync(file).subarray(0, 900), /gzip/],
  ])('%s', async (_name, made, reason) => {
    session.send('traces', tracesOf('cart', [{ id: 1 }]))
    const file = made(await fileOf(session))
    const report = await importBytes(engine, file)
    expect(report).toMatchObject({ state: 'failed', stored: { spans: 0 } })
    expect(report.problem).toMatch(reason)
    // The other files of a zip are read all the same.
    const besides = zipOf({ 'a.db': file, 'b.json': JSON.stringify(tracesOf('cart', [{ trace: ++traces, id: 1 }])) })
    const both = await importBytes(engine, besides)
    expect(both).toMatchObject({ state: 'finished', stored: { spans: 1 }, refusals: [{ file: 'a.db' }] })
    expect(leftBeside()).toEqual([])
  })
})

/** Its rows would be made while they are read, without end. */
function viewForTable(file: Buffer): Buffer {
  return changed(file, (db) => {
    db.exec(`DROP TABLE log_record;
      CREATE VIEW log_record AS WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n`)
  })
}

it('leaves nothing on disk when it is cancelled, and clears what a killed process left', async () => {
  session.send('traces', tracesOf('cart', [{ id: 1 }]))
  await using other = await runningEngine()
  mkdirSync(`${other.databasePath}.import-killed`)
  const { imports } = other.context
  const { id } = imports.begin({ name: 'session', sizeBytes: null, as: 'auto' })
  await imports.append(id, new Uint8Array((await fileOf(session)).subarray(0, 50_000)))
  await expect.poll(() => leftBeside(other)).toHaveLength(1)
  expect(leftBeside(other)[0]).not.toContain('killed')
  expect(await imports.cancel(id)).toMatchObject({ state: 'cancelled', stored: { spans: 0 } })
  expect(leftBeside(other)).toEqual([])
})

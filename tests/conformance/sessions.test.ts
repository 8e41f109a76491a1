/** Sessions: another one opened while data flows, only read, copied and renamed, and everything that can't be a session. */

import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { copyStore } from '../../src/engine/store/copy-store.ts'
import { openWriter } from '../../src/engine/store/database.ts'
import { lockStore } from '../../src/engine/store/lock.ts'
import { migrations } from '../../src/engine/store/migrations/index.ts'
import type { CopyEvent, RecoverEvent } from '../../src/shared/contract/sessions.ts'
import { damageTable } from '../support/damaged-session.ts'
import { tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string): string => join(folder, name)
const desk = (engine: Engine): Engine['context']['sessions'] => engine.context.sessions

/** The status of the answer; 0 where nobody listens. */
async function send(url: string, trace: number): Promise<number> {
  const body = JSON.stringify(tracesOf('sender', [{ trace, id: 1, name: 'work' }]))
  const headers = { 'content-type': 'application/json' }
  return fetch(`${url}/v1/traces`, { method: 'POST', headers, body }).then(
    ({ status }) => status,
    () => 0,
  )
}

function spansIn(path: string): number {
  const db = new Sqlite(path, { readonly: true })
  const spans = db.prepare('SELECT count(*) FROM span').pluck().get() as number
  db.close()
  return spans
}

async function copyOf(engine: Engine, path: string, replace = false): Promise<CopyEvent[]> {
  const events: CopyEvent[] = []
  for await (const event of desk(engine).saveCopy(path, replace, undefined)) events.push(event)
  return events
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

describe('another session', () => {
  it('takes over while senders go on, and what was acknowledged is in one of the two', async () => {
    await using engine = await runningEngine()
    const { http } = engine.endpoints
    let acknowledged = 0
    let trace = 0
    let isOver = false
    const sender = async (): Promise<void> => {
      while (!isOver) if ((await send(http, ++trace)) === 200) acknowledged++
    }
    const senders = [sender(), sender(), sender()]
    await expect.poll(() => acknowledged).toBeGreaterThan(20)
    const [first, second] = [engine.databasePath, file('second.db')]
    await desk(engine).create(second)
    const atSwitch = acknowledged
    await expect.poll(() => acknowledged).toBeGreaterThan(atSwitch + 20)
    await desk(engine).open(first, false)
    await expect.poll(() => acknowledged).toBeGreaterThan(atSwitch + 40)
    isOver = true
    await Promise.all(senders)
    expect((await engine.context.status.status()).session).toMatchObject({ serial: 3, name: 'spanlight' })
    await engine.close()
    expect(readdirSync(folder).sort()).toEqual(['second.db', 'second.db.lock'])
    expect(acknowledged).toBe(trace)
    expect(spansIn(first) + spansIn(second)).toBe(acknowledged)
    expect(spansIn(second)).toBeGreaterThan(20)
  })

  it('is not opened where there is none, and then the former one goes on', async () => {
    await using engine = await runningEngine()
    writeFileSync(file('text.db'), 'this is not a database, although it is long enough to be looked at')
    writeFileSync(file('nothing.db'), '')
    symlinkSync(file('loop.db'), file('loop.db'))
    const foreign = new Sqlite(file('foreign.db'))
    foreign.exec('CREATE TABLE t (x)')
    foreign.close()
    openWriter(file('future.db'), { durable: false }).close()
    const future = new Sqlite(file('future.db'))
    future.pragma(`user_version = ${migrations.length + 1}`)
    future.close()
    openWriter(file('held.db'), { durable: false }).close()
    const lock = lockStore(file('held.db'))
    const socket = createServer().listen(file('socket.db'))
    for (const isReadOnly of [false, true]) {
      expect(
        await Promise.all(
          [
            'missing.db',
            '',
            'text.db',
            'nothing.db',
            'loop.db',
            'foreign.db',
            'future.db',
            'socket.db',
            'x'.repeat(300),
          ].map((name) => codeOf(desk(engine).open(file(name), isReadOnly))),
        ),
      ).toEqual([
        'NOT_FOUND',
        'BAD_INPUT',
        'STORE_CORRUPT',
        'BAD_INPUT',
        'BAD_INPUT',
        'STORE_CORRUPT',
        'STORE_FROM_FUTURE',
        'BAD_INPUT',
        'BAD_INPUT',
      ])
    }
    expect(await codeOf(desk(engine).open(file('held.db'), false))).toBe('STORE_LOCKED')
    expect(await codeOf(desk(engine).create(file('held.db')))).toBe('BAD_INPUT')
    expect(await codeOf(desk(engine).create(file('no/folder/x.db')))).toBe('NOT_FOUND')
    socket.close()
    lock.release()
    expect(await send(engine.endpoints.http, 1)).toBe(200)
    expect((await engine.context.status.status()).session.serial).toBe(1)
    expect(readFileSync(file('text.db'), 'utf8')).toMatch(/^this is not/)
  })

  it('is the same one under the name of a link, and opened once by two windows that ask at once', async () => {
    await using engine = await runningEngine()
    symlinkSync(engine.databasePath, file('link.db'))
    linkSync(engine.databasePath, file('hard.db'))
    await desk(engine).open(file('link.db'), false)
    await desk(engine).open(file('hard.db'), false)
    expect((await engine.context.status.status()).session.serial).toBe(1)
    await Promise.all([
      desk(engine).create(file('a')),
      desk(engine).create(file('b')),
      codeOf(desk(engine).create(file('a'))),
    ])
    expect((await engine.context.status.status()).database.path).toBe(file('b.db'))
    const { sessions } = await desk(engine).list()
    expect(sessions.map(({ path, isCurrent, problem }) => [path, isCurrent, problem === null])).toEqual([
      [file('b.db'), true, true],
      [file('a.db'), false, true],
      [engine.databasePath, false, true],
      [file('hard.db'), false, true],
      [file('link.db'), false, true],
    ])
  })
})

describe('a session that is only read', () => {
  it('has no receivers and refuses every change; with a writable one they are back on their ports', async () => {
    await using engine = await runningEngine()
    const { http } = engine.endpoints
    await send(http, 1)
    const { databasePath, context } = engine
    await desk(engine).open(databasePath, true)
    expect(await context.status.status()).toMatchObject({
      state: 'read-only',
      receivers: { grpc: '', http: '' },
      counts: { spans: 1 },
      session: { serial: 2, notice: null },
    })
    expect(await send(http, 2)).toBe(0)
    const subject = { atUnixNano: '1' }
    for (const change of [
      context.notebook.run({ name: 'addNote', subject, text: 'x' }),
      context.settings.deleteAll(),
      context.settings.setPorts({ grpc: 1, http: 2 }),
      desk(engine).rename({ title: 'x' }),
      desk(engine).rename({ file: 'x' }),
      context.loadlab.sendOne({} as never),
    ]) {
      expect(await codeOf(change)).toBe('STORE_READONLY')
    }
    await copyOf(engine, file('copy.db'))
    expect(spansIn(file('copy.db'))).toBe(1)
    await desk(engine).open(databasePath, false)
    expect(engine.context.status).toBe(context.status)
    expect(await send(http, 3)).toBe(200)
    expect((await context.status.status()).counts.spans).toBe(2)
  })

  it('of an older Spanlight, or on a read-only disk, is shown from a copy; the file stays as it is', async () => {
    await using engine = await runningEngine()
    const old = new Sqlite(file('old.db'))
    old.pragma('journal_mode = WAL')
    old.pragma('application_id = 0x53504c54')
    for (const sql of migrations.slice(0, 2)) old.exec(sql)
    old.pragma('user_version = 2')
    old.close()
    const before = readFileSync(file('old.db'))
    await desk(engine).open(file('old.db'), true)
    const { session } = await engine.context.status.status()
    expect(session.notice).toMatch(/older Spanlight/)
    expect((await engine.context.readers.query('listNotes', {})).notes).toEqual([])
    expect(readFileSync(file('old.db')).equals(before)).toBe(true)
    openWriter(file('disc.db'), { durable: false }).close()
    // In its way: no log can be made beside it, as on a read-only disk.
    symlinkSync(file('no/where'), file('disc.db-shm'))
    await desk(engine).open(file('disc.db'), true)
    expect((await engine.context.status.status()).session.notice).toMatch(/read-only/)
    await desk(engine).create(file('next.db'))
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('spanlight-session-'))).toEqual([])
  })
})

describe('a copy', () => {
  it('made while data comes in is one file that holds what was there, and opens anywhere', async () => {
    await using engine = await runningEngine()
    const { http } = engine.endpoints
    for (let trace = 1; trace <= 30; trace++) await send(http, trace)
    let isOver = false
    const sender = (async () => {
      for (let trace = 100; !isOver; trace++) await send(http, trace)
    })()
    const events = await copyOf(engine, 'copy')
    isOver = true
    await sender
    const copy = join(dirname(engine.databasePath), 'copy.db')
    expect(events.at(-1)).toMatchObject({ type: 'done', path: copy })
    expect(spansIn(copy)).toBeGreaterThanOrEqual(30)
    const db = new Sqlite(copy, { readonly: true })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(db.prepare('SELECT sum(span_count) AS n FROM trace').pluck().get()).toBe(spansIn(copy))
    db.close()
    expect(readdirSync(dirname(copy)).filter((name) => name.includes('copy'))).toEqual(['copy.db'])
    await desk(engine).open(copy, false)
    expect(await send(http, 1000)).toBe(200)
  })

  it('never takes the place of what is there unless told, never of itself or an open session, and leaves no half', async () => {
    await using engine = await runningEngine()
    await send(engine.endpoints.http, 1)
    writeFileSync(file('there.db'), 'mine')
    mkdirSync(file('dir.db'))
    expect(await codeOf(copyOf(engine, file('there.db')))).toBe('BAD_INPUT')
    expect(readFileSync(file('there.db'), 'utf8')).toBe('mine')
    expect(await codeOf(copyOf(engine, engine.databasePath, true))).toBe('BAD_INPUT')
    expect(await codeOf(copyOf(engine, file('dir.db'), true))).toBe('BAD_INPUT')
    expect(await codeOf(copyOf(engine, file('no/such/folder.db')))).toBe('NOT_FOUND')
    const other = openWriter(file('open.db'), { durable: false })
    expect(await codeOf(copyOf(engine, file('open.db'), true))).toBe('STORE_LOCKED')
    other.close()
    const cancel = new AbortController()
    const cancelled = (async () => {
      for await (const _event of desk(engine).saveCopy(file('cancelled.db'), false, cancel.signal)) cancel.abort()
    })()
    expect(await codeOf(cancelled)).toBe('CANCELLED')
    await copyOf(engine, file('there.db'), true)
    expect(spansIn(file('there.db'))).toBe(1)
    expect(readdirSync(folder).filter((name) => /part|cancelled/.test(name))).toEqual([])
  })

  it('that finds the disk full says so and leaves nothing', async () => {
    await using engine = await runningEngine()
    await send(engine.endpoints.http, 1)
    const order = { from: engine.databasePath, to: file('copy.db'), replace: false }
    const copying = copyStore(order, {
      signal: new AbortController().signal,
      onProgress: () => {
        throw new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL')
      },
    })
    expect(await codeOf(copying)).toBe('DISK_FULL')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a name', () => {
  it('is a title in the file, or the file itself; data goes on coming in', async () => {
    await using engine = await runningEngine()
    const { http } = engine.endpoints
    await send(http, 1)
    const home = dirname(engine.databasePath)
    writeFileSync(join(home, 'taken.db'), 'mine')
    await desk(engine).rename({ title: 'Friday’s outage' })
    expect((await engine.context.status.status()).session.name).toBe('Friday’s outage')
    expect(await codeOf(desk(engine).rename({ file: 'taken' }))).toBe('BAD_INPUT')
    expect(await codeOf(desk(engine).rename({ file: '../up' }))).toBe('BAD_INPUT')
    expect(await codeOf(desk(engine).rename({ file: '..' }))).toBe('BAD_INPUT')
    await desk(engine).rename({ file: 'friday', title: '' })
    expect(await engine.context.status.status()).toMatchObject({
      database: { path: join(home, 'friday.db') },
      session: { name: 'friday' },
      counts: { spans: 1 },
    })
    expect(await send(http, 2)).toBe(200)
    expect(readdirSync(home).filter((name) => /^spanlight/.test(name))).toEqual([])
    const { sessions } = await desk(engine).list()
    expect(sessions.map(({ name }) => name)).toEqual(['friday', 'taken'])
    expect(sessions[1]?.problem).toMatch(/not a SQLite database/)
    expect(readFileSync(join(home, 'taken.db'), 'utf8')).toBe('mine')
  })

  it('that is damaged says so, and what can be read of it is saved beside it', async () => {
    await using engine = await runningEngine()
    await send(engine.endpoints.http, 1)
    await copyOf(engine, file('damaged.db'))
    damageTable(file('damaged.db'), 'log_record')
    const before = readFileSync(file('damaged.db'))
    await expect(desk(engine).open(file('damaged.db'), false)).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
      data: { damaged: file('damaged.db') },
    })
    expect((await desk(engine).list()).sessions.find(({ name }) => name === 'damaged')).toMatchObject({
      fault: 'damaged',
    })

    const recover = async (from: string, to: string, signal?: AbortSignal) => {
      const events: RecoverEvent[] = []
      for await (const event of desk(engine).recover(from, to, signal)) events.push(event)
      return events.at(-1)
    }
    expect(await codeOf(recover(file('damaged.db'), file('no.db'), AbortSignal.abort()))).toBe('CANCELLED')
    expect(await codeOf(recover(engine.databasePath, file('no.db')))).toBe('BAD_INPUT')
    expect(await codeOf(recover(file('damaged.db'), file('damaged.db')))).toBe('BAD_INPUT')
    expect(await recover(file('damaged.db'), file('saved'))).toMatchObject({
      type: 'done',
      path: file('saved.db'),
      spans: 1,
    })
    expect(readFileSync(file('damaged.db'))).toEqual(before)
    await desk(engine).open(file('saved.db'), false)
    expect(await engine.context.status.status()).toMatchObject({ counts: { spans: 1 } })
  })

  it('of a file that is gone stays on the list until it is taken off', async () => {
    await using engine = await runningEngine()
    await desk(engine).create(file('short-lived.db'))
    await desk(engine).open(engine.databasePath, false)
    rmSync(file('short-lived.db'))
    const gone = (await desk(engine).list()).sessions.find(({ name }) => name === 'short-lived')
    expect(gone).toMatchObject({ fault: 'gone', problem: expect.stringMatching(/no file/) })
    desk(engine).forget([file('short-lived.db')])
    expect((await desk(engine).list()).sessions).toHaveLength(1)
  })
})

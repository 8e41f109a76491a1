/** Opening a database: the documented schema, files that are not ours or damaged, and the lock. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applicationId, openReader, openWriter } from '../../src/engine/store/database.ts'
import { lockStore } from '../../src/engine/store/lock.ts'
import { migrate, schemaVersion } from '../../src/engine/store/migrate.ts'
import { SpanlightError } from '../../src/shared/contract/errors.ts'
import { damageTable } from '../support/damaged-session.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  file = join(folder, 'spanlight.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof SpanlightError) return error.code
    throw error
  }
  return 'nothing was thrown'
}

const open = (): void => {
  openWriter(file, { durable: false }).close()
}

describe('the schema', () => {
  const documented = readFileSync(new URL('../../src/engine/store/schema.sql', import.meta.url), 'utf8')

  /** Statements without comments and layout. */
  const statementsOf = (sql: string): string[] =>
    sql
      .replaceAll(/--.*$/gm, '')
      .split(/;\s*(?:\n|$)/)
      .map((statement) =>
        statement
          .replaceAll(/\s+/g, ' ')
          .replaceAll(/ ?([(),]) ?/g, '$1')
          .trim(),
      )
      .filter((statement) => statement !== '')
      .sort()

  it('of a new file is the documented one', () => {
    open()
    const db = openReader(file)
    const statements = db
      .prepare("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'log_text_*'")
      .pluck()
      .all() as string[]
    db.close()
    expect(statementsOf(statements.join('\n'))).toEqual(statementsOf(documented))
  })

  it('says what every table and every column is for', () => {
    const undocumented = documented
      .split('\n')
      .filter((line) => /^(CREATE (TABLE|VIEW|VIRTUAL TABLE)| {2}[a-z_]+ (INTEGER|TEXT|BLOB|REAL)\b)/.test(line))
      .filter((line) => !/-- \S/.test(line))
    expect(undocumented).toEqual([])
    expect(documented.match(/^ {2}[a-z_]+ (INTEGER|TEXT|BLOB|REAL)\b/gm)?.length).toBeGreaterThan(60)
  })

  it('marks the file as ours and says how far it is', () => {
    open()
    const db = openReader(file)
    expect(db.pragma('application_id', { simple: true })).toBe(BigInt(applicationId))
    expect(db.pragma('user_version', { simple: true })).toBe(BigInt(schemaVersion))
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2n)
    expect(() => db.exec('CREATE TABLE mine (x)')).toThrow(/readonly|read-only/)
    db.close()
  })

  it('is left alone when the file is opened again', () => {
    open()
    const before = readFileSync(file)
    open()
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('of a step that fails stays what it was, to the last complete step', () => {
    const db = new Sqlite(':memory:')
    const steps = ['CREATE TABLE one (x)', 'CREATE TABLE two (x); CREATE TABLE one (y)']
    expect(() => migrate(db, file, steps)).toThrow(/already exists/)
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['one'])
    migrate(db, file, ['CREATE TABLE one (x)', 'CREATE TABLE two (x)'])
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['one', 'two'])
    db.close()
  })
})

describe('a file that is not for us', () => {
  const refusedUntouched = (code: string): void => {
    const before = readFileSync(file)
    expect(codeOf(open)).toBe(code)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(existsSync(`${file}-wal`) || existsSync(`${file}-journal`)).toBe(false)
  }

  it.each(['DELETE', 'WAL'])('but from the future is refused, untouched (journal mode %s)', (mode) => {
    open()
    const db = new Sqlite(file)
    db.pragma(`journal_mode = ${mode}`)
    db.pragma(`user_version = ${schemaVersion + 1}`)
    db.close()
    refusedUntouched('STORE_FROM_FUTURE')
  })

  it.each(['DELETE', 'WAL'])('but of another program is refused, untouched (journal mode %s)', (mode) => {
    const db = new Sqlite(file)
    db.pragma(`journal_mode = ${mode}`)
    db.exec("CREATE TABLE theirs (x); INSERT INTO theirs VALUES ('precious')")
    db.close()
    refusedUntouched('STORE_CORRUPT')
  })

  it('but of another program that made no table yet is refused, untouched', () => {
    const db = new Sqlite(file)
    db.pragma('application_id = 1234')
    db.exec('CREATE VIEW theirs AS SELECT 1')
    db.close()
    refusedUntouched('STORE_CORRUPT')
  })

  it('because it is no database at all is refused, untouched', () => {
    writeFileSync(file, `${'these are notes, not a database\n'.repeat(100)}`)
    refusedUntouched('STORE_CORRUPT')
  })

  it('because it is cut off is refused, untouched', () => {
    open()
    writeFileSync(file, readFileSync(file).subarray(0, 5000))
    refusedUntouched('STORE_CORRUPT')
  })

  it.each(['span', 'trace', 'span_link', 'log_record', 'service_rollup', 'point', 'note', 'setting'])(
    'because its table %s is damaged is refused, untouched, whatever its indexes say',
    (table) => {
      open()
      damageTable(file, table)
      const before = readFileSync(file)
      expect(codeOf(open)).toBe('STORE_CORRUPT')
      expect(readFileSync(file)).toEqual(before)
    },
  )

  it('because its first page is damaged is refused, untouched', () => {
    open()
    const bytes = readFileSync(file)
    bytes.fill(0xa5, 100, 4000)
    writeFileSync(file, bytes)
    refusedUntouched('STORE_CORRUPT')
  })

  it('because it is a folder, or lies in a file, is refused with what to do', () => {
    expect(codeOf(() => openWriter(folder, { durable: false }))).toBe('STORE_READONLY')
    writeFileSync(file, 'x')
    expect(codeOf(() => lockStore(join(file, 'below.db')))).toBe('STORE_READONLY')
  })

  it('because it is not there is nothing to read', () => {
    expect(codeOf(() => openReader(file))).toBe('NOT_FOUND')
    expect(existsSync(file)).toBe(false)
  })
})

describe('an empty file', () => {
  it('becomes a database', () => {
    writeFileSync(file, '')
    open()
    expect(openReader(file).pragma('user_version', { simple: true })).toBe(BigInt(schemaVersion))
  })
})

describe('the lock', () => {
  it('lets one in at a time, and the next after a release', () => {
    const lock = lockStore(file)
    expect(codeOf(() => lockStore(file))).toBe('STORE_LOCKED')
    lock.release()
    lockStore(file).release()
  })

  it('makes the folder it needs and leaves no journal', () => {
    const deep = join(folder, 'new', 'deeper', 'spanlight.db')
    const lock = lockStore(deep)
    expect(existsSync(`${deep}.lock-journal`)).toBe(false)
    lock.release()
  })

  it('dies with its process, however that ends', async () => {
    const holder = await lockingProcess(file)
    expect(codeOf(() => lockStore(file))).toBe('STORE_LOCKED')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    lockStore(file).release()
  })
})

/** Another process that holds the lock until it is killed. */
async function lockingProcess(path: string): Promise<ChildProcess> {
  const module = pathToFileURL(join(import.meta.dirname, '../../src/engine/store/lock.ts')).href
  const script = `const { lockStore } = await import(${JSON.stringify(module)});
    globalThis.lock = lockStore(${JSON.stringify(path)}); setInterval(() => {}, 1000); console.log('locked')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

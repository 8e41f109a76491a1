/** Damaged sessions: recognised when opened, and what can be read saved into a new file without a byte of the old one changed. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recoverSession, recoveryText } from '../../src/engine/recover.ts'
import { openWriter } from '../../src/engine/store/database.ts'
import { lockStore } from '../../src/engine/store/lock.ts'
import { runNoteCommand } from '../../src/engine/store/write-notes.ts'
import { damageTable } from '../support/damaged-session.ts'
import { logsOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { scratchStore } from '../support/scratch-store.ts'

const traces = 400
const pageBytes = 4096

let folder: string
let whole: Buffer
let spanPages: number[]
const damaged = (): string => join(folder, 'damaged.db')
const saved = (): string => join(folder, 'saved.db')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
  using store = scratchStore()
  for (let trace = 1; trace <= traces; trace++) {
    const spans = [1, 2, 3, 4].map((id) => ({ trace, id, ...(id > 1 ? { parent: 1 } : {}), name: `work ${id}` }))
    store.send(
      'traces',
      tracesOf(
        'shop',
        spans.map((span) => ({ ...span, attributes: { text: 'x'.repeat(300) } })),
      ),
    )
  }
  store.send('logs', logsOf('shop', [{ body: 'a line', trace: 1, span: 1 }, { body: 'another' }]))
  store.write((db) => {
    runNoteCommand(db, { name: 'addNote', subject: { traceId: traceIdOf(1) }, text: 'it was the cache' })
  })
  const copy = join(folder, 'whole.db')
  new Sqlite(store.file, { readonly: true }).exec(`VACUUM INTO '${copy}'`)
  const db = new Sqlite(copy)
  spanPages = db
    .prepare("SELECT pageno FROM dbstat WHERE name = 'span' AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all() as number[]
  db.close()
  whole = readFileSync(copy)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  rmSync(saved(), { force: true })
  writeFileSync(damaged(), whole)
})

/** Overwrites these pages with noise. */
function spoil(pages: readonly number[]): void {
  const bytes = Buffer.from(whole)
  for (const page of pages) bytes.fill(0xa5, (page - 1) * pageBytes, page * pageBytes)
  writeFileSync(damaged(), bytes)
}

const open = (): void => {
  openWriter(damaged(), { durable: false }).close()
}

describe('what can be read of a damaged file', () => {
  it('is saved around the pages that are overwritten, and what was lost is counted', async () => {
    const broken = spanPages.filter((_, index) => index % 10 === 5)
    expect(broken.length).toBeGreaterThan(5)
    spoil(broken)
    const before = readFileSync(damaged())
    const report = await recoverSession(damaged(), saved())
    expect(report.spans).toBeGreaterThan(traces * 4 * 0.8)
    expect(report.spans + report.lost).toBe(traces * 4)
    expect(report).toMatchObject({ logs: 2, notes: 1 })
    expect(recoveryText(report)).toMatch(/^Saved \d+ spans, 2 log records, 0 metric points, 1 note\. \d+ rows could/)
    expect(readFileSync(damaged()).equals(before)).toBe(true)
    expect(readdirSync(folder).sort()).toEqual(['damaged.db', 'saved.db', 'whole.db'])
    const db = new Sqlite(saved())
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.prepare('SELECT sum(span_count) FROM trace').pluck().get()).toBe(report.spans)
    expect(db.prepare("SELECT sum(count) FROM ingest_loss WHERE reason LIKE 'damaged%'").pluck().get()).toBe(
      report.lost,
    )
    expect(db.prepare('SELECT text FROM note').pluck().all()).toEqual(['it was the cache'])
    expect(db.prepare("SELECT count(*) FROM log_text WHERE log_text MATCH 'another'").pluck().get()).toBe(1)
    db.close()
  })

  it('counts what is lost of a table that is gone, which its indexes still know', async () => {
    damageTable(damaged(), 'log_record')
    expect(await recoverSession(damaged(), saved())).toMatchObject({ spans: traces * 4, logs: 0, lost: 2 })
  })

  it('is looked for where the end is cut off, which is noticed on opening', async () => {
    truncateSync(damaged(), Math.floor(whole.length / pageBytes / 2) * pageBytes)
    expect(open).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT', data: { damaged: damaged() } }))
    const report = await recoverSession(damaged(), saved()).catch((error: { code: string }) => error.code)
    // Pages lie in any order: the half that is left may hold no table as a whole.
    expect(report === 'STORE_CORRUPT' || typeof report === 'object').toBe(true)
  })

  it('is nothing in what is no database, and nothing is made then', async () => {
    writeFileSync(damaged(), 'x'.repeat(10_000))
    await expect(recoverSession(damaged(), saved())).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
    await expect(recoverSession(join(folder, 'none.db'), saved())).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(readdirSync(folder).sort()).toEqual(['damaged.db', 'whole.db'])
  })

  it('never takes the place of a file, and waits for who has the damaged one open', async () => {
    await expect(recoverSession(damaged(), join(folder, 'whole.db'))).rejects.toMatchObject({ code: 'BAD_INPUT' })
    const lock = lockStore(damaged())
    await expect(recoverSession(damaged(), saved())).rejects.toMatchObject({ code: 'STORE_LOCKED' })
    lock.release()
    const cancelled = recoverSession(damaged(), saved(), { signal: AbortSignal.abort() })
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' })
    rmSync(`${damaged()}.lock`, { force: true })
    expect(readdirSync(folder).sort()).toEqual(['damaged.db', 'whole.db'])
  })
})

/** `spanlight export`: while another Spanlight writes the database, into files that are whole or not there, and to pipes. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkOutputFile, writeToFile } from '../../src/cli/output-file.ts'
import { openReader } from '../../src/engine/store/database.ts'
import { writeSetting } from '../../src/engine/store/settings.ts'
import { CliSandbox } from '../support/cli-process.ts'
import { jaegerFile } from '../support/jaeger-schema.ts'
import { traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const sandbox = new CliSandbox()
let store: ScratchStore
let folder: string

beforeAll(() => {
  store = scratchStore()
  folder = mkdtempSync(join(tmpdir(), 'spanlight-export-test-'))
  store.send('traces', tracesOf('shop', [{ trace: 1, id: 1, name: 'mail to bob@example.com' }]))
})

afterAll(async () => {
  await sandbox[Symbol.asyncDispose]()
  store[Symbol.dispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function runCli(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { ended, stdout, stderr } = sandbox.run(args)
  const { code } = await ended
  return { code, stdout: stdout(), stderr: stderr() }
}

const path = (name: string): string => join(folder, name)

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

describe('the command', () => {
  it('exports a redacted trace from a database in use, and says what it did', async () => {
    const file = path('trace.json')
    const { code, stderr } = await runCli([
      'export',
      '--db',
      store.file,
      '--trace',
      traceIdOf(1),
      '--format',
      'jaeger',
      '-o',
      file,
    ])
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 trace, 1 span')])
    expect(stderr).toContain('1 values redacted (emails 1)')
    const [trace] = jaegerFile.parse(JSON.parse(readFileSync(file, 'utf8'))).data
    expect(trace?.spans[0]?.operationName).toMatch(/^mail to \[email:/)
  })

  it('redacts by the rules kept in the database, and by names and patterns that are added to them', async () => {
    using kept = scratchStore()
    const attributes = { 'order.id': 'o-1', lane: 'lane-4', tier: 'gold', mail: 'bob@example.com' }
    kept.send('traces', tracesOf('shop', [{ trace: 1, id: 1, attributes }]))
    const redaction = { rules: [], names: ['order.*'], patterns: ['lane-*'] }
    kept.write((db) => writeSetting(db, 'redaction', redaction))
    const exported = async (...options: string[]): Promise<string> => {
      const { stdout } = await runCli(['export', '--db', kept.file, '--format', 'otlp-json', ...options])
      return ['o-1', 'lane-4', 'gold', 'bob@'].filter((value) => stdout.includes(value)).join(' ')
    }
    const [asKept, added, only] = await Promise.all([
      exported(),
      exported('--redact-name', 'tier', '--redact-pattern', 'unused'),
      exported('--redact-only', 'emails', '--redact-name', 'tier'),
    ])
    expect([asKept, added, only]).toEqual(['gold bob@', 'bob@', 'o-1 lane-4'])
  })

  it('writes a session, which is a database of its own', async () => {
    const file = path('one.db')
    const { code } = await runCli(['export', '--db', store.file, '--format', 'session', '--no-redact', '-o', file])
    expect(code).toBe(0)
    expect(readdirSync(folder).filter((name) => name.startsWith('one.db'))).toEqual(['one.db'])
    const db = openReader(file)
    expect(db.prepare('SELECT name FROM operation').pluck().all()).toEqual(['mail to bob@example.com'])
    db.close()
  })

  it.each([
    [['--trace', traceIdOf(9), '--format', 'jaeger'], 'NOT_FOUND: No trace'],
    [['--service', 'nobody', '--format', 'otlp-json'], 'NOT_FOUND: Nothing that is stored matches'],
    [['--format', 'svg'], 'It must be one of otlp-jsonl'],
    [['--trace', traceIdOf(1), '--errors', '--format', 'jaeger'], 'not by both'],
  ])('%j fails with %s', async (options, message) => {
    const { code, stdout, stderr } = await runCli(['export', '--db', store.file, ...options])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
  })
})

describe('an output file', () => {
  it('is there as a whole or not at all', async () => {
    const file = path('whole.txt')
    await writeToFile(file, chunks('a', 'b'), { force: false })
    expect(readFileSync(file, 'utf8')).toBe('ab')
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* chunks('half')
      throw new Error('broken')
    }
    await expect(writeToFile(path('never.txt'), broken(), { force: false })).rejects.toThrow('broken')
    expect(readdirSync(folder).filter((name) => name.includes('never'))).toEqual([])
  })

  it('is refused before anything is done: a directory, one that exists, a folder that does not', async () => {
    mkdirSync(path('dir'))
    writeFileSync(path('there.txt'), 'mine')
    await expect(checkOutputFile(path('dir'), true)).rejects.toThrow(/is a directory/)
    await expect(checkOutputFile(path('there.txt'), false)).rejects.toThrow(/--force/)
    await expect(checkOutputFile(path('no/such.txt'), false)).rejects.toThrow(/There is no folder/)
    await checkOutputFile(path('there.txt'), true)
    await writeToFile(path('there.txt'), chunks('new'), { force: true })
    expect(readFileSync(path('there.txt'), 'utf8')).toBe('new')
  })

  it('that somebody else wrote meanwhile stays theirs', async () => {
    const file = path('raced.txt')
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield* chunks('mine')
      writeFileSync(file, 'theirs')
    }
    await expect(writeToFile(file, slow(), { force: false })).rejects.toThrow(/exists/)
    expect(readFileSync(file, 'utf8')).toBe('theirs')
    expect(readdirSync(folder).filter((name) => name.includes('raced'))).toEqual(['raced.txt'])
  })

  it.runIf(existsSync('/dev/full'))('on a full disk says so', async () => {
    await expect(writeToFile('/dev/full', chunks('x'.repeat(100_000)), { force: false })).rejects.toMatchObject({
      code: 'DISK_FULL',
    })
  })
})

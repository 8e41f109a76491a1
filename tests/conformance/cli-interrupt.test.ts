/** Commands that are stopped in the middle: they end at once, with the code that says so, nothing half and nothing lost. */

import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeToFile } from '../../src/cli/output-file.ts'
import { openReader } from '../../src/engine/store/database.ts'
import { type CliProcess, CliSandbox } from '../support/cli-process.ts'
import { logsOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

function bodies({ db }: CliSandbox): unknown[] {
  const reader = openReader(db)
  try {
    return reader
      .prepare('SELECT json(body) FROM log_record ORDER BY id')
      .pluck()
      .all()
      .map((body) => JSON.parse(String(body)))
  } finally {
    reader.close()
  }
}

const until = (condition: () => void): Promise<void> => vi.waitFor(condition, { timeout: 20_000, interval: 50 })
const piped = (box: CliSandbox, ...args: string[]): CliProcess => box.run([...args, '--db', box.db], undefined, 'pipe')

describe('spanlight import', () => {
  const line = (body: string): string => `${JSON.stringify(logsOf('cart', [{ body, at: 1n }]))}\n`

  it('of a pipe that is silent ends on SIGTERM with what it stored', async () => {
    await using box = new CliSandbox()
    const { child, ended, stdout } = piped(box, 'import', '-', '--json')
    child.stdin?.write(`${line('one')}{"half`)
    await until(() => expect(bodies(box)).toEqual(['one']))
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 130, signal: null })
    expect(JSON.parse(stdout())).toMatchObject([{ state: 'cancelled', stored: { logs: 1 } }])
    expect(readdirSync(box.folder)).toEqual(['spanlight.db', 'spanlight.db.lock'])
  })

  it('that waits for the database ends too', async () => {
    await using box = new CliSandbox()
    const holder = piped(box, 'import', '-')
    holder.child.stdin?.write(line('one'))
    await until(() => expect(bodies(box)).toEqual(['one']))
    const file = join(box.folder, 'two.jsonl')
    writeFileSync(file, line('two'))
    const { child, ended, stderr } = box.run(['import', file, '--db', box.db])
    await until(() => expect(stderr()).toMatch(/Waiting for spanlight import/))
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 130, signal: null })
    holder.child.stdin?.end(line('three'))
    expect((await holder.ended).code).toBe(0)
    expect(bodies(box)).toEqual(['one', 'three'])
  })
})

describe('spanlight tail', () => {
  it('stores what it passed on, up to the middle of a line, on SIGTERM', async () => {
    await using box = new CliSandbox()
    const { child, ended, stdout, stderr } = piped(box, 'tail')
    child.stdin?.write('one\ntwo\nhal')
    await until(() => expect(stdout()).toBe('one\ntwo\nhal'))
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 143, signal: null })
    expect([bodies(box), stderr()]).toEqual([['one', 'two', 'hal'], ''])
  })

  it('ends on the second Ctrl+C, whatever the program does', async () => {
    await using box = new CliSandbox()
    const { child, ended, stdout } = piped(box, 'tail')
    child.stdin?.write('one\n')
    await until(() => expect(stdout()).toBe('one\n'))
    const pressing = setInterval(() => child.kill('SIGINT'), 400)
    expect(await ended).toEqual({ code: 130, signal: null })
    clearInterval(pressing)
    expect(bodies(box)).toEqual(['one'])
  })

  it('of files stores what it printed, on SIGTERM', async () => {
    await using box = new CliSandbox()
    const file = join(box.folder, 'shop.log')
    writeFileSync(file, 'one\n')
    const { child, ended, stdout } = box.run(['tail', file, '--from-start', '--db', box.db])
    await until(() => expect(stdout()).toBe('one\n'))
    appendFileSync(file, 'two')
    await until(() => expect(stdout()).toBe('one\ntwo'))
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 143, signal: null })
    expect(bodies(box)).toEqual(['one', 'two'])
  })
})

/** Of more than a pipe holds. */
function muchStored(): ScratchStore {
  const store = scratchStore()
  const spans = Array.from({ length: 3_000 }, (_, index) => ({ id: index + 1, attributes: { text: 'x'.repeat(200) } }))
  store.send('traces', tracesOf('shop', spans))
  return store
}

/** Stops it once somebody has its first bytes and takes no more. */
async function stoppedUnread({ child, ended }: CliProcess, signal: NodeJS.Signals): CliProcess['ended'] {
  child.stdout?.pause()
  await until(() => expect(child.stdout?.readableLength).toBeGreaterThan(0))
  child.kill(signal)
  await new Promise((resolve) => child.once('exit', resolve))
  child.stdout?.resume()
  return ended
}

describe('a command ends on a signal while whoever reads its output does not:', () => {
  afterEach(() => vi.unstubAllEnvs())

  it.each(['otlp-jsonl', 'session'])('export as %s, which leaves nothing behind', async (format) => {
    using store = muchStored()
    await using box = new CliSandbox()
    vi.stubEnv('TMPDIR', box.folder)
    const command = box.run(['export', '--db', store.file, '--format', format])
    expect(await stoppedUnread(command, format === 'session' ? 'SIGHUP' : 'SIGINT')).toEqual({
      code: 130,
      signal: null,
    })
    expect(command.stderr()).toBe('spanlight: interrupted; what was written is not whole.\n')
    expect(readdirSync(box.folder)).toEqual([])
  })

  it('sql', async () => {
    using store = muchStored()
    await using box = new CliSandbox()
    const all = 'SELECT * FROM spans'
    const command = box.run(['sql', '--db', store.file, '--limit', '0', '--format', 'jsonl', all])
    expect(await stoppedUnread(command, 'SIGINT')).toEqual({ code: 130, signal: null })
    expect(command.stderr()).toBe('')
  })

  it('tail of a file', async () => {
    await using box = new CliSandbox()
    const file = join(box.folder, 'long.log')
    writeFileSync(file, 'a line of a log\n'.repeat(200_000))
    const command = box.run(['tail', file, '--from-start', '--db', box.db])
    expect(await stoppedUnread(command, 'SIGINT')).toEqual({ code: 0, signal: null })
    expect(command.stderr()).toBe('')
  })
})

describe('spanlight export', () => {
  it('leaves no file behind, and the one that was there as it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
    const file = join(folder, 'out.json')
    writeFileSync(file, 'before')
    const abort = new AbortController()
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        yield Buffer.from('more')
        await setImmediate()
        if (readdirSync(folder).length === 2) abort.abort()
      }
    }
    await expect(writeToFile(file, endless(), { signal: abort.signal, force: true })).rejects.toThrow(/aborted/)
    expect(readdirSync(folder)).toEqual(['out.json'])
    expect(readFileSync(file, 'utf8')).toBe('before')
    rmSync(folder, { recursive: true })
  })
})

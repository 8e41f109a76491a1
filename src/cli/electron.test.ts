import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { searchElectron } from './electron.ts'

let folder = ''
let packageDir = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanlight-electron-'))
  packageDir = join(folder, 'electron')
  mkdirSync(packageDir)
  writeFileSync(join(packageDir, 'package.json'), '{ "version": "45.0.0" }')
})

afterEach(() => rmSync(folder, { recursive: true }))

const installer = (code: string): void => writeFileSync(join(packageDir, 'install.js'), code)

const search = (nowMs = 0) =>
  searchElectron({ packageDir, memoryFile: join(folder, 'cache', 'download.json'), nowMs, announce: () => undefined })

const installs = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  mkdirSync(__dirname + '/dist')
  writeFileSync(__dirname + '/dist/electron', '')
  writeFileSync(__dirname + '/path.txt', 'electron')`

const fails = `
  require('node:fs').appendFileSync(__dirname + '/tries', 'x')
  console.error('TypeError: fetch failed\\n  at somewhere')
  process.exit(1)`

describe('the search for Electron', () => {
  test('finds nothing where the package is not installed', async () => {
    const found = await searchElectron({ packageDir: undefined, memoryFile: '', nowMs: 0, announce: () => undefined })
    expect(found).toEqual({ kind: 'missing', reason: 'which is not installed here' })
  })

  test('fetches the program once', async () => {
    installer(installs)
    const executable = join(packageDir, 'dist', 'electron')
    expect(await search()).toEqual({ kind: 'found', executable })
    installer('process.exit(1)')
    expect(await search()).toEqual({ kind: 'found', executable })
  })

  test('says why the download failed, and tries again after a day only', async () => {
    const tries = () => readFileSync(join(packageDir, 'tries'), 'utf8').length
    installer(fails)
    expect(await search()).toEqual({ kind: 'missing', reason: 'which could not be downloaded (fetch failed)' })
    expect(await search(60_000)).toEqual({
      kind: 'missing',
      reason: 'which could not be downloaded today (fetch failed)',
    })
    expect(tries()).toBe(1)
    await search(25 * 60 * 60 * 1000)
    expect(tries()).toBe(2)
  })

  test('another version is tried at once', async () => {
    installer(fails)
    await search()
    writeFileSync(join(packageDir, 'package.json'), '{ "version": "46.0.0" }')
    installer(installs)
    expect(await search(1)).toMatchObject({ kind: 'found' })
  })

  test('an installer that leaves no program has failed', async () => {
    installer('')
    expect(await search()).toEqual({
      kind: 'missing',
      reason: 'which could not be downloaded (the download is incomplete)',
    })
  })
})

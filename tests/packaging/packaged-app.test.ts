/** What the packaged app is made of, by packaging it: nothing too much, nothing missing, every door shut. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import configuration from '../../electron-builder.config.ts'
import { CliSandbox } from '../support/cli-process.ts'
import { type ArchivedFile, extractAsar, readAsar } from './support/asar.ts'
import { type PackagedApp, packageApp } from './support/packaged-app.ts'

const packagingLimitMs = 240_000
const megabyte = 1_000_000

/** Electron's order of fuses. */
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

describe('packaged for Linux', () => {
  let app: PackagedApp
  let files: readonly ArchivedFile[]

  beforeAll(async () => {
    app = await packageApp('linux')
    files = readAsar(app.archive)
  }, packagingLimitMs)
  afterAll(() => app?.[Symbol.dispose]())

  test('holds the built app, its pictures, production packages and nothing else', () => {
    const tops = new Set(files.map(({ path }) => path.split('/')[0]))
    expect([...tops].sort()).toEqual(['node_modules', 'out', 'package.json', 'resources'])
    const paths = files.map(({ path }) => path)
    for (const path of [
      'out/main/index.js',
      'out/preload/index.cjs',
      'out/node/engine-process.js',
      'out/node/writer.js',
      'out/node/reader.js',
      'out/node/sql.js',
      'out/node/database.md',
      'out/renderer/index.html',
      'resources/tray.png',
    ]) {
      expect(paths).toContain(path)
    }
    expect(paths.filter((path) => path.startsWith('resources/installer'))).toEqual([])
    expect(paths.filter((path) => /^node_modules\/.*\.(map|[cm]?ts|c|h|cpp|gyp)$/.test(path))).toEqual([])
    for (const name of ['electron', 'react', 'vite', 'typescript', '@types']) {
      expect(paths.filter((path) => path.startsWith(`node_modules/${name}/`))).toEqual([])
    }
    expect(existsSync(join(app.folder, 'resources/licenses.txt'))).toBe(true)
  })

  test("keeps better-sqlite3's binary for this system, beside the archive, and no other", () => {
    const binaries = files.filter(({ path }) => path.endsWith('.node'))
    expect(binaries.map(({ path }) => path)).toEqual(['node_modules/better-sqlite3/prebuilds/linux-x64.node'])
    expect(files.filter(({ unpacked }) => unpacked)).toEqual(binaries)
  })

  test('is under 60 MB without Electron', () => {
    const bytes = files.reduce((sum, { size }) => sum + size, 0)
    console.log(`The packaged app without Electron: ${(bytes / megabyte).toFixed(1)} MB in ${files.length} files.`)
    expect(bytes).toBeGreaterThan(5 * megabyte)
    expect(bytes).toBeLessThan(60 * megabyte)
  })

  test('sets every fuse', () => {
    const expected = fuseNames.map((name) => (configuration.electronFuses?.[name] ? '1' : '0')).join('')
    expect(app.fuses().slice(0, fuseNames.length)).toBe(expected)
    expect(expected).toBe('01001100')
  })

  test.runIf(process.platform === 'linux' && process.arch === 'x64')('runs from what was packaged alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanlight-extracted-'))
    try {
      extractAsar(app.archive, folder)
      await using sandbox = new CliSandbox()
      const { ready } = await sandbox.serve({ command: [process.execPath, join(folder, 'out/node/cli.js')] })
      const health = await fetch(`${new URL(ready.ui).origin}/api/health`, {
        headers: { authorization: `Bearer ${ready.token}` },
      })
      expect(health.status).toBe(200)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test('packaged for Windows, takes the binary for Windows alone', { timeout: packagingLimitMs }, async () => {
  // The empty shell is no Windows program whose resources could be edited.
  using app = await packageApp('win32', {
    disableAsarIntegrity: true,
    win: { ...configuration.win, signAndEditExecutable: false },
  })
  const binaries = readAsar(app.archive).filter(({ path }) => path.endsWith('.node'))
  expect(binaries.map(({ path }) => path)).toEqual(['node_modules/better-sqlite3/prebuilds/win32-x64.node'])
})

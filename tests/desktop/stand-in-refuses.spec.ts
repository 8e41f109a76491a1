/** The stand-in refuses what Electron refuses, and everything it knows nothing about. */

import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import type { DesktopApp } from './support/desktop-app.ts'
import { appOf, brokenSpanlight, type Folder } from './support/small-app.ts'
import { standInHost } from './support/stand-in-host.ts'

const everything = `import {
  app, BrowserWindow, clipboard, dialog, ipcMain, Menu, MessageChannelMain, nativeImage, nativeTheme, net, protocol,
  screen, session, shell, Tray, utilityProcess,
} from 'electron'
import { join } from 'node:path'
`

interface Fixtures {
  /** Removed after the test. */
  readonly keep: (folder: Folder) => string
  readonly start: (
    appFolder: string,
    args?: readonly string[],
  ) => Promise<DesktopApp & { readonly complaints: string[] }>
}

const test = base.extend<Fixtures>({
  keep: async ({ browserName: _ }, use) => {
    const kept: Folder[] = []
    await use((folder) => {
      kept.push(folder)
      return folder.path
    })
    for (const folder of kept) folder.remove()
  },
  start: async ({ browserName: _ }, use) => {
    const started: DesktopApp[] = []
    await use(async (appFolder, args = []) => {
      const complaints: string[] = []
      const onPage = (page: Page): void => {
        page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
        page.on('pageerror', (error) => void complaints.push(error.message))
      }
      const app = await standInHost.start({
        appFolder,
        args: [...args, `--user-data-dir=${join(appFolder, 'data')}`],
        onPage,
      })
      started.push(app)
      return Object.assign(app, { complaints })
    })
    for (const app of started) await app.dispose()
  },
})

const refusals: readonly (readonly [what: string, code: string, refusal: RegExp])[] = [
  ['a second handler', `ipcMain.handle('a', () => 1); ipcMain.handle('a', () => 2)`, /second handler for 'a'/],
  ['an unknown function', `app.setJumpListt([])`, /not modelled by the stand-in: app.setJumpListt/],
  ['a module it lacks', `net.fetch('https://example.org')`, /not modelled by the stand-in: net.fetch/],
  ['an unknown event', `app.on('second-instant', () => {})`, /not modelled.*second-instant/],
  ['an unknown property set', `nativeTheme.source = 'dark'`, /not modelled.*nativeTheme.source/],
  ['an unknown option of a window', `new BrowserWindow({ widht: 1 })`, /not modelled.*widht/],
  ['an unknown preference', `new BrowserWindow({ webPreferences: { contextIsolated: true } })`, /contextIsolated/],
  ['a window without sandbox', `new BrowserWindow({ webPreferences: { sandbox: false } })`, /not modelled.*sandbox/],
  ['a preload by a relative path', `new BrowserWindow({ webPreferences: { preload: 'p.cjs' } })`, /absolute path/],
  ['fractions of pixels', `new BrowserWindow({ width: 10.5 })`, /integer/],
  [
    'bytes to transfer',
    `new MessageChannelMain().port1.postMessage('x', [new ArrayBuffer(8)])`,
    /Port at index 0 is not a valid port/,
  ],
  [
    'a port transferred twice',
    `const { port1 } = new MessageChannelMain()
     const child = utilityProcess.fork(join(app.getAppPath(), 'main.js'))
     child.postMessage(1, [port1]); child.postMessage(2, [port1])`,
    /already neutered/,
  ],
  ['a message that is a function', `new MessageChannelMain().port1.postMessage(() => 1)`, /could not be cloned/],
  [
    'a message with a port in it',
    `const c = new MessageChannelMain(); c.port1.postMessage({ c })`,
    /could not be cloned/,
  ],
  ['a scheme too late', `protocol.registerSchemesAsPrivileged([])`, /before app is ready/],
  ['an unregistered scheme', `protocol.handle('app', () => new Response(''))`, /not registered/],
  ['an unknown role', `Menu.buildFromTemplate([{ role: 'copi' }])`, /Unknown menu role: copi/],
  ['an item without label', `Menu.buildFromTemplate([{ click() {} }])`, /label or role/],
  [
    'a key that is none',
    `Menu.buildFromTemplate([{ label: 'x', accelerator: 'Ctl+X' }])`,
    /Invalid accelerator: Ctl\+X/,
  ],
  ['an icon that is not there', `new Tray(join(app.getAppPath(), 'none.png'))`, /no image/],
  ['a module by a relative path', `utilityProcess.fork('./main.js')`, /absolute/],
  ['a question nobody answers', `await dialog.showOpenDialog({})`, /without an answer/],
]

const tooEarly: readonly (readonly [what: string, code: string])[] = [
  ['windows', 'new BrowserWindow()'],
  ['processes', `utilityProcess.fork('/x.js')`],
  ['displays', 'screen.getPrimaryDisplay()'],
  ['the session', 'session.defaultSession.setPermissionCheckHandler(null)'],
]

/** What became of each piece of code in a main process: the message of what it threw, or `accepted`. */
async function tryAll(): Promise<ReadonlyMap<string, string>> {
  const pieces = (all: readonly (readonly [what: string, code: string, refusal?: RegExp])[]): string =>
    all.map(([, code]) => `await attempt(${JSON.stringify(code)}, async () => { ${code} })`).join('\n')
  const folder = appOf({
    'main.js': `${everything}
      async function attempt(code, run) {
        let outcome = 'accepted'
        try { await run() } catch ({ message }) { outcome = message }
        console.log('outcome ' + JSON.stringify([code, outcome]))
      }
      ${pieces(tooEarly)}
      app.whenReady().then(async () => { ${pieces(refusals)}; app.exit(0) })`,
  })
  const { output } = await standInHost.run({ appFolder: folder.path, args: [] })
  folder.remove()
  return new Map([...output.matchAll(/^outcome (.*)$/gm)].map(([, line = '']) => JSON.parse(line) as [string, string]))
}

let outcomes: ReturnType<typeof tryAll> | undefined

async function outcomeOf(code: string): Promise<string | undefined> {
  outcomes ??= tryAll()
  return (await outcomes).get(code)
}

for (const [what, code, refusal] of refusals)
  test(`refuses ${what}`, async () => {
    expect(await outcomeOf(code)).toMatch(refusal)
  })

for (const [what, code] of tooEarly)
  test(`refuses ${what} before the app is ready`, async () => {
    expect(await outcomeOf(code)).toMatch(/cannot be called before app is ready/)
  })

const page = `<!doctype html><title>small</title><p>here</p>`
const windowed = (more = '', preferences = ''): string => `${everything}
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
  app.whenReady().then(() => {
    protocol.handle('app', () => new Response(${JSON.stringify(page)}, { headers: { 'content-type': 'text/html' } }))
    const window = new BrowserWindow({ show: false, webPreferences: { preload: join(app.getAppPath(), 'preload.cjs') ${preferences} } })
    window.webContents.on('preload-error', (event, path, error) => console.log('preload-error: ' + error.message))
    ${more}
    window.loadURL('app://small/')
  })`

const preloads: readonly (readonly [what: string, preload: string, complaint: RegExp])[] = [
  [
    'that is an ES module',
    `import { contextBridge } from 'electron'\ncontextBridge.exposeInMainWorld('host', {})`,
    /import statement/,
  ],
  ['that exports as an ES module', `export const host = {}`, /export/],
  ['that requires Node', `require('fs')`, /module not found: fs/],
  ['that requires a file', `require('./other.cjs')`, /module not found/],
  ['that uses what no preload has', `require('electron').shell.beep()`, /not modelled.*electron.shell/],
  [
    'that passes a port through the bridge',
    `require('electron').contextBridge.exposeInMainWorld('host', { port: new MessageChannel().port1 })`,
    /could not be cloned/,
  ],
  [
    'that exposes the same twice',
    `const { contextBridge } = require('electron')
     contextBridge.exposeInMainWorld('host', {}); contextBridge.exposeInMainWorld('host', {})`,
    /existing property/,
  ],
]

/** What `preload-error` said of each preload, all of them in windows of one app. */
async function tryPreloads(): Promise<ReadonlyMap<string, string>> {
  const files = preloads.map(([, preload], index) => [`preload-${index}.cjs`, preload] as const)
  const folder = appOf({
    ...Object.fromEntries(files),
    'main.js': `${everything}
      protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
      app.whenReady().then(async () => {
        protocol.handle('app', () => new Response(${JSON.stringify(page)}, { headers: { 'content-type': 'text/html' } }))
        for (const name of ${JSON.stringify(files.map(([name]) => name))}) {
          const window = new BrowserWindow({ show: false, webPreferences: { preload: join(app.getAppPath(), name) } })
          const failed = new Promise((resolve) => window.webContents.on('preload-error', (event, path, error) => resolve(error.message)))
          await window.loadURL('app://small/')
          const limit = new Promise((resolve) => setTimeout(resolve, 5_000, 'accepted'))
          console.log('outcome ' + JSON.stringify([name, await Promise.race([failed, limit])]))
        }
        app.exit(0)
      })`,
  })
  const { output } = await standInHost.run({ appFolder: folder.path, args: [] })
  folder.remove()
  return new Map([...output.matchAll(/^outcome (.*)$/gm)].map(([, line = '']) => JSON.parse(line) as [string, string]))
}

let preloadOutcomes: ReturnType<typeof tryPreloads> | undefined

for (const [index, [what, , complaint]] of preloads.entries())
  test(`refuses a preload ${what}`, async () => {
    preloadOutcomes ??= tryPreloads()
    expect((await preloadOutcomes).get(`preload-${index}.cjs`)).toMatch(complaint)
  })

test('a port handed out by a function of the bridge is refused too', async ({ keep, start }) => {
  const preload = `require('electron').contextBridge.exposeInMainWorld('host', { port: () => new MessageChannel().port1 })`
  const app = await start(keep(appOf({ 'main.js': windowed(), 'preload.cjs': preload })))
  await expect(app.page.getByText('here')).toBeVisible()
  expect(await app.page.evaluate(`{ try { host.port() } catch (error) { String(error) } }`)).toMatch(
    /could not be cloned/,
  )
})

test("the preload's world is not the page's", async ({ keep, start }) => {
  const preload = `globalThis.secret = 1; require('electron').contextBridge.exposeInMainWorld('host', { answer: () => 42 })`
  const app = await start(keep(appOf({ 'main.js': windowed(), 'preload.cjs': preload })))
  await expect(app.page.getByText('here')).toBeVisible()
  expect(await app.page.evaluate('[typeof secret, typeof require, host.answer(), Object.isFrozen(host)]')).toEqual([
    ...['undefined', 'undefined'],
    42,
    true,
  ])
})

test('permissions nobody refuses are granted', async ({ keep, start }) => {
  const app = await start(keep(appOf({ 'main.js': windowed(), 'preload.cjs': '' })))
  await expect(app.page.getByText('here')).toBeVisible()
  await expect
    .poll(() => app.page.evaluate(`navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)`))
    .toBe('granted')
})

test('a window that nobody denies ends the stand-in', async ({ keep, start }) => {
  const app = await start(keep(appOf({ 'main.js': windowed(), 'preload.cjs': '' })))
  await expect(app.page.getByText('here')).toBeVisible()
  await app.page.evaluate(`void window.open('https://example.org')`).catch(() => undefined)
  expect((await app.ended).code).toBe(70)
  expect(app.output()).toContain('not modelled by the stand-in: windows that a page opens')
})

test('a main that awaits its readiness while it loads never gets ready', async ({ keep }) => {
  const main = `import { app } from 'electron'\nawait app.whenReady()`
  const { code, output } = await standInHost.run({ appFolder: keep(appOf({ 'main.js': main })), args: [] })
  expect(code).not.toBe(0)
  expect(output).toMatch(/unsettled top-level await|never gets ready/)
})

test('Spanlight with a preload that is an ES module has no host', async ({ keep, start }) => {
  const broken = brokenSpanlight(
    'out/preload/index.cjs',
    /(let|const|var) electron = require\("electron"\);?/,
    'import * as electron from "electron"',
  )
  const app = await start(keep(broken), [
    '--otlp-grpc-port=0',
    '--otlp-http-port=0',
    `--db=${join(broken.path, 'x.db')}`,
  ])
  await expect.poll(() => app.complaints.join('\n')).toMatch(/Unable to load preload script/)
  expect(await app.page.evaluate('typeof spanlightHost')).toBe('undefined')
})

test('Spanlight with a port through its bridge has no host', async ({ keep, start }) => {
  const broken = brokenSpanlight(
    'out/preload/index.cjs',
    'connect: () =>',
    'port: new MessageChannel().port1, connect: () =>',
  )
  const app = await start(keep(broken), [
    '--otlp-grpc-port=0',
    '--otlp-http-port=0',
    `--db=${join(broken.path, 'x.db')}`,
  ])
  await expect.poll(() => app.complaints.join('\n')).toMatch(/could not be cloned/)
  expect(await app.page.evaluate('typeof spanlightHost')).toBe('undefined')
})

for (const [what, from, to, refusal] of [
  ['that handles a channel twice', /handle\(hostChannels\.settings/, 'handle(hostChannels.recover', /second handler/],
  [
    'that calls what does not exist',
    /requestSingleInstanceLock\(\)/,
    'requestSingleInstance()',
    /not modelled.*app.requestSingleInstance/,
  ],
  ['that registers no scheme', /^\s*declareAppScheme\(\);$/m, '', /not registered/],
] as const)
  test(`Spanlight with a main ${what} does not start`, async ({ keep }) => {
    const broken = brokenSpanlight('out/main/index.js', from, to)
    const args = [`--user-data-dir=${join(broken.path, 'data')}`, `--db=${join(broken.path, 'x.db')}`]
    const { code, output } = await standInHost.run({ appFolder: keep(broken), args })
    expect(code).not.toBe(0)
    expect(output).toMatch(refusal)
  })

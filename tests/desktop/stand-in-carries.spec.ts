/** What the stand-in's ports and processes carry: the same values, in order, until an end is gone. */

import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { appOf } from './support/small-app.ts'
import { standInHost } from './support/stand-in-host.ts'

/** A page that is given a port to a utility process, which sends everything back twice: it, and what it was. */
const files = {
  'main.js': `import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, utilityProcess } from 'electron'
    import { join } from 'node:path'
    protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
    app.whenReady().then(() => {
      protocol.handle('app', () => new Response('<!doctype html><p>here</p>', { headers: { 'content-type': 'text/html' } }))
      const child = utilityProcess.fork(join(app.getAppPath(), 'child.js'), ['argument'])
      child.on('message', (message) => console.log('child says ' + JSON.stringify(message)))
      child.on('exit', (code) => console.log('child exits with ' + code))
      const window = new BrowserWindow({ show: false, webPreferences: { preload: join(app.getAppPath(), 'preload.cjs') } })
      ipcMain.on('port', ({ sender, senderFrame }) => {
        const { port1, port2 } = new MessageChannelMain()
        // Both are sent before either side listens.
        child.postMessage({ from: senderFrame.url }, [port2])
        sender.postMessage('port', null, [port1])
      })
      ipcMain.handle('add', (event, one, other) => { if (one === 0) throw new Error('no zero'); return one + other })
      globalThis.child = child
      window.loadURL('app://small/')
    })`,
  'preload.cjs': `const { contextBridge, ipcRenderer } = require('electron')
    ipcRenderer.on('port', ({ ports }) => window.postMessage('port', window.location.origin, ports))
    contextBridge.exposeInMainWorld('host', {
      connect: () => ipcRenderer.send('port'),
      add: (one, other) => ipcRenderer.invoke('add', one, other),
      each: (items, listener) => items.map((item) => listener(item)),
      later: (listener) => { setTimeout(() => listener('later'), 10); return () => 'stopped' },
    })`,
  'child.js': `process.parentPort.on('message', ({ data, ports: [port] }) => {
      process.parentPort.postMessage({ data, argv: process.argv.slice(2) })
      port.on('message', ({ data }) => {
        port.postMessage({ data, kind: Object.prototype.toString.call(data) })
      })
      port.on('close', () => process.parentPort.postMessage('port closed'))
      port.start()
    })`,
}

const test = base.extend<{ readonly app: Awaited<ReturnType<typeof standInHost.start>> }>({
  app: async ({ browserName: _ }, use) => {
    const folder = appOf(files)
    const app = await standInHost.start({
      appFolder: folder.path,
      args: [`--user-data-dir=${join(folder.path, 'data')}`],
    })
    await expect(app.page.getByText('here')).toBeVisible()
    await app.page.evaluate(`{
      globalThis.answers = []
      window.addEventListener('message', ({ data, ports: [port], source }) => {
        if (data !== 'port' || source !== window) return
        globalThis.port = port
        port.addEventListener('message', ({ data }) => answers.push(data))
        port.addEventListener('close', () => answers.push('closed'))
        port.start()
      })
      host.connect()
    }`)
    await expect.poll(() => app.page.evaluate('typeof port')).toBe('object')
    await use(app)
    await app.dispose()
    folder.remove()
  },
})

test('values of every kind cross to a process and back', async ({ app }) => {
  const { page } = app
  await page.evaluate(`{
    const bytes = new Uint8Array(300_000).map((_, index) => index * 7)
    for (const value of [
      undefined, null, 0.1 + 0.2, -0, NaN, 2n ** 70n, 'ünï\\u{1F600}', new Date(5), new Map([[1, { a: [undefined] }]]),
      new Set(['x']), bytes, bytes.buffer, bytes.subarray(10, 20), new BigInt64Array([-1n]), { $: 'kept', v: 1 },
    ]) port.postMessage(value)
  }`)
  await expect.poll(() => page.evaluate('answers.length')).toBe(15)
  expect(await page.evaluate('answers.map(({ kind }) => kind.slice(8, -1))')).toEqual([
    ...['Undefined', 'Null', 'Number', 'Number', 'Number', 'BigInt', 'String', 'Date', 'Map', 'Set'],
    ...['Uint8Array', 'ArrayBuffer', 'Uint8Array', 'BigInt64Array', 'Object'],
  ])
  expect(
    await page.evaluate(`{
      const [, , float, zero, nan, large, text, date, map, set, bytes, buffer, part, ints, tagged] = answers.map(({ data }) => data)
      const same = (left) => left.length === 300_000 && left.every((byte, index) => byte === ((index * 7) & 255))
      ;[
        float === 0.1 + 0.2, Object.is(zero, -0), Number.isNaN(nan), large === 2n ** 70n, text === 'ünï\\u{1F600}',
        date.getTime() === 5, 'a' in map.get(1) && map.get(1).a.length === 1, set.has('x'), same(bytes),
        same(new Uint8Array(buffer)), part.length === 10 && part[0] === 70, ints[0] === -1n, tagged.$ === 'kept',
      ].every(Boolean)
    }`),
  ).toBe(true)
})

test('the order of messages is kept', async ({ app: { page } }) => {
  await page.evaluate('for (let index = 0; index < 500; index++) port.postMessage(index)')
  await expect.poll(() => page.evaluate('answers.length')).toBe(500)
  expect(await page.evaluate('answers.every(({ data }, index) => data === index)')).toBe(true)
})

test('main sees the app’s own addresses, and the process its arguments', async ({ app }) => {
  await expect.poll(() => app.output()).toContain('child says {"data":{"from":"app://small/"},"argv":["argument"]}')
})

test('a killed process closes its ports and exits', async ({ app }) => {
  await app.evaluate(() => void (globalThis as unknown as { child: { kill(): void } }).child.kill())
  await expect.poll(() => app.page.evaluate('answers.at(-1)')).toBe('closed')
  await expect.poll(() => app.output()).toContain('child exits with 9')
})

test('a port closed in the page, or gone with it, closes in the process', async ({ app }) => {
  await app.page.evaluate('port.close()')
  await expect.poll(() => app.output().match(/port closed/g)?.length).toBe(1)
  await app.page.evaluate(`{ host.connect() }`)
  await expect.poll(() => app.output().match(/child says \{"data"/g)?.length).toBe(2)
  await app.page.reload()
  await expect.poll(() => app.output().match(/port closed/g)?.length).toBe(2)
})

test('the bridge carries calls, callbacks, promises and their errors', async ({ app: { page } }) => {
  expect(await page.evaluate('host.add(1, 2)')).toBe(3)
  expect(await page.evaluate('host.add(0, 2).catch(({ message }) => message)')).toBe(
    "Error invoking remote method 'add': Error: no zero",
  )
  expect(await page.evaluate('host.each([1, 2], (item) => item * 2)')).toEqual([2, 4])
  expect(await page.evaluate('new Promise((resolve) => { host.later(resolve) })')).toBe('later')
  expect(await page.evaluate('host.later(() => {})()')).toBe('stopped')
})

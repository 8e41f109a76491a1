import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { HostOptions } from './host-options.ts'
import { openWindow, whyBrowser, windowArguments } from './window.ts'

const defaults: HostOptions = {
  host: '127.0.0.1',
  port: { port: 4319, explicit: false },
  otlpHost: '127.0.0.1',
  otlpGrpc: { port: 4317, explicit: false },
  otlpHttp: { port: 4318, explicit: false },
  db: 'data/spanlight.db',
  durable: false,
  open: true,
  readyFile: undefined,
}
const desktop = { DISPLAY: ':0' }

describe('a window may open', () => {
  test('on a desktop, unless something only a server has was asked for', () => {
    expect(whyBrowser(defaults, desktop, 'linux')).toBeUndefined()
    expect(whyBrowser(defaults, {}, 'darwin')).toBeUndefined()
    expect(whyBrowser({ ...defaults, open: false }, desktop, 'linux')).toContain('--no-open')
    expect(whyBrowser({ ...defaults, port: { port: 0, explicit: true } }, desktop, 'linux')).toContain('--port')
    expect(whyBrowser({ ...defaults, host: '0.0.0.0' }, desktop, 'linux')).toContain('--host')
    expect(whyBrowser({ ...defaults, readyFile: 'x' }, desktop, 'linux')).toContain('--ready-file')
  })

  test('not where nobody would see it, or where that was ruled out', () => {
    expect(whyBrowser(defaults, {}, 'linux')).toContain('no display')
    expect(whyBrowser(defaults, { ...desktop, CI: 'true' }, 'linux')).toContain('CI')
    expect(whyBrowser(defaults, { ...desktop, SPANLIGHT_NO_ELECTRON: '1' }, 'linux')).toContain('SPANLIGHT_NO_ELECTRON')
  })
})

describe('the window', () => {
  test('is told what was asked for, each in one argument', () => {
    expect(windowArguments(defaults)).toEqual([`--db=${resolve('data/spanlight.db')}`, '--otlp-host=127.0.0.1'])
    const asked = { ...defaults, durable: true, otlpGrpc: { port: 0, explicit: true } }
    expect(windowArguments(asked)).toEqual(expect.arrayContaining(['--otlp-grpc-port=0', '--durable']))
  })

  test('was closed when its program ends well', async () => {
    expect(await openWindow(process.execPath, ['-e', ''])).toBeUndefined()
  })

  test('could not open when its program fails at once', async () => {
    expect(await openWindow(process.execPath, ['-e', 'process.exit(3)'])).toBe('it ended with code 3')
    expect(await openWindow('/nowhere/electron', [])).toContain('ENOENT')
  })
})

/** Runs the app in real Electron: the one that npm installed, or the packaged app that is named. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import type { DesktopApp, DesktopHost, Ended } from './desktop-app.ts'

/** The executable of an app that electron-builder packaged. */
const packagedApp = process.env.SPANLIGHT_PACKAGED_APP
const electronFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
// Machines that test have no set-up for Chromium's own sandbox; that of the preload doesn't depend on it.
const switches = process.platform === 'linux' ? ['--no-sandbox'] : []

/** Undefined where there is no binary. */
export function electronHost(): DesktopHost | undefined {
  const executablePath = packagedApp ?? installedElectron()
  if (executablePath === undefined) return undefined
  const { version } = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8')) as { version: string }
  const argsFor = (appFolder: string, args: readonly string[]): string[] => [
    ...switches,
    ...(packagedApp === undefined ? [appFolder] : []),
    ...args,
  ]
  return {
    name: packagedApp === undefined ? `real Electron ${version}` : `real Electron ${version}, packaged`,
    isReal: true,
    start: async ({ appFolder, args, onPage }) => {
      const launched = await _electron.launch({ executablePath, args: argsFor(appFolder, args) })
      if (onPage) launched.on('window', onPage)
      for (const page of launched.windows()) onPage?.(page)
      return appOf(launched)
    },
    run: async ({ appFolder, args }) => {
      const child = spawn(executablePath, argsFor(appFolder, args), { stdio: ['ignore', 'pipe', 'pipe'] })
      const written: string[] = []
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => written.push(String(part)))
      const [code, signal] = await once(child, 'close')
      return { code, signal, output: written.join('') }
    },
  }
}

function installedElectron(): string | undefined {
  const note = join(electronFolder, 'path.txt')
  if (!existsSync(note)) return undefined
  const path = join(electronFolder, 'dist', readFileSync(note, 'utf8').trim())
  return existsSync(path) ? path : undefined
}

async function appOf(launched: ElectronApplication): Promise<DesktopApp> {
  const child = launched.process()
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => written.push(String(part)))
  const ended = once(child, 'exit').then(([code, signal]): Ended => ({ code, signal }))
  return {
    page: await launched.firstWindow(),
    pid: child.pid ?? 0,
    ended,
    evaluate: (code, argument) => launched.evaluate(code as never, argument as never),
    output: () => written.join(''),
    dispose: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
    },
  }
}

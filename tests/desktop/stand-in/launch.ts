/**
 * Starts a desktop app as `electron <app folder> [arguments]` would: the app's main runs unchanged in this process and
 * gets the stand-in for `electron`.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from './app.ts'
import { answerTests } from './control.ts'
import { becomeReady } from './readiness.ts'
import { giveUp } from './strict.ts'

const stuckLimitMs = 5_000

const given = process.argv.slice(2)
const appArgument = given.find((argument) => !argument.startsWith('-'))
if (appArgument === undefined) throw new Error('usage: launch.ts <app folder> [arguments]')
const appPath = resolve(appArgument)
const manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { main?: string }
const electronVersion = (createRequire(import.meta.url)('electron/package.json') as { version: string }).version

Object.assign(process, { type: 'browser', resourcesPath: join(appPath, 'resources'), defaultApp: true })
Object.assign(process.versions, { electron: electronVersion, chrome: 'of the stand-in' })
// As Electron has it: no script, but the executable, its switches and the app.
process.argv.splice(0, 2, process.execPath)

registerHooks({
  resolve(specifier, context, next) {
    const isOfApp = context.parentURL !== undefined && !context.parentURL.includes('/node_modules/')
    if (isOfApp && (specifier === 'electron' || specifier === 'electron/main'))
      return { url: new URL('electron.ts', import.meta.url).href, shortCircuit: true }
    return next(specifier, context)
  },
})

const switchedUserData = app.commandLine.getSwitchValue('user-data-dir')
const ownUserData = switchedUserData === '' ? mkdtempSync(join(tmpdir(), 'stand-in-data-')) : undefined
if (ownUserData !== undefined) process.on('exit', () => rmSync(ownUserData, { recursive: true, force: true }))
app.open(appPath, ownUserData ?? resolve(switchedUserData))
answerTests()

const main = resolve(appPath, manifest.main ?? 'index.js')
const stuck = setTimeout(
  () => giveUp(new Error('main did not finish loading: an app that awaits its readiness there never gets ready')),
  stuckLimitMs,
)
await import(pathToFileURL(main).href).catch(giveUp)
clearTimeout(stuck)
becomeReady()
app.emit('ready', {}, {})
// Like a browser process, this one ends when it is told to and not when there is nothing to do.
setInterval(() => undefined, 2 ** 30)

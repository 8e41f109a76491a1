/** `app`: the app's life, its folders, and its one instance. */

import { mkdirSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { AppLock, type SecondInstance } from './app-lock.ts'
import { stopChromium } from './chromium.ts'
import { isReady, whenReady } from './readiness.ts'
import { giveUp, notModelled, onlyKnown, preventable, StrictEmitter, strict } from './strict.ts'
import { utilityProcesses } from './utility-process.ts'
import { windows } from './windows.ts'

const knownEvents = [
  ...['ready', 'will-finish-launching', 'window-all-closed', 'before-quit', 'will-quit', 'quit', 'activate'],
  ...['open-file', 'open-url', 'second-instance', 'browser-window-created', 'web-contents-created'],
  ...['child-process-gone', 'render-process-gone'],
]
const aboutOptions = ['applicationName', 'applicationVersion', 'version', 'copyright', 'credits', 'authors', 'website']

interface Manifest {
  readonly name: string
  readonly productName?: string
  readonly version: string
}

class App extends StrictEmitter {
  readonly isPackaged = false
  /** Only on macOS. */
  readonly dock = undefined
  readonly commandLine = strict('app.commandLine', {
    hasSwitch: (name: string) => process.argv.some((each) => each === `--${name}` || each.startsWith(`--${name}=`)),
    getSwitchValue: (name: string) =>
      process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '',
  })
  readonly #paths = new Map<string, string>()
  #appPath = ''
  #manifest: Manifest = { name: '', version: '' }
  #lock: AppLock | undefined
  #quitting: 'no' | 'asked' | 'closing' | 'gone' = 'no'

  constructor() {
    super('app', knownEvents)
    windows.onEmpty(() => this.#allClosed())
    utilityProcesses.onEnd(({ serviceName, exitCode, killed }) => {
      const reason = killed ? 'killed' : exitCode === 0 ? 'clean-exit' : 'crashed'
      this.emit('child-process-gone', {}, { type: 'Utility', reason, exitCode, name: serviceName, serviceName })
    })
  }

  /** For the launcher. */
  open(appPath: string, userData: string): void {
    this.#appPath = appPath
    this.#manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as Manifest
    this.#paths.set('userData', userData)
  }

  whenReady(): Promise<void> {
    return whenReady
  }

  isReady(): boolean {
    return isReady()
  }

  getAppPath(): string {
    return this.#appPath
  }

  getName(): string {
    return this.#manifest.productName ?? this.#manifest.name
  }

  get name(): string {
    return this.getName()
  }

  getVersion(): string {
    return this.#manifest.version
  }

  getLocale(): string {
    return 'en-US'
  }

  /** The profile lies beside the app's own files, as the session's data does in Electron. */
  getPath(name: string): string {
    const userData = this.#paths.get('userData') ?? ''
    const paths: Readonly<Record<string, string>> = {
      userData,
      sessionData: join(userData, 'session'),
      appData: dirname(userData),
      logs: join(userData, 'logs'),
      home: homedir(),
      temp: tmpdir(),
      exe: process.execPath,
    }
    const path = this.#paths.get(name) ?? paths[name]
    if (path === undefined) throw notModelled(`app.getPath('${name}')`)
    return path
  }

  setPath(name: string, path: string): void {
    if (name !== 'userData' && name !== 'sessionData') throw notModelled(`app.setPath('${name}')`)
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    if (isReady()) throw notModelled(`app.setPath('${name}') once the app is ready`)
    if (this.#lock !== undefined) throw notModelled(`app.setPath('${name}') once the lock is held`)
    mkdirSync(path, { recursive: true })
    this.#paths.set(name, path)
  }

  requestSingleInstanceLock(additionalData: object = {}): boolean {
    if (this.#lock?.held) return true
    const hello = { argv: process.argv, workingDirectory: process.cwd(), additionalData }
    this.#lock = new AppLock(this.getPath('userData'), hello, (second) => this.#second(second))
    return this.#lock.held
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.held ?? false
  }

  setAsDefaultProtocolClient(_scheme: string): boolean {
    throw notModelled('app.setAsDefaultProtocolClient outside a packaged app')
  }

  setAppUserModelId(_id: string): void {}

  setAboutPanelOptions(options: object): void {
    onlyKnown('app.setAboutPanelOptions', options, aboutOptions)
  }

  getAppMetrics(): object[] {
    const main = { pid: process.pid, type: 'Browser' }
    return [
      main,
      ...utilityProcesses.all().map(({ pid, serviceName }) => ({ pid, type: 'Utility', name: serviceName })),
    ]
  }

  /** Every step of it may be refused, as in Electron. */
  quit(): void {
    if (this.#quitting === 'closing' || this.#quitting === 'gone') return
    this.#quitting = 'asked'
    // Before the app is ready it ends as soon as its main has run.
    setImmediate(() => this.#quitNow())
  }

  exit(code = 0): void {
    this.#leave(code)
  }

  /** A window refused to close. */
  cancelQuit(): void {
    if (this.#quitting === 'closing') this.#quitting = 'no'
  }

  #quitNow(): void {
    if (this.#quitting !== 'asked') return
    const before = preventable({})
    this.emit('before-quit', before)
    if (before.defaultPrevented) {
      if (this.#quitting === 'asked') this.#quitting = 'no'
      return
    }
    this.#quitting = 'closing'
    for (const window of windows.all()) window.close()
    if (this.#quitting === 'closing' && windows.all().length === 0) this.#finish()
  }

  #finish(): void {
    const will = preventable({})
    this.emit('will-quit', will)
    if (will.defaultPrevented) this.#quitting = 'no'
    else this.#leave(0)
  }

  #leave(code: number): void {
    if (this.#quitting === 'gone') return
    this.#quitting = 'gone'
    this.emit('quit', {}, code)
    // What still runs is not asked: an app that didn't wait for its processes loses what they held.
    for (const each of utilityProcesses.all()) each.kill()
    stopChromium()
      .catch(() => undefined)
      .finally(() => process.exit(code))
  }

  #allClosed(): void {
    if (this.#quitting === 'closing' || this.#quitting === 'gone') return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  #second({ argv, workingDirectory, additionalData }: SecondInstance): void {
    // Chromium adds switches of its own, and nobody may count on places.
    const [program = '', ...rest] = argv
    const handed = [program, '--original-process-start-time=13370000000000000', ...rest]
    void whenReady.then(() => this.emit('second-instance', {}, handed, workingDirectory, additionalData)).catch(giveUp)
  }
}

export const app = strict('app', new App())

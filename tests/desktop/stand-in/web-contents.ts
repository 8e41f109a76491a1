/** `webContents`: loads the app's pages, passes messages to their preload, and asks main before a page goes anywhere. */

import { readFileSync } from 'node:fs'
import { extname, isAbsolute } from 'node:path'
import type { Page } from '@playwright/test'
import { startChromium } from './chromium.ts'
import { nativeTheme } from './desktop.ts'
import { preloadFailureScript, preloadWorldScript } from './injected.ts'
import { answerIpc, deliverIpc } from './ipc-main.ts'
import type { FromPage, Secrets } from './page/messages.ts'
import { encodeWire } from './page/wire.ts'
import { PageSession, type WantedWindow } from './page-session.ts'
import { applyPermissions } from './permissions.ts'
import { PortTable } from './port-table.ts'
import { toPageUrl } from './schemes.ts'
import { permissionHandlers, session } from './session.ts'
import { giveUp, notModelled, onlyKnown, preventable, StrictEmitter, strict } from './strict.ts'

interface WebPreferences {
  readonly preload?: string
  readonly contextIsolation?: boolean
  readonly sandbox?: boolean
  readonly nodeIntegration?: boolean
  readonly additionalArguments?: readonly string[]
}

type WindowOpenHandler = (details: WantedWindow & { readonly disposition: string }) => { readonly action: string }

const knownPreferences = [
  ...['preload', 'contextIsolation', 'sandbox', 'nodeIntegration', 'additionalArguments', 'spellcheck', 'devTools'],
  ...['webSecurity', 'webviewTag', 'backgroundThrottling', 'v8CacheOptions'],
]
const knownEvents = [
  ...['will-navigate', 'did-start-loading', 'did-navigate', 'did-navigate-in-page', 'dom-ready', 'did-finish-load'],
  ...['did-fail-load', 'preload-error', 'render-process-gone', 'will-attach-webview', 'destroyed'],
]

let lastId = 0
/** Tests look in from the very first page on: nothing is loaded before they say that they do. */
export const observers = { mayLoad: Promise.resolve() }

export class WebContents extends StrictEmitter {
  readonly id: number
  readonly session = session.defaultSession
  readonly self: WebContents
  readonly #opened: Promise<PageSession>
  readonly #ports: PortTable
  readonly #painted: () => void
  #windowOpenHandler: WindowOpenHandler | undefined
  #url = ''
  #zoomLevel = 0
  #destroyed = false
  #pageSession: PageSession | undefined

  constructor(profile: string, preferences: WebPreferences, painted: () => void) {
    super('webContents', knownEvents)
    checkPreferences(preferences)
    lastId++
    this.id = lastId
    this.#painted = painted
    this.self = strict('webContents', this)
    this.#ports = new PortTable({
      deliver: (port, message) => this.#pageSession?.send({ type: 'port', port, message }),
      disconnected: (port) => this.#pageSession?.send({ type: 'port-closed', port }),
    })
    this.#opened = this.#open(profile, preferences)
  }

  get mainFrame(): object {
    return this.#frame(this.#url)
  }

  /** For the window. */
  async page(): Promise<Page> {
    return (await this.#opened).page
  }

  getURL(): string {
    return this.#url
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  async loadURL(url: string): Promise<void> {
    const { page } = await this.#opened
    await observers.mayLoad
    this.emit('did-start-loading')
    try {
      await page.goto(toPageUrl(url), { waitUntil: 'load' })
    } catch (error) {
      if (this.#destroyed) return
      this.emit('did-fail-load', {}, -2, 'ERR_FAILED', url, true)
      throw new Error(`ERR_FAILED (-2) loading '${url}'`, { cause: error })
    }
  }

  reload(): void {
    void this.#opened.then(({ page }) => page.reload({ waitUntil: 'commit' })).catch(() => undefined)
  }

  send(channel: string, ...args: unknown[]): void {
    this.#checkAlive()
    this.#pageSession?.send({ type: 'ipc', channel, args: encodeWire(args), ports: [] })
  }

  postMessage(channel: string, message: unknown, transfer: unknown = []): void {
    this.#checkAlive()
    const args = encodeWire([message])
    this.#ports.take(transfer, (ports) => this.#pageSession?.send({ type: 'ipc', channel, args, ports }))
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#opened).page.evaluate(code)
  }

  getZoomLevel(): number {
    return this.#zoomLevel
  }

  /** Remembered only: nothing gets larger. */
  setZoomLevel(level: number): void {
    this.#zoomLevel = level
  }

  get zoomLevel(): number {
    return this.#zoomLevel
  }

  set zoomLevel(level: number) {
    this.#zoomLevel = level
  }

  /** For the window, when it is closed. */
  async destroy(): Promise<void> {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#ports.closeAll()
    this.emit('destroyed')
    await (await this.#opened).page.close().catch(() => undefined)
  }

  #checkAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
  }

  async #open(profile: string, preferences: WebPreferences): Promise<PageSession> {
    // The listeners of `web-contents-created` come first, then whoever made the window.
    await new Promise(setImmediate)
    const chromium = await startChromium(profile)
    const page = await chromium.newPage()
    const preload = (secrets: Secrets): string => this.#preloadScript(secrets, preferences)
    const pageSession = await PageSession.open(chromium.context, page, preferences.preload ? preload : undefined, {
      mayNavigate: (url) => this.#mayNavigate(url),
      windowWanted: (wanted) => this.#windowWanted(wanted),
      committed: (url) => void this.#committed(url).catch(giveUp),
      inPage: (url) => {
        this.#url = url
        this.emit('did-navigate-in-page', {}, url, true)
      },
      painted: () => this.#painted(),
      message: (message) => this.#received(message),
      documentGone: () => this.#ports.closeAll(),
    })
    await this.#followTheme(page)
    page.on('domcontentloaded', () => this.emit('dom-ready', {}))
    page.on('load', () => this.emit('did-finish-load', {}))
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 }))
    this.#pageSession = pageSession
    return pageSession
  }

  /** What the page is told about light and dark is the app's choice, or the system's. */
  async #followTheme(page: Page): Promise<void> {
    const apply = (): Promise<void> =>
      page.emulateMedia({ colorScheme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' }).catch(() => undefined)
    const follow = (): void => void apply()
    nativeTheme.on('updated', follow)
    page.once('close', () => nativeTheme.off('updated', follow))
    await apply()
  }

  #preloadScript(secrets: Secrets, { preload = '', additionalArguments = [] }: WebPreferences): string {
    try {
      if (extname(preload) === '.mjs') throw new SyntaxError('Cannot use import statement outside a module')
      return preloadWorldScript({ secrets, path: preload, argv: [process.execPath, ...additionalArguments] })
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      this.#preloadFailed(preload, reason)
      return preloadFailureScript(preload, reason)
    }
  }

  #preloadFailed(path: string, reason: string): void {
    console.error(`Unable to load preload script: ${path}\n${reason}`)
    this.emit('preload-error', {}, path, new Error(reason))
  }

  async #committed(url: string): Promise<void> {
    this.#url = url
    const pageSession = this.#pageSession
    if (pageSession === undefined) return
    const { page, cdp } = pageSession
    const pageOrigin = new URL(page.url()).origin
    if (pageOrigin !== 'null')
      await applyPermissions(permissionHandlers, this.self, { appUrl: url, pageOrigin, session: cdp })
    this.emit('did-navigate', {}, url, 200, 'OK')
  }

  #mayNavigate(url: string): boolean {
    const event = preventable({ url, isMainFrame: true, isSameDocument: false })
    this.emit('will-navigate', event, url)
    if (!event.defaultPrevented) console.error(`[stand-in] main let the page go to ${url}`)
    return !event.defaultPrevented
  }

  #windowWanted(wanted: WantedWindow): void {
    if (this.#windowOpenHandler === undefined)
      giveUp(notModelled('windows that a page opens (no setWindowOpenHandler)'))
    const { action } = this.#windowOpenHandler({ ...wanted, disposition: 'foreground-tab' })
    if (action !== 'deny') giveUp(notModelled(`windows that a page opens (action ${action})`))
  }

  #received(message: FromPage): void {
    if (this.#destroyed) return
    const event = { sender: this.self, senderFrame: this.#frame(this.#url), frameId: 1, processId: 1, ports: [] }
    if (message.type === 'send') deliverIpc(event, message.channel, message.args)
    else if (message.type === 'port') this.#ports.sent(message.port, message.message)
    else if (message.type === 'port-closed') this.#ports.closed(message.port)
    else if (message.type === 'preload-failed') this.#preloadFailed('preload', message.reason)
    else
      answerIpc(event, message.channel, message.args).then(
        (result) => this.#pageSession?.send({ type: 'answer', call: message.call, result }),
        (error: Error) => this.#pageSession?.send({ type: 'refusal', call: message.call, reason: error.message }),
      )
  }

  #frame(url: string): object {
    return strict('webFrameMain', {
      url,
      origin: url.split('/').slice(0, 3).join('/'),
      parent: null,
      isDestroyed: () => false,
    })
  }
}

function checkPreferences(preferences: WebPreferences): void {
  onlyKnown('webPreferences', preferences, knownPreferences)
  const { preload, contextIsolation = true, sandbox = true, nodeIntegration = false } = preferences
  if (!contextIsolation || !sandbox || nodeIntegration)
    throw notModelled('a window without context isolation or sandbox, or with Node')
  if (preload === undefined) return
  if (!isAbsolute(preload)) throw new Error(`The preload script must be an absolute path: ${preload}`)
  readFileSync(preload)
}

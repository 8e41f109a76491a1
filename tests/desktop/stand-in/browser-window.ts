/** `BrowserWindow`: a place and a state around a web contents; what a window manager would do is only remembered. */

import { app } from './app.ts'
import { journal } from './journal.ts'
import { requireReady } from './readiness.ts'
import { screenBounds } from './screen.ts'
import { onlyKnown, preventable, StrictEmitter, strict, strictClass } from './strict.ts'
import { observers, WebContents } from './web-contents.ts'
import { type Bounds, windows } from './windows.ts'

const knownOptions = [
  ...['x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'center', 'resizable', 'show', 'title', 'backgroundColor'],
  ...['icon', 'autoHideMenuBar', 'webPreferences'],
]
const knownEvents = [
  ...['ready-to-show', 'show', 'hide', 'focus', 'blur', 'close', 'closed', 'resize', 'resized', 'move', 'moved'],
  ...['maximize', 'unmaximize', 'minimize', 'restore', 'enter-full-screen', 'leave-full-screen'],
  ...['page-title-updated', 'responsive', 'unresponsive'],
]

interface WindowOptions extends Partial<Bounds> {
  readonly minWidth?: number
  readonly minHeight?: number
  readonly show?: boolean
  readonly title?: string
  readonly backgroundColor?: string
  readonly webPreferences?: ConstructorParameters<typeof WebContents>[1]
}

let lastId = 0

class WindowModel extends StrictEmitter {
  readonly id: number
  readonly #contents: WebContents
  readonly #smallest: { readonly width: number; readonly height: number }
  #bounds: Bounds
  #title: string
  #backgroundColor: string
  #visible = false
  #minimized = false
  #maximized = false
  #fullScreen = false
  #destroyed = false
  #painted = false

  constructor(options: WindowOptions = {}) {
    requireReady('new BrowserWindow')
    super('BrowserWindow', knownEvents)
    onlyKnown('new BrowserWindow', options, knownOptions)
    const { width = 800, height = 600, minWidth = 0, minHeight = 0, webPreferences = {} } = options
    const { x = Math.round((screenBounds.width - width) / 2), y = Math.round((screenBounds.height - height) / 2) } =
      options
    this.#smallest = { width: minWidth, height: minHeight }
    this.#bounds = this.#allowed({ x, y, width, height })
    this.#title = options.title ?? 'Electron'
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF'
    lastId++
    this.id = lastId
    this.#contents = new WebContents(app.getPath('sessionData'), webPreferences, () => this.#readyToShow())
    windows.add(this.#face)
    this.#resizePage()
    journal.note('window created')
    app.emit('browser-window-created', {}, this.#face)
    app.emit('web-contents-created', {}, this.#contents.self)
    if (options.show !== false) this.show()
  }

  static getAllWindows(): object[] {
    return [...windows.all()]
  }

  static getFocusedWindow(): object | null {
    return windows.focused() ?? null
  }

  static fromWebContents(contents: object): object | null {
    return windows.all().find((window) => (window as WindowModel).webContents === contents) ?? null
  }

  get webContents(): WebContents {
    return this.#contents.self
  }

  loadURL(url: string): Promise<void> {
    return this.#contents.loadURL(url)
  }

  reload(): void {
    this.#contents.reload()
  }

  show(): void {
    this.#checkAlive()
    if (!this.#visible) journal.note('show')
    this.#visible = true
    this.emit('show')
    this.focus()
  }

  showInactive(): void {
    this.#checkAlive()
    this.#visible = true
    this.emit('show')
  }

  hide(): void {
    this.#checkAlive()
    this.#visible = false
    this.blur()
    this.emit('hide')
  }

  isVisible(): boolean {
    return this.#visible && !this.#minimized
  }

  /** A hidden or minimized window can't have the focus. */
  focus(): void {
    this.#checkAlive()
    if (!this.isVisible()) return
    const before = windows.focus(this.#face)
    if (before === this.#face) return
    ;(before as WindowModel | undefined)?.emit('blur')
    this.emit('focus')
  }

  blur(): void {
    if (!this.isFocused()) return
    windows.focus(undefined)
    this.emit('blur')
  }

  isFocused(): boolean {
    return windows.focused() === this.#face
  }

  minimize(): void {
    this.#checkAlive()
    this.blur()
    this.#minimized = true
    this.emit('minimize')
  }

  restore(): void {
    this.#checkAlive()
    this.#minimized = false
    this.emit('restore')
  }

  isMinimized(): boolean {
    return this.#minimized
  }

  maximize(): void {
    this.#checkAlive()
    this.#maximized = true
    this.#resizePage()
    this.emit('maximize')
  }

  unmaximize(): void {
    this.#maximized = false
    this.#resizePage()
    this.emit('unmaximize')
  }

  isMaximized(): boolean {
    return this.#maximized
  }

  setFullScreen(on: boolean): void {
    this.#fullScreen = on
    this.#resizePage()
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen')
  }

  isFullScreen(): boolean {
    return this.#fullScreen
  }

  getBounds(): Bounds {
    this.#checkAlive()
    return this.#maximized || this.#fullScreen ? { ...screenBounds } : { ...this.#bounds }
  }

  getNormalBounds(): Bounds {
    this.#checkAlive()
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#checkAlive()
    this.#bounds = this.#allowed({ ...this.#bounds, ...bounds })
    this.#resizePage()
    for (const event of ['resize', 'move']) this.emit(event)
  }

  getBackgroundColor(): string {
    return this.#backgroundColor
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color
  }

  getTitle(): string {
    return this.#title
  }

  setTitle(title: string): void {
    this.#title = title
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  close(): void {
    if (this.#destroyed) return
    const event = preventable({})
    this.emit('close', event)
    if (event.defaultPrevented) app.cancelQuit()
    else this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    void this.#contents.destroy()
    this.emit('closed')
    windows.remove(this.#face)
  }

  get #face(): WindowModel {
    return strict('BrowserWindow', this as WindowModel)
  }

  #readyToShow(): void {
    if (this.#painted || this.#destroyed || this.#contents.getURL() === '') return
    this.#painted = true
    journal.note('ready-to-show')
    this.emit('ready-to-show')
  }

  #allowed({ x, y, width, height }: Bounds): Bounds {
    const bounds = {
      x,
      y,
      width: Math.max(width, this.#smallest.width),
      height: Math.max(height, this.#smallest.height),
    }
    for (const [name, value] of Object.entries(bounds))
      if (!Number.isInteger(value)) throw new TypeError(`Error processing argument: bounds.${name} must be an integer`)
    return bounds
  }

  /** No frame: all of the window is the page's. */
  #resizePage(): void {
    const { width, height } = this.#maximized || this.#fullScreen ? screenBounds : this.#bounds
    void observers.mayLoad
      .then(() => this.#contents.page())
      .then((page) => page.setViewportSize({ width, height }))
      .catch(() => undefined)
  }

  #checkAlive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
  }
}

export const BrowserWindow = strictClass('BrowserWindow', WindowModel)

/** What belongs to the desktop around the app: its theme, its dialogs, its tray, its browser, its clipboard. */

import { existsSync } from 'node:fs'
import { requireReady } from './readiness.ts'
import { notModelled, onlyKnown, StrictEmitter, strict, strictClass } from './strict.ts'

const themeSources = ['system', 'light', 'dark']

class NativeTheme extends StrictEmitter {
  readonly shouldUseHighContrastColors = false
  #source = 'system'

  constructor() {
    super('nativeTheme', ['updated'])
  }

  /** The system is light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }

  get themeSource(): string {
    return this.#source
  }

  set themeSource(source: string) {
    if (!themeSources.includes(source)) throw new TypeError(`Unknown theme source: ${source}`)
    const changed = source !== this.#source
    this.#source = source
    if (changed) setImmediate(() => this.emit('updated'))
  }
}

export const nativeTheme = strict('nativeTheme', new NativeTheme())

/** Nobody is there to answer: a test that expects a question puts its answer in place of the function. */
const unanswered = (name: string, known: readonly string[]) => async (first: object, second?: object) => {
  onlyKnown(`dialog.${name}`, second ?? first, known)
  throw notModelled(`dialog.${name} without an answer given by the test`)
}
const fileOptions = ['title', 'defaultPath', 'buttonLabel', 'filters', 'properties', 'message']
const messageOptions = [
  ...[
    'type',
    'title',
    'message',
    'detail',
    'buttons',
    'defaultId',
    'cancelId',
    'noLink',
    'icon',
    'normalizeAccessKeys',
  ],
  ...['checkboxLabel', 'checkboxChecked'],
]

export const dialog = strict('dialog', {
  showOpenDialog: unanswered('showOpenDialog', fileOptions),
  showSaveDialog: unanswered('showSaveDialog', fileOptions),
  showMessageBox: unanswered('showMessageBox', messageOptions),
  showErrorBox: (title: string, content: string) => console.error(`[stand-in] error box: ${title}: ${content}`),
})

/** Nothing is opened. */
export const shell = strict('shell', {
  openExternal: async (url: string): Promise<void> => {
    if (URL.parse(url) === null) throw new TypeError('Invalid URL')
    console.error(`[stand-in] shell.openExternal ${url}`)
  },
  openPath: async (path: string): Promise<string> => {
    console.error(`[stand-in] shell.openPath ${path}`)
    return ''
  },
  showItemInFolder: (path: string): void => console.error(`[stand-in] shell.showItemInFolder ${path}`),
})

let copied = ''
export const clipboard = strict('clipboard', {
  readText: () => copied,
  writeText: (text: string) => {
    copied = text
  },
})

class NativeImageModel {
  #template = false

  isEmpty(): boolean {
    return false
  }

  setTemplateImage(on: boolean): void {
    this.#template = on
  }

  isTemplateImage(): boolean {
    return this.#template
  }
}

export const nativeImage = strict('nativeImage', {
  /** Electron gives an empty image for a path that leads nowhere, and an invisible icon with it. */
  createFromPath: (path: string): NativeImageModel => {
    if (!existsSync(path)) throw new Error(`There is no image at ${path}`)
    return strict('NativeImage', new NativeImageModel())
  },
})

class TrayModel extends StrictEmitter {
  #destroyed = false
  #toolTip = ''

  constructor(image: string | NativeImageModel) {
    requireReady('new Tray')
    super('Tray', ['click', 'right-click', 'double-click'])
    if (typeof image === 'string') nativeImage.createFromPath(image)
    else if (!(image instanceof NativeImageModel)) throw new TypeError('Error processing argument: not an image')
  }

  setImage(image: string | NativeImageModel): void {
    if (typeof image === 'string') nativeImage.createFromPath(image)
  }

  setToolTip(text: string): void {
    this.#toolTip = text
  }

  getToolTip(): string {
    return this.#toolTip
  }

  setTitle(_title: string): void {}

  setContextMenu(_menu: object | null): void {}

  isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    this.#destroyed = true
  }
}

export const Tray = strictClass('Tray', TrayModel)

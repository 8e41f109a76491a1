/** The app's window: shown when there is something to see, in the colour of the theme until then. */

import { BrowserWindow } from 'electron'
import { type Placement, smallestSize } from './window-placement.ts'

export interface WindowOptions extends Placement {
  readonly preload: string
  readonly url: string
  readonly background: string
  /** Where the system doesn't take it from the app itself. */
  readonly icon: string | undefined
}

export function openWindow({ preload, url, background, icon, bounds, isMaximized }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallestSize.width,
    minHeight: smallestSize.height,
    show: false,
    title: 'Spanlight',
    backgroundColor: background,
    ...(icon === undefined ? {} : { icon }),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  })
  const show = (): void => {
    if (window.isDestroyed() || window.isVisible()) return
    if (isMaximized) window.maximize()
    window.show()
  }
  window.once('ready-to-show', show)
  // A page that can't be loaded must not leave an app without a window.
  window.loadURL(url).catch(show)
  return window
}

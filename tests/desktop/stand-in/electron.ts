/** What `import … from 'electron'` gives the main process. */

import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { clipboard, dialog, nativeImage, nativeTheme, shell, Tray } from './desktop.ts'
import { ipcMain } from './ipc-main.ts'
import { Menu, MenuItem } from './menu.ts'
import { MessageChannelMain, MessagePortMain } from './message-port-main.ts'
import { screen } from './screen.ts'
import { protocol, session } from './session.ts'
import { strict, strictClass } from './strict.ts'
import { UtilityProcess } from './utility-process.ts'

const utilityProcess = strictClass('utilityProcess', UtilityProcess as unknown as new () => UtilityProcess)

/** Known to Electron and not modelled: the first use throws. */
const absent = (name: string): object => strict(name, {})

export const autoUpdater = absent('autoUpdater')
export const contentTracing = absent('contentTracing')
export const crashReporter = absent('crashReporter')
export const desktopCapturer = absent('desktopCapturer')
export const globalShortcut = absent('globalShortcut')
export const net = absent('net')
export const netLog = absent('netLog')
export const Notification = absent('Notification')
export const powerMonitor = absent('powerMonitor')
export const powerSaveBlocker = absent('powerSaveBlocker')
export const safeStorage = absent('safeStorage')
export const systemPreferences = absent('systemPreferences')
export const webContents = absent('webContents')
export const webFrameMain = absent('webFrameMain')

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  MessagePortMain,
  nativeImage,
  nativeTheme,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
}

/** The same as a whole, which `require` and a default import give. */
const electron = strict('electron', {
  ...{ app, BrowserWindow, clipboard, dialog, ipcMain, Menu, MenuItem, MessageChannelMain, nativeImage, nativeTheme },
  ...{ protocol, screen, session, shell, Tray, utilityProcess },
})

export default electron

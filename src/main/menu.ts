/** The app's menu: its screens with their keys, what every app has, and nothing that does nothing. */

import type { MenuItemConstructorOptions } from 'electron'
import type { HostCommand } from '#shared/contract/host.ts'

export interface MenuActions {
  navigate(path: string): void
  /** Asks for files and imports them. */
  open(): void
  command(command: HostCommand): void
  about(): void
  /** Asks for a session's file, and opens what was chosen. */
  openSession(): void
}

export interface MenuOptions {
  readonly isMac: boolean
  /** Run from a checkout: reload and developer tools are at hand. */
  readonly isDevelopment: boolean
}

export function menuTemplate(
  { navigate, open, command, about, openSession }: MenuActions,
  { isMac, isDevelopment }: MenuOptions,
): MenuItemConstructorOptions[] {
  const aboutItem: MenuItemConstructorOptions = { label: 'About Spanlight', click: about }
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => navigate('/settings'),
  }
  const openItem: MenuItemConstructorOptions = { label: 'Open…', accelerator: 'CmdOrCtrl+O', click: open }
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const go = (label: string, accelerator: string, path: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => navigate(path),
  })

  const mac: MenuItemConstructorOptions = {
    label: 'Spanlight',
    submenu: [
      aboutItem,
      separator,
      settings,
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  const sessions: MenuItemConstructorOptions[] = [
    { label: 'New Session…', accelerator: 'CmdOrCtrl+N', click: () => navigate('/sessions?do=new') },
    { label: 'Open Session…', click: () => openSession() },
    { label: 'Recent Sessions', click: () => navigate('/sessions') },
    { label: 'Save a Copy…', accelerator: 'CmdOrCtrl+Shift+S', click: () => navigate('/sessions?do=copy') },
  ]
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: isMac
      ? [openItem, separator, ...sessions]
      : [openItem, separator, ...sessions, separator, settings, separator, { role: 'quit' }],
  }
  const edit: MenuItemConstructorOptions = {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      separator,
      { label: 'Find', accelerator: 'CmdOrCtrl+F', click: () => command('find') },
      { label: 'Copy Link to Trace', accelerator: 'CmdOrCtrl+Shift+C', click: () => command('copy-link') },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      go('Traces', 'CmdOrCtrl+1', '/traces'),
      go('Logs', 'CmdOrCtrl+2', '/logs'),
      go('Connect', 'CmdOrCtrl+3', '/connect'),
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      // The key with the plus sign, without Shift.
      { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(isDevelopment ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  }
  const window: MenuItemConstructorOptions = {
    label: '&Window',
    submenu: isMac
      ? [{ role: 'minimize' }, { role: 'zoom' }, separator, { role: 'front' }, separator, { role: 'close' }]
      : [{ role: 'minimize' }, { role: 'close' }],
  }
  const help: MenuItemConstructorOptions = { label: '&Help', role: 'help', submenu: [aboutItem] }
  return isMac ? [mac, file, edit, view, window] : [file, edit, view, window, help]
}

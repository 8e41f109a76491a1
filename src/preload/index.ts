/** Brings the page and the shell together: passes ports on and exposes the host. Bundled as one CommonJS file. */

import { contextBridge, ipcRenderer } from 'electron'
import { enginePortMessage, type Host, type HostNews, hostChannels } from '#shared/contract/host.ts'

/** The page's window as far as it is used here; a preload is compiled without the page's globals. */
declare const window: {
  readonly location: { readonly origin: string }
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void
}

// A port can't cross the context bridge, but a message event carries it from this world to the page's.
ipcRenderer.on(hostChannels.port, ({ ports }) => window.postMessage(enginePortMessage, window.location.origin, ports))

const host = {
  connect: () => ipcRenderer.send(hostChannels.connect),
  listen: (listener) => {
    const pass = (_event: unknown, news: HostNews): void => listener(news)
    ipcRenderer.on(hostChannels.news, pass)
    return () => void ipcRenderer.off(hostChannels.news, pass)
  },
  recover: (way) => ipcRenderer.invoke(hostChannels.recover, way),
  settings: (change = {}) => ipcRenderer.invoke(hostChannels.settings, change),
} satisfies Host

contextBridge.exposeInMainWorld('spanlightHost', host)

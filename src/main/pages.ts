/** The shell's side of its pages: hears what they ask through the preload, and tells them news and gives them ports. */

import { ipcMain, type MessagePortMain, type WebContents } from 'electron'
import {
  type EngineState,
  type HostNews,
  hostChannels,
  type Recovery,
  type ShellSettings,
} from '#shared/contract/host.ts'
import { isAppUrl } from './app-url.ts'
import { readSettings } from './shell-settings.ts'

export interface PageRequests {
  engineState(): EngineState
  /** A new connection to the engine; undefined while it doesn't run. */
  openPort(): MessagePortMain | undefined
  recover(way: Recovery): Promise<void>
  settings(change: Partial<ShellSettings>): ShellSettings
}

export interface Pages {
  /** To every page that listens. */
  tell(news: HostNews): void
  /** As `tell`; where no page listens yet, it waits for the next that does. */
  deliver(news: HostNews): void
  givePorts(): void
}

const recoveries: readonly unknown[] = [
  'retry',
  'free-ports',
  'choose-file',
  'salvage',
  'fresh-file',
  'quit',
] satisfies Recovery[]

export function hearPages(requests: PageRequests): Pages {
  const listening = new Set<WebContents>()
  let waiting: HostNews[] = []

  ipcMain.on(hostChannels.connect, ({ sender, senderFrame }) => {
    if (!isAppUrl(senderFrame?.url ?? '')) return
    if (!listening.has(sender)) sender.once('destroyed', () => listening.delete(sender))
    listening.add(sender)
    send(sender, { type: 'engine', state: requests.engineState() })
    givePort(sender)
    for (const news of waiting) send(sender, news)
    waiting = []
  })
  ipcMain.handle(hostChannels.recover, ({ senderFrame }, way: unknown) => {
    check(senderFrame?.url)
    if (!isRecovery(way)) throw new Error('There is no such way out.')
    return requests.recover(way)
  })
  ipcMain.handle(hostChannels.settings, ({ senderFrame }, change: unknown) => {
    check(senderFrame?.url)
    return requests.settings(readSettings(change))
  })

  function givePort(page: WebContents): void {
    const port = requests.openPort()
    if (port !== undefined) page.postMessage(hostChannels.port, null, [port])
  }

  return {
    tell: (news) => {
      for (const page of listening) send(page, news)
    },
    deliver: (news) => {
      if (listening.size === 0) waiting.push(news)
      for (const page of listening) send(page, news)
    },
    givePorts: () => {
      for (const page of listening) givePort(page)
    },
  }
}

function send(page: WebContents, news: HostNews): void {
  page.send(hostChannels.news, news)
}

function check(url: string | undefined): void {
  if (!isAppUrl(url ?? '')) throw new Error('This page may not ask that.')
}

function isRecovery(way: unknown): way is Recovery {
  return recoveries.includes(way)
}

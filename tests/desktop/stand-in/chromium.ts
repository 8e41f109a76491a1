/** The Chromium behind the windows: one for each app, with its profile in the app's folder, started by its first window. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'

/** Set by whoever starts the stand-in; any Chromium or Chrome. */
const executablePath = process.env.SPANLIGHT_CHROMIUM

export interface Chromium {
  readonly context: BrowserContext
  /** Where a second client may join: the tests. */
  readonly endpoint: string
  newPage(): Promise<Page>
}

let running: Promise<Chromium> | undefined
const started = Promise.withResolvers<Chromium>()

/** Resolves when the first window needs it. */
export const startedChromium = started.promise

export function startChromium(profile: string): Promise<Chromium> {
  if (running === undefined) {
    running = start(profile)
    started.resolve(running)
  }
  return running
}

/** Waits until the profile is written. */
export async function stopChromium(): Promise<void> {
  await (await running)?.context.close()
}

async function start(profile: string): Promise<Chromium> {
  // Only here: most of what runs without a window has no use for it.
  const { chromium } = await import('@playwright/test')
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    headless: true,
    viewport: null,
    colorScheme: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      ...['--no-first-run', '--remote-debugging-port=0'],
      // Electron's ports tell when the other end is gone.
      '--enable-blink-features=MessagePortCloseEvent',
    ],
  })
  await closeOpenedPages(context)
  const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  let first = context.pages()[0]
  return {
    context,
    endpoint: `ws://127.0.0.1:${port}${path}`,
    newPage: async () => {
      const page = first ?? (await context.newPage())
      first = undefined
      return page
    },
  }
}

/** What a page opens has an opener. It was refused by `setWindowOpenHandler` and must not stay; allowing isn't modelled. */
async function closeOpenedPages(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession()
  session?.on('Target.targetCreated', ({ targetInfo: { targetId, openerId } }) => {
    if (openerId !== undefined) void session.send('Target.closeTarget', { targetId }).catch(() => undefined)
  })
  await session?.send('Target.setDiscoverTargets', { discover: true })
}

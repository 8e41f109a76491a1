/** Every test has a Spanlight of its own with an empty database, a page that must not complain, and its screens by name. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type SpanlightProcess, startSpanlight } from '../../support/spanlight-process.ts'
import { ConnectPage } from '../pages/connect.ts'
import { Frame } from '../pages/frame.ts'
import { LogsPage } from '../pages/logs.ts'
import { Palette } from '../pages/palette.ts'
import { SettingsPage } from '../pages/settings.ts'
import { TracePage } from '../pages/trace.ts'
import { TracesPage } from '../pages/traces.ts'
import { Problems } from './problems.ts'
import { Sender } from './sender.ts'

interface Fixtures {
  /** Where the database of this test lies; gone after it. */
  readonly folder: string
  readonly app: SpanlightProcess
  readonly send: Sender
  /** What the page complained about: anything fails the test, unless it was allowed. */
  readonly problems: Problems
  /** Opens a screen, such as `/logs`, as someone who has the address with the token. */
  readonly open: (path: string) => Promise<void>
  readonly frame: Frame
  readonly palette: Palette
  readonly connectPage: ConnectPage
  readonly tracesPage: TracesPage
  readonly tracePage: TracePage
  readonly logsPage: LogsPage
  readonly settingsPage: SettingsPage
}

export const test = base.extend<Fixtures>({
  folder: async ({ browserName }, use) => {
    const folder = mkdtempSync(join(tmpdir(), `spanlight-e2e-${browserName}-`))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  app: async ({ folder }, use) => {
    const app = await startSpanlight({ folder })
    await use(app)
    await app.stop()
  },
  send: ({ app }, use) => use(new Sender(app.otlpHttp)),
  problems: [
    // Asked for, so that it outlives the page's use: a server that stops first would be one more complaint.
    async ({ page, app: _app }, use) => {
      const problems = new Problems()
      problems.watch(page)
      await use(problems)
      expect(problems.unexpected, 'what the page complained about').toEqual([])
    },
    { auto: true },
  ],
  open: ({ page, app }, use) =>
    use(async (path) => {
      const url = new URL(path, app.ui)
      url.searchParams.set('token', app.token)
      await page.goto(url.href)
    }),
  frame: ({ page }, use) => use(new Frame(page)),
  palette: ({ page }, use) => use(new Palette(page)),
  connectPage: ({ page }, use) => use(new ConnectPage(page)),
  tracesPage: ({ page }, use) => use(new TracesPage(page)),
  tracePage: ({ page }, use) => use(new TracePage(page)),
  logsPage: ({ page }, use) => use(new LogsPage(page)),
  settingsPage: ({ page }, use) => use(new SettingsPage(page)),
})

export { expect } from '@playwright/test'

/** Every test has a Spanlight of its own with an empty database, a page that must not complain, and its screens by name. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { type SpanlightProcess, startSpanlight } from '../../support/spanlight-process.ts'
import { Problems } from './problems.ts'
import { type Screens, screens } from './screens.ts'
import { Sender } from './sender.ts'

interface Fixtures extends Screens {
  /** Where the database of this test lies; gone after it. */
  readonly folder: string
  readonly app: SpanlightProcess
  readonly send: Sender
  /** What the page complained about: anything fails the test, unless it was allowed. */
  readonly problems: Problems
  /** Opens a screen, such as `/logs`, as someone who has the address with the token. */
  readonly open: (path: string) => Promise<void>
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
  ...screens,
})

export { expect } from '@playwright/test'

/** Every test has a desktop app of its own with an empty database, a window that must not complain, and its screens by name. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { Problems } from '../../e2e/support/problems.ts'
import { type Screens, screens } from '../../e2e/support/screens.ts'
import { Sender } from '../../e2e/support/sender.ts'
import { SpanlightApp, type SpanlightOptions } from './spanlight-app.ts'

interface DesktopFixtures extends Screens {
  readonly folder: string
  /** What windows complained about: anything fails the test, unless it was allowed. */
  readonly problems: Problems
  /** Starts Spanlight; it is gone after the test. */
  readonly launch: (options?: Partial<SpanlightOptions>) => Promise<SpanlightApp>
  /** Started, with an empty database, and ready to receive. */
  readonly app: SpanlightApp & { readonly otlpGrpc: string; readonly otlpHttp: string }
  readonly send: Sender
  /** Goes to a screen, such as `/logs`. */
  readonly open: (path: string) => Promise<void>
}

export const test = base.extend<DesktopFixtures>({
  folder: async ({ browserName }, use) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), `spanlight-desktop-${browserName}-`)))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  problems: async ({ folder: _folder }, use) => {
    const problems = new Problems()
    await use(problems)
    expect(problems.unexpected, 'what windows complained about').toEqual([])
  },
  launch: async ({ folder, problems }, use, testInfo) => {
    const started: SpanlightApp[] = []
    await use(async (options = {}) => {
      const app = await SpanlightApp.start({ folder, onPage: (page) => problems.watch(page), ...options })
      started.push(app)
      return app
    })
    for (const [index, app] of started.entries()) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach(`output of app ${index}`, { body: app.output(), contentType: 'text/plain' })
        const body = await app.page.screenshot({ timeout: 5_000 }).catch(() => undefined)
        if (body) await testInfo.attach(`window of app ${index}`, { body, contentType: 'image/png' })
      }
      await app.dispose()
      expect(app.output(), 'main asks for what is not there').not.toMatch(/not modelled by|Error occurred in handler/)
    }
  },
  app: async ({ launch }, use) => {
    const app = await launch()
    const { grpc, http } = await app.endpoints()
    await use(Object.assign(app, { otlpGrpc: grpc, otlpHttp: http }))
  },
  page: ({ app }, use) => use(app.page),
  send: ({ app }, use) => use(new Sender(app.otlpHttp)),
  open: ({ app }, use) => use((path) => app.open(path)),
  ...screens,
})

export { expect } from '@playwright/test'

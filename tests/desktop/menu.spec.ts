/** The native menu does what it says. */

import { readFileSync } from 'node:fs'
import { ago } from '../e2e/support/moments.ts'
import { sendPurchase } from '../e2e/support/shop.ts'
import { traceIdOf } from '../support/otlp.ts'
import { choose } from './support/choose.ts'
import { expect, test } from './support/fixtures.ts'

test('goes to every screen', async ({ app, send, frame, tracesPage, logsPage, connectPage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveCount(1)
  await choose(app, 'Logs')
  await expect(logsPage.rows).toHaveCount(3)
  await choose(app, 'Connect')
  await expect(connectPage.heading).toBeVisible()
  await choose(app, 'Settings…')
  await expect(frame.heading('Settings')).toBeVisible()
  await choose(app, 'Traces')
  await expect(tracesPage.operations).toHaveCount(1)
})

test('finds in what is open and copies the link of a trace', async ({
  app,
  send,
  page,
  tracesPage,
  tracePage,
  frame,
}) => {
  await sendPurchase(send, { trace: 0xabc, start: ago(5_000) })
  await frame.goTo('Traces')
  await tracesPage.open('GET /buy')
  await expect(tracePage.rows).toHaveCount(7)
  await choose(app, 'Find')
  await expect(tracePage.find).toBeFocused()
  await page.evaluate(`{
    globalThis.copied = []
    navigator.clipboard.writeText = async (text) => void copied.push(text)
  }`)
  await choose(app, 'Copy Link to Trace')
  await expect.poll(() => page.evaluate('copied')).toEqual([`spanlight://trace/${traceIdOf(0xabc)}`])
})

test('tells about the app', async ({ app, connectPage }) => {
  await expect(connectPage.heading).toBeVisible()
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async (...options: unknown[]) => {
      Object.assign(globalThis, { told: options.at(-1) })
      return { response: 0, checkboxChecked: false }
    }
  })
  await choose(app, 'About Spanlight')
  const told = await app.evaluate(() => (globalThis as { told?: { message: string; detail: string } }).told)
  expect(told?.message).toMatch(/^Spanlight \d/)
  expect(told?.detail).toMatch(/Electron \d+/)
  expect(told?.detail).toContain('Apache')
})

test('shows the licences of what it is made of', async ({ app, connectPage }) => {
  await expect(connectPage.heading).toBeVisible()
  await app.evaluate(({ dialog, shell }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
    shell.openPath = async (file: string) => {
      Object.assign(globalThis, { shown: file })
      return ''
    }
  })
  await choose(app, 'About Spanlight')
  const shown = () => app.evaluate(() => (globalThis as { shown?: string }).shown ?? '')
  await expect.poll(shown).toMatch(/licenses\.txt$/)
  expect(readFileSync(await shown(), 'utf8')).toContain('better-sqlite3')
})

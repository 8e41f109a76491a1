/** Settings in the window: what only the desktop app has, and what leaves the page. */

import { ago } from '../e2e/support/moments.ts'
import { sendPurchase } from '../e2e/support/shop.ts'
import { expect, test } from './support/fixtures.ts'

test('deleting all data leads to the waiting page', async ({
  open,
  send,
  connectPage,
  settingsPage,
  tracesPage,
  frame,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveCount(1)
  await open('/settings')
  await settingsPage.deleteAll.click()
  await settingsPage.confirmDeletion('delete all data')
  await settingsPage.deleteForGood.click()
  await expect(connectPage.heading).toBeVisible()
  await expect(connectPage.arrivals).toContainText('Waiting for the first span or log')
})

// There apps stay without windows.
if (process.platform !== 'darwin')
  test('with the tray icon the app outlives its window, and a second start opens it again', async ({
    app,
    page,
    connectPage,
  }) => {
    await expect(connectPage.heading).toBeVisible()
    await page.evaluate('spanlightHost.settings({ tray: true })')
    await app.evaluate(({ BrowserWindow }) => {
      setImmediate(() => BrowserWindow.getAllWindows()[0]?.close())
    })
    const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    await expect.poll(windows).toBe(0)
    expect(await app.enginePid()).toBeDefined()
    expect((await app.second()).code).toBe(0)
    await expect.poll(windows).toBe(1)
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
      .toBe(true)
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()))
      .toContain('/connect')
  })

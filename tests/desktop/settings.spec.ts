/** Settings that only the desktop app has. */

import { expect, test } from './support/fixtures.ts'

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

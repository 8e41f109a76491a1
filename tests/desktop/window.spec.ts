/** The window: there at once in the theme's colour, where it was before, and with the app in it. */

import { ago, ms } from '../e2e/support/moments.ts'
import { tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { host } from './support/host.ts'
import type { SpanlightApp } from './support/spanlight-app.ts'

/** In real Electron nobody keeps a journal. */
interface Journal {
  readonly journal?: { read(): { readonly what: string }[] }
}

function windowState(app: SpanlightApp) {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return undefined
    return {
      bounds: window.getBounds(),
      visible: window.isVisible(),
      background: window.getBackgroundColor().toLowerCase(),
      maximized: window.isMaximized(),
    }
  })
}

test('opens with the app in it, in the colour of the page, and not before there is something to see', async ({
  app,
  page,
  connectPage,
}) => {
  await expect(connectPage.heading).toBeVisible()
  await expect.poll(async () => (await windowState(app))?.visible).toBe(true)
  const ground = await page.evaluate<string>("getComputedStyle(document.documentElement).getPropertyValue('--bg')")
  expect((await windowState(app))?.background).toBe(ground.trim().toLowerCase())
  if (host.isReal) return
  const order = await app.evaluate((main) => (main as Journal).journal?.read().map(({ what }) => what))
  expect(order).toEqual(['window created', 'ready-to-show', 'show'])
})

for (const theme of ['light', 'dark'] as const)
  test(`while the app's scripts are on their way the window shows its outline, in the theme: ${theme}`, async ({
    app,
    page,
    problems,
  }) => {
    await app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source
    }, theme)
    problems.allow(/ERR_BLOCKED_BY_CLIENT/)
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('Network.enable')
    await devTools.send('Network.setBlockedURLs', { urls: ['*.js'] })
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload())
    const body = page.locator('html:not([data-mantine-color-scheme]) > body')
    await expect(body).toBeAttached()
    await expect(body).toHaveCSS('background-color', theme === 'light' ? 'rgb(245, 246, 248)' : 'rgb(14, 16, 20)')
    await expect(page.locator('#root > *').first()).toBeVisible()
    expect((await windowState(app))?.background).toBe(theme === 'light' ? '#f5f6f8' : '#0e1014')
  })

test('gives the page its host and nothing of Node or Electron', async ({ app, page, connectPage }) => {
  await expect(connectPage.heading).toBeVisible()
  expect(await page.evaluate('[typeof require, typeof process, typeof module, typeof electron]')).toEqual(
    Array.from({ length: 4 }, () => 'undefined'),
  )
  expect(await page.evaluate('Object.keys(spanlightHost).sort()')).toEqual(['connect', 'listen', 'recover', 'settings'])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('opens where it was, as large as it was', async ({ app, launch }) => {
  const bounds = { x: 200, y: 120, width: 1000, height: 700 }
  await app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds)
  await app.quit()
  const again = await launch()
  await again.endpoints()
  expect((await windowState(again))?.bounds).toEqual(bounds)
})

test('keeps the theme that was chosen, the window too', async ({ app, frame, launch }) => {
  await expect(frame.timeRange).toBeVisible()
  const light = (await windowState(app))?.background
  await frame.chooseScheme('Dark')
  await expect.poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
  await expect.poll(async () => (await windowState(app))?.background).not.toBe(light)
  await app.quit()
  const again = await launch()
  await again.endpoints()
  expect(await again.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
  expect((await windowState(again))?.background).not.toBe(light)
})

// There apps stay without windows.
if (process.platform !== 'darwin')
  test('closing the window ends the app', async ({ app, send }) => {
    await send.traces(tracesOf('shop', [{ id: 1, name: 'GET /', start: ago(100), duration: ms }]))
    await app.evaluate(({ BrowserWindow }) => {
      setImmediate(() => BrowserWindow.getAllWindows()[0]?.close())
    })
    expect((await app.ended).code).toBe(0)
  })

/** The page stays where it is: no navigation, no windows, no permissions; web pages open in the system's browser. */

import { expect, test } from './support/fixtures.ts'
import type { SpanlightApp } from './support/spanlight-app.ts'

/** Puts a list in place of the system's browser. */
async function recordOpened(app: SpanlightApp): Promise<void> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
}

function opened(app: SpanlightApp): Promise<string[]> {
  return app.evaluate(() => (globalThis as { opened?: string[] }).opened ?? [])
}

/** What Chromium says about `file:` before anybody is asked. */
const localRefused = /Not allowed to load local resource/

test.beforeEach(async ({ app, connectPage }) => {
  await expect(connectPage.heading).toBeVisible()
  await recordOpened(app)
})

test('the page goes nowhere else', async ({ app, page, problems, connectPage }) => {
  problems.allow(localRefused)
  const before = page.url()
  for (const target of ['https://example.org/away', 'http://example.org/', 'app://elsewhere/', 'file:///etc/passwd']) {
    await page.evaluate(`location.href = ${JSON.stringify(target)}`).catch(() => undefined)
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))')
    expect(page.url(), target).toBe(before)
  }
  await expect(connectPage.heading).toBeVisible()
  await expect.poll(() => opened(app)).toEqual(['https://example.org/away'])
})

test('no window opens; https alone is handed to the browser', async ({ app, page, problems }) => {
  problems.allow(localRefused, /Running the JavaScript URL violates/)
  const links = [
    'https://opentelemetry.io/docs/',
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ms-settings:privacy',
    'https://user:secret@example.org/',
  ]
  for (const url of links) await page.evaluate(`void window.open(${JSON.stringify(url)})`)
  await page.evaluate(`{
    const link = Object.assign(document.createElement('a'), { href: 'https://example.org/linked', target: '_blank', rel: 'noreferrer' })
    document.body.append(link)
    link.click()
    link.remove()
  }`)
  await expect.poll(() => opened(app)).toEqual(['https://opentelemetry.io/docs/', 'https://example.org/linked'])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await expect.poll(() => page.context().pages().length).toBe(1)
})

test('permissions are refused, but for copying at a click', async ({ page, connectPage }) => {
  const states = await page.evaluate<Record<string, string>>(`(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']
    const states = await Promise.all(names.map(async (name) => [name, (await navigator.permissions.query({ name })).state]))
    return Object.fromEntries(states)
  })()`)
  expect(states).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    camera: 'denied',
    microphone: 'denied',
    'clipboard-read': 'denied',
  })
  // A machine without a microphone says so instead.
  expect(['NotAllowedError', 'NotFoundError']).toContain(
    await page.evaluate(
      `navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', ({ name }) => name)`,
    ),
  )
  expect(
    await page.evaluate(
      `new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), ({ code }) => resolve(code)))`,
    ),
  ).toBe(1)
  const step = connectPage.steps.first()
  await connectPage.copyButton(step).click()
  await expect(step.getByRole('status')).toHaveText('Copied')
})

test('scripts and styles that are not the app’s own are stopped by its policy', async ({ page, problems }) => {
  await page.evaluate(`{
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.body.append(script)
  }`)
  expect(await page.evaluate('typeof window.injected')).toBe('undefined')
  expect(await page.evaluate(`fetch('https://example.org/').then(() => 'reached', () => 'stopped')`)).toBe('stopped')
  const stopped = /Content Security Policy/
  for (const what of [/inline script violates/, /Connecting to 'https:\/\/example.org\/' violates/])
    await expect.poll(() => problems.unexpected.filter((problem) => what.test(problem)).length).toBe(1)
  problems.allow(stopped)
})

/** One HTML file of what was found: opened from disk without any network, it shows, searches and links as the app does. */

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from '@playwright/test'
import { logsOf, tracesOf } from '../support/otlp.ts'
import { Notes } from './pages/notes.ts'
import { TracePage } from './pages/trace.ts'
import { TracesPage } from './pages/traces.ts'
import { expect, test } from './support/fixtures.ts'
import { ago, ms } from './support/moments.ts'
import { sendPurchase } from './support/shop.ts'

const command = join(import.meta.dirname, '../../bin/spanlight.js')

async function exportHtml(db: string, file: string, ...options: readonly string[]): Promise<void> {
  const args = [command, 'export', '--db', db, '--format', 'html', '-o', file, ...options]
  await promisify(execFile)(process.execPath, args)
}

/** A browser that has nothing but the file: no network, no cookies, and it may ask for nothing else. */
async function openFromDisk(browser: Browser, file: string): Promise<{ page: Page; asked: string[] }> {
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(pathToFileURL(file).href)
  return { page, asked }
}

test('a trace in a file of its own: waterfall, details, logs, notes, find and links', async ({
  page,
  browser,
  app,
  folder,
  open,
  send,
  tracePage,
  tracesPage,
  problems,
}) => {
  const file = join(folder, 'trace.html')
  await test.step('a purchase with a note is exported', async () => {
    await sendPurchase(send, { trace: 1, start: ago(20_000) })
    await send.logs(logsOf('checkout', [{ trace: 1, span: 5, body: 'refund to jane.doe@example.com', at: ago(1_000) }]))
    await open('/traces')
    await tracesPage.row('GET /buy').click()
    await tracePage.row('charge card').click()
    await expect(tracePage.details).toContainText('charge card')
    await new Notes(page).write(tracePage.details, 'declined by the bank')
    await exportHtml(app.db, file)
  })

  const opened = await openFromDisk(browser, file)
  problems.watch(opened.page)
  const trace = new TracePage(opened.page)
  await test.step('it opens as the app showed it', async () => {
    await expect(trace.row('charge card')).toBeVisible()
    expect(await trace.outline()).toEqual(await tracePage.outline())
    await expect(trace.back).toHaveCount(0)
    await expect(opened.page).toHaveTitle('storefront GET /buy · Spanlight')
  })
  await test.step('spans fold and are selected by keyboard, with details, note and log', async () => {
    await trace.press('j', 'j', 'h')
    await expect(trace.row('charge card')).toHaveCount(0)
    await trace.press('l')
    await trace.row('charge card').click()
    await expect(trace.attribute('Attributes', 'order.id')).toHaveText('o-4711')
    await expect(trace.attribute('Resource', 'service.version')).toHaveText('2.1.0')
    await expect(new Notes(opened.page).on('Notes on this span')).toContainText('declined by the bank')
    await expect(opened.page.getByRole('button', { name: /Add a note|Edit|Delete/ })).toHaveCount(0)
    await trace.onlySpanLogs.press('Space')
    await expect(trace.logTexts.first()).toHaveText('order failed')
    await trace.openLog('order failed')
    await expect(trace.stackTrace(trace.logPane)).toContainText('chargeCard')
  })
  await test.step('texts are found in attributes and logs', async () => {
    await trace.find.fill('o-4711')
    await expect(trace.found.filter({ visible: true }).first()).toContainText(/1/)
    await trace.find.press('Escape')
    await trace.onlySpanLogs.press('Space')
    await trace.searchLogs.fill('receiv')
    await expect(trace.logTexts).toHaveText(['order received'])
    await trace.searchLogs.fill('refund')
    await expect(trace.logTexts).toHaveText([/^refund to \[email:[0-9a-f]+\]$/])
  })
  await test.step('it says what it is', async () => {
    await opened.page.getByRole('button', { name: 'About this file' }).click()
    const about = opened.page.getByRole('dialog', { name: 'About this file' })
    await expect(about).toContainText('1 trace with 7 spans and 4 logs')
    await expect(about).toContainText('1 e-mail address')
    await opened.page.keyboard.press('Escape')
  })
  await test.step('its address leads back to the span', async () => {
    await expect(opened.page).toHaveURL(/#[0-9a-f]{32}\/[0-9a-f]{15}5/)
    await opened.page.reload()
    await expect(trace.selectedRow).toContainText('charge card')
    expect(opened.asked.filter((url) => !/^(file|data):/.test(url))).toEqual([])
  })
  await opened.page.context().close()
})

test('several traces: a list first, links between them, and what is not in the file', async ({
  browser,
  app,
  folder,
  send,
  problems,
}) => {
  const file = join(folder, 'traces.html')
  const start = ago(30_000)
  const linked = (trace: number) => ({
    traceId: trace.toString(16).padStart(32, '0'),
    spanId: '0'.repeat(15).concat('1'),
  })
  await send.traces(tracesOf('shop', [{ trace: 1, id: 1, name: '</script><b>buy</b>', start, duration: 9n * ms }]))
  await send.traces(
    tracesOf('mail', [
      {
        trace: 2,
        id: 1,
        name: 'send',
        start: start + 5n * ms,
        duration: 1n * ms,
        more: { links: [linked(1), linked(9)] },
      },
    ]),
  )
  await exportHtml(app.db, file, '--no-redact')
  const { page } = await openFromDisk(browser, file)
  problems.watch(page)
  const traces = new TracesPage(page)
  const trace = new TracePage(page)

  await test.step('the list orders, narrows, and opens by keyboard', async () => {
    await expect(traces.rows).toHaveText([/mailsend/, /shop<\/script><b>buy<\/b>/])
    await page.getByRole('button', { name: 'Duration' }).click()
    await expect(traces.rows.first()).toContainText('</script><b>buy</b>')
    await page.getByRole('textbox', { name: 'Find a trace' }).fill('mail')
    await expect(traces.rows).toHaveCount(1)
    await page.getByRole('textbox', { name: 'Find a trace' }).press('Tab')
    await page.keyboard.press('j')
    await expect(traces.rows.first()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(trace.row('send')).toBeVisible()
  })
  await test.step('links lead to traces of the file alone, and back', async () => {
    await expect(trace.details).toContainText('not in this file')
    await trace.linkTo(linked(1).traceId).click()
    await expect(trace.heading).toContainText('</script><b>buy</b>')
    await expect(trace.linkTo(linked(2).traceId)).toBeVisible()
    await trace.back.click()
    await expect(traces.rows).toHaveCount(2)
  })
  await test.step('an address of no trace here says so', async () => {
    await page.goto(`${pathToFileURL(file).href}#${'f'.repeat(32)}`)
    await expect(trace.failure).toContainText('This trace is not in the file')
  })
  await page.context().close()
})

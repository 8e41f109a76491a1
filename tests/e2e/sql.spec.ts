/** The SQL screen: ask, read the answer as a table and as a chart, keep the question, and stop what takes too long. */

import { traceIdOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { ago } from './support/moments.ts'
import { sendPurchase } from './support/shop.ts'

test.beforeEach(async ({ send, open }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open('/sql')
})

test('answers a question, and leads from it to its trace and back', async ({ page, sqlPage, tracePage }) => {
  await expect(sqlPage.schema).toContainText('Spans as people read them')
  await sqlPage.ask(`SELECT name, duration_ms, parent_span_id, trace_id FROM spans WHERE kind = 2 ORDER BY start`)
  await expect(sqlPage.summary).toHaveText(/^2\srows in /)
  await expect(sqlPage.headers).toHaveText(['name', 'duration_ms', 'parent_span_id', 'trace_id'])
  await expect(sqlPage.rows).toHaveText([/GET \/buy.*100\.0.*NULL/, /POST \/orders.*70\.0/])

  // By keyboard to a value, and to all of it.
  await sqlPage.cell('GET /buy').click()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(sqlPage.value).toContainText('row 1, real')
  await page.keyboard.press('ArrowRight')
  await expect(sqlPage.value).toContainText('NULL')

  expect(JSON.parse(await sqlPage.download('JSON'))).toMatchObject([
    { name: 'GET /buy', duration_ms: 100, parent_span_id: null, trace_id: traceIdOf(1) },
    { name: 'POST /orders' },
  ])
  expect(await sqlPage.download('CSV')).toContain(`GET /buy,100.0,,${traceIdOf(1)}\r\n`)

  await sqlPage.grid
    .getByRole('link', { name: traceIdOf(1) })
    .first()
    .click()
  await expect(tracePage.row('GET /buy')).toBeVisible()
  await page.goBack()
  // The address has the statement, and it was run again.
  await expect(sqlPage.rows).toHaveCount(2)
  await expect(sqlPage.statement).toContainText('WHERE kind = 2')
})

test('says what is wrong and where, refuses to write, and completes names', async ({ page, sqlPage }) => {
  await sqlPage.ask('SELECT nam FROM spans')
  await expect(sqlPage.error).toContainText('No such column: nam. Did you mean name?')
  await expect(sqlPage.statement.locator('.cm-mistake')).toHaveText('nam')
  await sqlPage.ask('DELETE FROM span')
  await expect(sqlPage.error).toContainText('statements can only read')
  // Typed over what is selected: the browser must not take its colours along.
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('SELECT parent_sp')
  await page
    .getByRole('option', { name: /parent_span_id/ })
    .first()
    .click()
  await page.keyboard.type(' FROM spans')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(sqlPage.summary).toHaveText(/^7\srows in /)
})

test('stops a statement that never ends, and runs the next', async ({ sqlPage }) => {
  await sqlPage.ask('WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c')
  await expect(sqlPage.summary).toHaveText('Running, no row yet')
  await sqlPage.cancel.click()
  await expect(sqlPage.summary).toHaveText(/^Stopped/)
  await sqlPage.ask('WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c')
  await expect(sqlPage.summary).toHaveText(/^10,000\srows in /)
  await expect(sqlPage.grid).toHaveAttribute('aria-rowcount', '10001')
})

test('draws an example, and keeps statements by name and in its history', async ({ page, sqlPage, palette }) => {
  await sqlPage.choose('Examples', 'Traffic per minute')
  await expect(sqlPage.chart).toContainText('requests: latest')
  await sqlPage.choose('Examples', 'Error rate by service')
  await expect(page.getByRole('table', { name: 'Result as bars' })).toContainText('checkout')
  await sqlPage.save('How bad it is')
  await page.reload()
  await sqlPage.show('Table')
  await expect(sqlPage.headers).toHaveText(['service', 'requests', 'errors', 'error_percent'])
  await sqlPage.choose('History', 'width_s = 60')
  await expect(sqlPage.headers).toHaveText(['start', 'requests', 'errors'])
  await sqlPage.choose('Saved', 'How bad it is')
  await expect(sqlPage.headers).toHaveText(['service', 'requests', 'errors', 'error_percent'])

  await sqlPage.ask('SELECT 1 AS other')
  await expect(sqlPage.headers).toHaveText(['other'])
  await palette.open()
  await palette.search.fill('How bad')
  await expect(palette.command('How bad it is')).toBeVisible()
  await palette.search.press('Enter')
  await expect(sqlPage.headers).toHaveText(['service', 'requests', 'errors', 'error_percent'])
})

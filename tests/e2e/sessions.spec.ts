/** Sessions: a new one, back to the first, a copy of it, only read; each shows its own data and nothing of the other. */

import { expect, test } from './support/fixtures.ts'
import { ago } from './support/moments.ts'
import { sendPurchase } from './support/shop.ts'

test('an investigation is a file that is opened, copied and read', async ({ page, open, send, tracesPage }) => {
  const table = page.getByRole('table', { name: 'Sessions' })
  const session = (name: string) => page.getByRole('link', { name: `Session ${name}` })
  await sendPurchase(send, { trace: 1, start: ago(20_000) })
  await open('/sessions')
  await expect(table.getByRole('row', { name: /spanlight/ })).toContainText('open')

  await test.step('a new one begins empty and receives', async () => {
    await page.getByRole('button', { name: 'New session…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('friday')
    await page.keyboard.press('Enter')
    await expect(session('friday')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Connect a service' })).toBeVisible()
    await sendPurchase(send, { trace: 2, start: ago(10_000) })
    await open('/traces')
    await expect(tracesPage.operations).toHaveText(['GET /buy'])
  })
  await test.step('what can’t be opened says why, and this one stays', async () => {
    await open('/sessions?do=open')
    await page.getByRole('textbox', { name: 'Path' }).fill('missing.db')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('There is no file at')
    await page.keyboard.press('Escape')
    await expect(session('friday')).toBeVisible()
  })
  await test.step('a copy is a session of its own', async () => {
    await page.getByRole('button', { name: 'Save a copy…' }).click()
    await page.getByRole('textbox', { name: 'Save as' }).fill('kept')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toContainText('kept.db')
    await expect(table.getByRole('row', { name: /kept/ })).toContainText('7')
  })
  await test.step('only read, it refuses notes and receives nothing', async () => {
    await page.getByRole('button', { name: 'Open kept read-only' }).click()
    await expect(session('kept')).toBeVisible()
    await expect(page.getByRole('status', { name: 'Ingest' })).toContainText('Read-only')
    await open('/traces')
    await tracesPage.row('GET /buy').click()
    await expect(page.getByRole('treegrid', { name: 'Waterfall' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add a note' })).toHaveCount(0)
  })
  await test.step('a title is shown everywhere', async () => {
    await open('/sessions')
    await page.getByRole('button', { name: 'Open friday', exact: true }).click()
    await expect(session('friday')).toBeVisible()
    await open('/sessions?do=rename')
    await page.getByRole('textbox', { name: 'Title' }).fill('Friday’s outage')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(session('Friday’s outage')).toBeVisible()
  })
})

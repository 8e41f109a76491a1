/** Sessions: a new one, back to the first, a copy of it, only read; each shows its own data and nothing of the other. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { damageTable } from '../support/damaged-session.ts'
import { expect, test } from './support/fixtures.ts'
import { ago } from './support/moments.ts'
import { sendPurchase } from './support/shop.ts'

test('the sample opens with nothing but the app', async ({ page, open, overviewPage }) => {
  await open('/connect')
  await page.getByRole('button', { name: 'Open the sample' }).click()
  await expect(page.getByRole('link', { name: 'Session Sample: an hour of the Checkout shop' })).toBeVisible()
  await expect(overviewPage.heading).toBeVisible()
  await expect(page.getByRole('button', { name: '3 marks' })).toBeVisible()
  await open('/traces?range=all&errors=true')
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('row').nth(5)).toBeVisible()
})

test('an investigation is a file that is opened, copied and read', async ({ page, open, send, tracesPage }) => {
  const table = page.getByRole('table', { name: 'Sessions' })
  const session = (name: string) => page.getByRole('link', { name: `Session ${name}` })
  await sendPurchase(send, { trace: 1, start: ago(20_000) })
  await open('/sessions')
  await expect(table.getByRole('row', { name: /^spanlight open/ })).toBeVisible()

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
    await expect(page.getByRole('button', { name: 'Open files' })).toBeHidden()
    await open('/overview')
    await expect(page.getByRole('figure', { name: 'Traffic' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Mark this moment' })).toBeHidden()
    await open('/traces')
    await tracesPage.row('GET /buy').click()
    await expect(page.getByRole('treegrid', { name: 'Waterfall' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add a note' })).toHaveCount(0)
    await open('/load-lab')
    await expect(page.getByText('The load lab needs a session that receives')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start' })).toHaveCount(0)
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

test('a damaged one says so, and what can be read of it is saved and opened', async ({
  page,
  open,
  send,
  folder,
  tracesPage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(20_000) })
  await open('/sessions?do=copy')
  await page.getByRole('textbox', { name: 'Save as' }).fill('broken')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  damageTable(join(folder, 'broken.db'), 'log_record')

  await open('/sessions?do=open&file=broken.db')
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('the file is damaged')
  await page.getByRole('button', { name: 'Save what can be read…' }).click()
  await expect(page.getByRole('textbox', { name: 'New file' })).toHaveValue(join(folder, 'broken-recovered.db'))
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: '7 spans' })).toContainText('3 rows could not be read')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(page.getByRole('link', { name: 'Session broken-recovered' })).toBeVisible()
  await open('/traces?range=all')
  await expect(tracesPage.operations).toHaveText(['GET /buy'])

  await test.step('those that are gone are forgotten together', async () => {
    for (const name of ['broken.db', 'spanlight.db']) rmSync(join(folder, name))
    await open('/sessions')
    await expect(page.getByRole('row', { name: /no file at/ })).toHaveCount(2)
    await page.getByRole('button', { name: 'Forget those that are gone (2)' }).click()
    await expect(page.getByRole('row', { name: /no file at/ })).toHaveCount(0)
    await expect(page.getByRole('row', { name: /broken-recovered/ })).toBeVisible()
  })
})

test('what a screen shows is a view under a name', async ({ page, open, send, frame, tracesPage, palette }) => {
  const views = page.getByRole('list', { name: 'Saved views' })
  await sendPurchase(send, { trace: 1, start: ago(20_000) })
  await open('/traces?range=1h&errors=true&service=checkout')
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('Failed checkouts')
  await page.keyboard.press('Enter')
  await expect(views.getByRole('listitem')).toHaveText(['Failed checkouts'])
  await views.getByRole('button', { name: 'Rename Failed checkouts' }).click()
  await page.getByRole('textbox', { name: 'New name of Failed checkouts' }).fill('Failures')
  await page.keyboard.press('Enter')
  await expect(views.getByRole('listitem')).toHaveText(['Failures'])
  await page.keyboard.press('Escape')

  await open('/logs?range=5m')
  await expect(page.getByRole('textbox', { name: 'Search logs' })).toBeVisible()
  await palette.run('Failures')
  await expect(page).toHaveURL(/\/traces\?range=1h&errors=true&service=checkout$/)
  await expect(tracesPage.errorsOnly).toBeChecked()
  await expect(frame.service).toHaveValue('checkout')
  await page.getByRole('button', { name: 'Saved views' }).click()
  await views.getByRole('button', { name: 'Delete Failures' }).click()
  await expect(views).toHaveCount(0)
})

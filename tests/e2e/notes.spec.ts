/** Notes: written on a trace, a span and a time, seen where they belong, changed, deleted, and kept by the session. */

import { Notes } from './pages/notes.ts'
import { expect, test } from './support/fixtures.ts'
import { ago } from './support/moments.ts'
import { sendPurchase } from './support/shop.ts'

test('notes appear where they belong and can be changed', async ({
  page,
  open,
  send,
  tracePage,
  tracesPage,
  palette,
}) => {
  const notes = new Notes(page)
  await sendPurchase(send, { trace: 1, start: ago(20_000) })
  await open('/traces')
  await tracesPage.row('GET /buy').click()

  await test.step('on a span: in its details, and a mark on its row', async () => {
    await tracePage.row('charge card').click()
    await expect(tracePage.details).toContainText('charge card')
    await notes.write(tracePage.details, 'declined\n  by the bank')
    await expect(notes.on('Notes on this span')).toContainText('declined\n  by the bank')
    await expect(tracePage.row('charge card').getByRole('img', { name: /^Note: declined/ })).toBeVisible()
    await tracePage.row('SELECT stock').click()
    await expect(notes.on('Notes on this span')).toHaveCount(0)
  })
  await test.step('on the trace: in its head line and in the list', async () => {
    await page.getByRole('button', { name: '1 note' }).click()
    await expect(notes.ofTrace).toContainText('1 note on spans')
    await notes.write(notes.ofTrace, '<b>ask</b> payments')
    await expect(notes.on('Notes on this trace')).toContainText('<b>ask</b> payments')
    await page.keyboard.press('Escape')
    await tracePage.back.click()
    await expect(tracesPage.row('GET /buy').getByRole('img', { name: '2 notes' })).toBeVisible()
  })
  await test.step('all together, each with the way to it', async () => {
    await palette.run('Notes')
    await expect(notes.on('Notes')).toHaveCount(4)
    const span = notes.on('Notes').filter({ hasText: 'checkout: charge card' })
    await span.getByRole('button', { name: 'Edit' }).click()
    await span.getByRole('textbox', { name: 'Change the note' }).fill('declined twice')
    await span.getByRole('button', { name: 'Save' }).click()
    await expect(span.first()).toContainText('declined twice')
    const trace = notes.on('Notes').filter({ hasText: 'storefront: GET /buy' })
    await trace.getByRole('button', { name: 'Delete' }).click()
    await trace.getByRole('button', { name: 'Keep' }).click()
    await trace.getByRole('button', { name: 'Delete' }).click()
    await trace.getByRole('button', { name: 'Delete' }).click()
    await expect(trace).toHaveCount(0)
    await page.reload()
    await page.getByRole('link', { name: 'checkout: charge card' }).click()
    await expect(tracePage.selectedRow).toContainText('charge card')
    await expect(notes.on('Notes on this span')).toContainText('declined twice')
  })
})

test('a moment marked on the Overview is a note', async ({ page, open, send, overviewPage }) => {
  await sendPurchase(send, { trace: 1, start: ago(20_000) })
  await open('/overview')
  await expect(overviewPage.heading).toBeVisible()
  await page.getByRole('button', { name: 'Mark this moment' }).click()
  await page.getByRole('textbox', { name: 'What happened?' }).fill('deployed 1.4')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '1 mark' })).toBeVisible()
  await open('/notes')
  await expect(new Notes(page).on('Notes').first()).toContainText('deployed 1.4')
})

/** Logs: search, levels, live tail, one record, and the way to its trace. */

import { type LogSketch, logsOf, traceIdOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { ago, ms } from './support/moments.ts'
import { serveOneRequest } from './support/sdk-service.ts'
import type { Sender } from './support/sender.ts'
import { sendPurchase, stackTrace } from './support/shop.ts'

async function sendFour(send: Sender): Promise<void> {
  await send.logs(
    logsOf('shop', [
      { body: 'cart opened', at: ago(4_000), severity: 9 },
      { body: 'stock of teapots is low', at: ago(3_000), severity: 13 },
      { body: 'card declined by the bank', at: ago(2_000), severity: 17 },
    ]),
  )
  await send.logs(logsOf('mailer', [{ body: 'card for a birthday sent', at: ago(1_000), severity: 5 }]))
}

const lines = (count: number, from = 0): LogSketch[] =>
  Array.from({ length: count }, (_, index) => ({ body: `line ${from + index}`, at: ago(count - index) }))

test('lists logs of all services, oldest first, with level and service', async ({ open, send, logsPage }) => {
  await sendFour(send)
  await open('/logs')
  await expect(logsPage.messages).toHaveText([
    'cart opened',
    'stock of teapots is low',
    'card declined by the bank',
    'card for a birthday sent',
  ])
  await expect(logsPage.row('card declined')).toContainText('ERROR')
  await expect(logsPage.row('card declined')).toContainText('shop')
  await expect(logsPage.histogram).toHaveAccessibleName(/4 logs .*1 error/)
})

test('searches words, phrases and exclusions, and marks what it found', async ({ open, send, page, logsPage }) => {
  await sendFour(send)
  await open('/logs')
  await expect(logsPage.rows).toHaveCount(4)
  await page.keyboard.press('/')
  await expect(logsPage.search).toBeFocused()
  await logsPage.search.fill('card')
  await expect(logsPage.messages).toHaveText(['card declined by the bank', 'card for a birthday sent'])
  await expect(logsPage.row('bank').locator('mark')).toHaveText('card')
  await logsPage.search.fill('card -birthday')
  await expect(logsPage.messages).toHaveText(['card declined by the bank'])
  await logsPage.search.fill('"of teapots"')
  await expect(logsPage.messages).toHaveText(['stock of teapots is low'])
  await expect(page).toHaveURL(/q=/)
  await page.reload()
  await expect(logsPage.search).toHaveValue('"of teapots"')
  await expect(logsPage.messages).toHaveText(['stock of teapots is low'])
  await logsPage.search.fill('samovar')
  await expect(logsPage.note('No log matches')).toBeVisible()
  await expect(logsPage.note(/There is no log with “samovar”/)).toBeVisible()
  await logsPage.action('Clear search').click()
  await expect(logsPage.rows).toHaveCount(4)
})

test('narrows to levels and to a service', async ({ open, send, page, frame, logsPage }) => {
  await sendFour(send)
  await open('/logs')
  await expect(logsPage.rows).toHaveCount(4)
  await logsPage.chooseSeverity('Warn and above')
  await expect(logsPage.messages).toHaveText(['stock of teapots is low', 'card declined by the bank'])
  await logsPage.chooseSeverity('Error and above')
  await expect(logsPage.messages).toHaveText(['card declined by the bank'])
  await frame.chooseService('mailer')
  await expect(logsPage.note('No log matches')).toBeVisible()
  await page.goBack()
  await expect(logsPage.messages).toHaveText(['card declined by the bank'])
  await page.goBack()
  await page.goBack()
  await expect(logsPage.rows).toHaveCount(4)
  await frame.chooseService('mailer')
  await expect(logsPage.messages).toHaveText(['card for a birthday sent'])
})

test('live tail follows what arrives', async ({ open, send, logsPage }) => {
  await send.logs(logsOf('shop', lines(200)))
  await open('/logs')
  await expect(logsPage.liveTail).toBeChecked()
  await expect(logsPage.row('line 199')).toBeInViewport()
  await send.logs(logsOf('shop', lines(50, 200)))
  await expect(logsPage.row('line 249')).toBeInViewport()
  await expect.poll(() => logsPage.fromEnd()).toBeLessThan(10)
})

test('scrolling up pauses live tail and counts what arrives, without moving anything', async ({
  open,
  send,
  logsPage,
}) => {
  await send.logs(logsOf('shop', lines(200)))
  await open('/logs')
  await expect(logsPage.row('line 199')).toBeInViewport()
  await logsPage.scrollUp()
  await expect(logsPage.note('paused')).toBeVisible()
  await expect(logsPage.row('line 170')).toBeInViewport()
  const before = await logsPage.row('line 170').boundingBox()

  await send.logs(logsOf('shop', lines(30, 200)))
  await expect(logsPage.unseen).toHaveText('30 new')
  await send.logs(logsOf('shop', lines(12, 230)))
  await expect(logsPage.unseen).toHaveText('42 new')
  expect((await logsPage.row('line 170').boundingBox())?.y).toBe(before?.y)

  await logsPage.unseen.click()
  await expect(logsPage.row('line 241')).toBeInViewport()
  await expect(logsPage.note('paused')).toBeHidden()
  await send.logs(logsOf('shop', lines(1, 242)))
  await expect(logsPage.row('line 242')).toBeInViewport()
})

test('with live tail off the list stands still', async ({ open, send, frame, logsPage }) => {
  await sendFour(send)
  await open('/logs')
  await expect(logsPage.rows).toHaveCount(4)
  await logsPage.toggleLiveTail()
  await expect(logsPage.liveTail).not.toBeChecked()
  await send.logs(logsOf('shop', [{ body: 'after the tail', at: ago(0) }]))
  // The service that is new in the filter shows that the page has heard of the arrival.
  await send.logs(logsOf('newcomer', [{ body: 'and another', at: ago(0) }]))
  await frame.service.click()
  await expect(frame.serviceOption('newcomer')).toBeVisible()
  await frame.service.press('Escape')
  await expect(logsPage.rows).toHaveCount(4)
  await logsPage.toggleLiveTail()
  await expect(logsPage.row('after the tail')).toBeVisible()
})

test('older logs come in by scrolling, none lost', async ({ open, send, logsPage }) => {
  const count = 1_200
  await send.logs(
    logsOf(
      'shop',
      Array.from({ length: count }, (_, index) => ({ body: `line ${index}`, at: ago((count - index) * 100) })),
    ),
  )
  await open('/logs')
  await expect(logsPage.row(`line ${count - 1}`)).toBeInViewport()
  const seen = new Set<string>()
  await expect(async () => {
    for (const message of await logsPage.messages.allTextContents()) seen.add(message)
    await logsPage.scrollBy(-800)
    expect(seen).toContain('line 0')
  }).toPass({ intervals: [0], timeout: 40_000 })
  await expect(logsPage.note('The first log of this range')).toBeVisible()
  expect(seen.size).toBe(count)
})

test('a record opens beside the list: by click and by keyboard', async ({ open, send, page, logsPage }) => {
  await send.logs(
    logsOf('shop', [
      { body: 'first', at: ago(3_000) },
      { body: 'second', at: ago(2_000), attributes: { 'cart.id': 'c-9' }, more: { severityText: 'Notice' } },
    ]),
  )
  await open('/logs')
  await logsPage.row('second').click()
  await expect(logsPage.attribute('Attributes', 'cart.id')).toHaveText('c-9')
  await expect(logsPage.attribute('Record', 'Severity')).toHaveText('Notice (9)')
  await expect(logsPage.attribute('Resource', 'service.name')).toHaveText('shop')
  await expect(page).toHaveURL(/log=\d+/)
  await page.keyboard.press('k')
  await expect(logsPage.selectedRow).toContainText('first')
  await expect(logsPage.details).toContainText('first')
  await page.reload()
  await expect(logsPage.details).toContainText('first')
  await page.keyboard.press('Escape')
  await expect(logsPage.details).toBeHidden()
  await page.goBack()
  await expect(logsPage.details).toContainText('first')
})

test('an exception shows its stack, logged or recorded on a span', async ({
  app,
  open,
  logsPage,
  tracePage,
  frame,
  tracesPage,
}) => {
  await serveOneRequest({ protocol: 'HTTP', endpoint: app.otlpHttp, name: 'cart' })
  await open('/logs')
  await expect(logsPage.row('no cart to show')).toContainText('TypeError')
  await logsPage.row('no cart to show').click()
  await expect(logsPage.details).toContainText('the cart is empty')
  await expect(logsPage.stackTrace).toContainText('TypeError: the cart is empty\n    at ')

  await frame.goTo('Traces')
  await tracesPage.open('GET /cart')
  await expect(tracePage.stackTrace(tracePage.details)).toContainText('TypeError: the cart is empty\n    at ')
})

test('a record leads to its trace, at its span', async ({ open, send, page, logsPage, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open('/logs')
  await logsPage.row('order failed').click()
  await expect(logsPage.stackTrace).toHaveText(stackTrace)
  await logsPage.openTrace.click()
  await expect(page).toHaveURL(new RegExp(traceIdOf(1)))
  await expect(tracePage.selectedRow).toContainText('charge card')
  await page.goBack()
  await expect(logsPage.details).toContainText('order failed')
})

test('what was logged around a record is one click away', async ({ open, send, logsPage }) => {
  await send.logs(
    logsOf('shop', [
      { body: 'long before', at: ago(300_000) },
      { body: 'shortly before', at: ago(61_000) },
      { body: 'the moment', at: ago(60_000) },
    ]),
  )
  await send.logs(logsOf('mailer', [{ body: 'next door', at: ago(59_000) }]))
  await open('/logs?q=moment')
  await expect(logsPage.messages).toHaveText(['the moment'])
  await logsPage.row('the moment').click()
  await logsPage.details.getByRole('button', { name: 'Show everything logged around it' }).click()
  await expect(logsPage.messages).toHaveText(['shortly before', 'the moment', 'next door'])
})

test('bodies of every kind, and records without one, have a line', async ({ open, send, logsPage }) => {
  const structured = { kvlistValue: { values: [{ key: 'order', value: { intValue: '42' } }] } }
  await send.logs(
    logsOf('shop', [
      { at: ago(3_000), more: { body: structured } },
      { at: ago(2_000), more: { eventName: 'cart.emptied' } },
      { at: ago(1_000) },
      { body: 'two\nlines', at: ago(500) },
    ]),
  )
  await open('/logs')
  await expect(logsPage.rows).toHaveCount(4)
  await expect(logsPage.messages).toHaveText(['{"order":42}', 'cart.emptied', 'no body', /^two\s?\S?\s?lines$/])
  await logsPage.row('lines').click()
  await expect(logsPage.details).toContainText('two\nlines', { useInnerText: true })
})

test('an empty list says how logs get here', async ({ app, open, send, frame, logsPage }) => {
  await open('/logs')
  await expect(logsPage.note('No logs yet')).toBeVisible()
  await expect(logsPage.note(`${app.otlpHttp}/v1/logs`)).toBeVisible()
  await send.logs(logsOf('shop', [{ body: 'the first', at: ago(0) }]))
  await expect(logsPage.row('the first')).toBeVisible()
  await frame.chooseCustomRange('2020-02-29T12:00:00', '2020-02-29T13:00:00')
  await expect(logsPage.note('No logs in this time range')).toBeVisible()
  await expect(logsPage.liveTail).toBeDisabled()
  await logsPage.action('Show everything').click()
  await expect(logsPage.row('the first')).toBeVisible()
})

test('a bar of the histogram narrows the time range', async ({ open, send, page, frame, logsPage }) => {
  await send.logs(
    logsOf('shop', [
      { body: 'early', at: ago(600_000) },
      ...[1, 2, 3].map((n) => ({ body: `late ${n}`, at: ago(1_000) + BigInt(n) * ms })),
    ]),
  )
  await open('/logs')
  await expect(logsPage.rows).toHaveCount(4)
  const box = await logsPage.histogram.boundingBox()
  if (!box) throw new Error('no histogram')
  await page.mouse.move(box.x + 2, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + 20, { steps: 4 })
  await page.mouse.up()
  await expect(logsPage.messages).toHaveText(['early'])
  await expect(frame.timeRange).toContainText('–')
  await page.goBack()
  await expect(logsPage.rows).toHaveCount(4)
})

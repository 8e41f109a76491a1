/** The frame: time range, service filter, palette, ingest status, themes, and what happens when the server goes away. */

import { logsOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { startSpanlight } from '../support/spanlight-process.ts'
import { expect, test } from './support/fixtures.ts'
import { ago, at, ms } from './support/moments.ts'
import type { Sender } from './support/sender.ts'
import { sendPurchase } from './support/shop.ts'

async function sendOldAndNew(send: Sender): Promise<void> {
  await send.traces(
    tracesOf('shop', [
      { trace: 1, id: 1, name: 'now', start: ago(1_000), duration: ms },
      { trace: 2, id: 1, name: 'half an hour ago', start: ago(30 * 60_000), duration: ms },
      { trace: 3, id: 1, name: 'in 2020', start: at('2020-02-29T12:30:00Z'), duration: ms },
    ]),
  )
}

test.describe('time range', () => {
  test.use({ timezoneId: 'UTC' })

  test('holds for every screen, lives in the address, and goes back', async ({
    open,
    send,
    page,
    frame,
    tracesPage,
    logsPage,
  }) => {
    await sendOldAndNew(send)
    await send.logs(logsOf('shop', [{ body: 'logged in 2020', at: at('2020-02-29T12:30:00Z') }]))
    await open('/')
    await expect(frame.timeRange).toHaveText('Live · last 15 min')
    await frame.goTo('Traces')
    await expect(tracesPage.operations).toHaveText(['now'])
    await frame.chooseRange('Live · last 1 h')
    await expect(tracesPage.operations).toHaveText(['now', 'half an hour ago'])
    await frame.chooseRange('Everything')
    await expect(tracesPage.operations).toHaveCount(3)
    await frame.chooseCustomRange('2020-02-29T12:00:00', '2020-02-29T13:00:00')
    await expect(tracesPage.operations).toHaveText(['in 2020'])

    await frame.goTo('Logs')
    await expect(logsPage.row('logged in 2020')).toBeVisible()
    await page.reload()
    await expect(logsPage.row('logged in 2020')).toBeVisible()
    await page.goBack()
    await page.goBack()
    await expect(frame.timeRange).toHaveText('Everything')
    await expect(tracesPage.operations).toHaveCount(3)
  })

  test('a range that ends before it begins can not be chosen', async ({ open, send, frame }) => {
    await sendOldAndNew(send)
    await open('/traces')
    await frame.timeRange.click()
    await frame.timeRangePanel.getByLabel('From').fill('2020-02-29T13:00:00')
    await frame.timeRangePanel.getByLabel('To', { exact: true }).fill('2020-02-29T12:00:00')
    await expect(frame.timeRangePanel).toContainText('Must be after From')
    await expect(frame.timeRangePanel.getByRole('button', { name: 'Show this range' })).toBeDisabled()
    await frame.timeRangePanel.press('Escape')
    await expect(frame.timeRangePanel).toBeHidden()
    await expect(frame.timeRange).toBeFocused()
  })
})

test('the service filter holds on every screen and is taken away with a button that has a name', async ({
  open,
  send,
  page,
  frame,
  tracesPage,
  logsPage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await send.traces(tracesOf('nightly', [{ trace: 9, id: 1, name: 'batch', start: ago(4_000), duration: ms }]))
  await open('/traces')
  await expect(tracesPage.operations).toHaveText(['batch', 'GET /buy'])
  await frame.chooseService('checkout')
  await expect(tracesPage.operations, 'a trace counts when any of its services is the one').toHaveText(['GET /buy'])
  await frame.goTo('Logs')
  await expect(logsPage.messages).toHaveText([/order received/, /order failed/])
  await expect(page).toHaveURL(/service=checkout/)
  await frame.clearService()
  await expect(logsPage.rows).toHaveCount(3)
})

test('the palette goes to screens, services, ranges and traces', async ({
  open,
  send,
  page,
  frame,
  palette,
  connectPage,
  tracesPage,
  tracePage,
  logsPage,
}) => {
  await sendPurchase(send, { trace: 0xabc, start: ago(5_000) })
  await open('/traces')
  await expect(tracesPage.operations).toHaveCount(1)
  await palette.button.click()
  await expect(palette.search).toBeFocused()
  await palette.search.press('Escape')
  await expect(palette.dialog).toBeHidden()

  await palette.run('logs')
  await expect(logsPage.rows).toHaveCount(3)
  await palette.run('checkout')
  await expect(page).toHaveURL(/service=checkout/)
  await expect(logsPage.rows).toHaveCount(2)
  await palette.run('all services')
  await expect(logsPage.rows).toHaveCount(3)
  await palette.run('last 6')
  await expect(frame.timeRange).toHaveText('Live · last 6 h')
  await palette.run(traceIdOf(0xabc))
  await expect(tracePage.rows).toHaveCount(7)
  await palette.run('connect')
  await expect(connectPage.heading).toBeVisible()

  await palette.open()
  await palette.search.fill('buy')
  await expect(palette.command('storefront GET /buy'), 'the trace opened just now').toBeVisible()
  await palette.search.fill('nothing like this')
  await expect(palette.dialog).toContainText('Nothing like this')
})

test('the ingest status tells what comes in, where, and what was lost', async ({ app, open, send, frame }) => {
  await open('/')
  await expect(frame.ingest).toContainText('Idle')
  await expect(frame.ingest).toContainText(`gRPC ${new URL(app.otlpGrpc).port}`)
  await expect(frame.ingest).toContainText(`HTTP ${new URL(app.otlpHttp).port}`)
  await sendPurchase(send, { trace: 1, start: ago(1_000) })
  await expect(frame.ingest).toContainText('spans/s')
  await send.nonsense()
  await expect(frame.ingest).toContainText('1 lost')

  await frame.ingest.getByRole('button').click()
  await expect(frame.ingestDetails).toContainText(app.otlpGrpc)
  await expect(frame.ingestDetails).toContainText(app.db)
  await expect(frame.ingestDetails).toContainText('malformed request')
})

for (const scheme of ['Light', 'Dark'] as const)
  test(`every screen renders in the ${scheme.toLowerCase()} theme, and keeps it after a reload`, async ({
    open,
    send,
    page,
    frame,
    connectPage,
    tracesPage,
    tracePage,
    logsPage,
  }) => {
    await open('/connect')
    await expect(connectPage.heading).toBeVisible()
    await frame.chooseScheme(scheme)
    await expect.poll(() => frame.brightness()).toBe(scheme === 'Light' ? 'bright' : 'dark')
    await sendPurchase(send, { trace: 1, start: ago(5_000) })
    await frame.goTo('Traces')
    await expect(tracesPage.operations).toHaveCount(1)
    await page.reload()
    await expect(tracesPage.operations).toHaveCount(1)
    expect(await frame.brightness()).toBe(scheme === 'Light' ? 'bright' : 'dark')
    await tracesPage.open('GET /buy')
    await expect(tracePage.rows).toHaveCount(7)
    await frame.goTo('Logs')
    await expect(logsPage.rows).toHaveCount(3)
  })

test('the theme follows the system unless told otherwise', async ({ open, page, frame }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await open('/connect')
  await expect.poll(() => frame.brightness()).toBe('dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect.poll(() => frame.brightness()).toBe('bright')
  await frame.chooseScheme('Dark')
  await expect.poll(() => frame.brightness()).toBe('dark')
})

test('an address without the token, or with one of an earlier start, explains itself', async ({
  app,
  open,
  page,
  context,
  problems,
  connectPage,
}) => {
  problems.allow(/401/)
  await open('/')
  await expect(connectPage.heading).toBeVisible()
  await context.clearCookies()
  await page.reload()
  await expect(page.getByText('open the address that Spanlight printed when it started')).toBeVisible()

  const { origin, port } = new URL(app.ui)
  await context.addCookies([{ name: `spanlight-${port}`, value: 'of-yesterday', url: origin }])
  await page.goto(`${origin}/traces`)
  await expect(page.getByText('open the address that Spanlight printed when it started')).toBeVisible()
  await page.goto(`${origin}/?token=of-yesterday`)
  await expect(page.getByText('This address is of an earlier start of Spanlight')).toBeVisible()
  await page.goto(app.ui)
  await expect(connectPage.heading).toBeVisible()
  await expect(page, 'the token does not stay in the address').not.toHaveURL(/token/)
})

test('when the server goes away the page says so, and keeps what it shows', async ({
  app,
  open,
  send,
  page,
  problems,
  frame,
  tracesPage,
  folder,
}) => {
  problems.allow(/WebSocket connection/, /ERR_CONNECTION_REFUSED/, /401/)
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open('/traces')
  await expect(tracesPage.operations).toHaveCount(1)
  await app.stop('SIGKILL')
  await expect(frame.alert).toContainText('The connection to Spanlight is lost')
  await expect(frame.ingest).toContainText('Reconnecting')
  await expect(tracesPage.operations).toHaveCount(1)

  const port = Number(new URL(app.ui).port)
  const restarted = await startSpanlight({ folder, port })
  try {
    await frame.alert.getByRole('button', { name: 'Retry now' }).click()
    await expect(page.getByText('Spanlight was restarted')).toBeVisible()
    await page.goto(restarted.ui)
    await frame.goTo('Traces')
    await expect(tracesPage.row('GET /buy'), 'nothing acknowledged was lost').toBeVisible()
  } finally {
    await restarted.stop()
  }
})

test('an unknown page says so', async ({ open, page, frame }) => {
  await open('/no-such-screen')
  await expect(page.getByText('There is no such page')).toBeVisible()
  await expect(frame.navigation).toBeVisible()
})

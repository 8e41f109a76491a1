/** The engine behind the window: receives over both protocols, answers large questions, and comes back when it dies. */

import { largeTraceRequests } from '../e2e/support/large-trace.ts'
import { ago, ms } from '../e2e/support/moments.ts'
import { serveOneRequest } from '../e2e/support/sdk-service.ts'
import { sendPurchase } from '../e2e/support/shop.ts'
import { tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'

for (const protocol of ['HTTP', 'gRPC'] as const)
  test(`what an SDK sends over ${protocol} appears by itself`, async ({ app, connectPage, tracesPage, frame }) => {
    await expect(connectPage.heading).toBeVisible()
    await serveOneRequest({ protocol, endpoint: protocol === 'HTTP' ? app.otlpHttp : app.otlpGrpc, name: 'cart' })
    await frame.goTo('Traces')
    await expect(tracesPage.row('GET /cart')).toContainText('cart')
  })

test('a large trace crosses the port whole', async ({ send, tracesPage, tracePage, frame }) => {
  const spans = 20_000
  for (const request of largeTraceRequests({ trace: 7, spans, start: ago(10_000) })) await send.traces(request)
  await frame.goTo('Traces')
  await tracesPage.open('POST /import')
  await expect(tracePage.row('POST /import')).toBeVisible()
  await expect(tracePage.waterfall).toHaveAttribute('aria-rowcount', String(spans))
  await tracePage.scrollToEnd()
  await expect(tracePage.rowNumber(spans)).toBeVisible()
})

test('a killed engine comes back, says so, and has lost nothing it acknowledged', async ({
  app,
  send,
  frame,
  tracesPage,
  tracePage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveText(['GET /buy'])
  const first = await app.enginePid()
  expect(first).toBeDefined()
  process.kill(first ?? 0, 'SIGKILL')

  await expect(frame.alert).toContainText('restarted')
  await expect(frame.alert).toContainText('Nothing that was acknowledged is lost')
  const second = await app.enginePid()
  expect(second).not.toBe(first)
  await frame.alert.getByRole('button', { name: 'Dismiss' }).click()
  await expect(frame.alert).toBeHidden()

  // The ports may be others now.
  const { http } = await app.endpoints()
  const answer = await fetch(`${http}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(tracesOf('nightly', [{ trace: 2, id: 1, name: 'batch', start: ago(100), duration: ms }])),
  })
  expect(answer.status).toBe(200)
  await expect(tracesPage.operations).toHaveText(['batch', 'GET /buy'])
  await tracesPage.open('GET /buy')
  await expect(tracePage.rows).toHaveCount(7)
})

test('an engine that dies again at once is not started for ever, and can be started by hand', async ({
  app,
  send,
  page,
  frame,
  tracesPage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveCount(1)
  process.kill((await app.enginePid()) ?? 0, 'SIGKILL')
  await expect(frame.alert).toContainText('restarted')
  process.kill((await app.enginePid()) ?? 0, 'SIGKILL')
  await expect(frame.heading("Spanlight's engine keeps stopping")).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(tracesPage.operations).toHaveText(['GET /buy'])
})

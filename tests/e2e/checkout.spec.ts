/** The main path with real services: a request becomes a trace of two services, with its logs and its error. */

import { type Example, startCheckoutExample } from './support/example.ts'
import { expect } from './support/fixtures.ts'
import { test as base } from './support/hosted.ts'

const test = base.extend<{ readonly example: Example }>({
  example: async ({ app }, use) => {
    const example = await startCheckoutExample(app.otlpHttp)
    await use(example)
    await example.stop()
  },
})

test('a request becomes a trace with its logs, down to one span', async ({
  example,
  open,
  connectPage,
  tracesPage,
  tracePage,
  frame,
}) => {
  await open('/')
  await expect(connectPage.heading).toBeVisible()
  expect(await (await fetch(example.url)).text()).toContain('Thank you')

  await frame.goTo('Traces')
  await expect(tracesPage.row('GET /buy')).toContainText('storefront')
  await expect(tracesPage.row('GET /buy')).toContainText('checkout')
  await tracesPage.open('GET /buy')
  await expect
    .poll(() => tracePage.names())
    .toEqual([
      '1 storefront GET /buy',
      '2 storefront POST /orders',
      '3 checkout POST /orders',
      '4 checkout charge card',
    ])
  await expect(tracePage.logTexts).toHaveText([
    'buy clicked',
    'order received',
    'asking the bank',
    'card charged',
    'order placed',
    'order confirmed',
  ])

  await tracePage.row('charge card').click()
  await tracePage.onlySpanLogs.check()
  await expect(tracePage.logTexts).toHaveText(['asking the bank', 'card charged'])
})

test('the failing request leads to its exception', async ({
  example,
  open,
  frame,
  tracesPage,
  tracePage,
  logsPage,
}) => {
  await open('/traces')
  for (const query of ['', '', '?fail=1']) await (await fetch(`${example.url}${query}`)).text()
  await expect(tracesPage.operations).toHaveCount(3)

  await tracesPage.errorsOnly.check()
  await expect(tracesPage.operations).toHaveCount(1)
  await tracesPage.open('GET /buy')
  await expect(tracePage.row('charge card')).toBeVisible()
  await tracePage.press('Home', '[')
  await expect(tracePage.selectedRow).toContainText('charge card')
  await expect(tracePage.details).toContainText('card declined: insufficient funds')
  await expect(tracePage.stackTrace(tracePage.details)).toContainText('checkout.js')

  await frame.goTo('Logs')
  await logsPage.search.fill('"order failed"')
  await logsPage.row('order failed').click()
  await expect(logsPage.stackTrace).toContainText('checkout.js')
  await logsPage.openTrace.click()
  await expect(tracePage.selectedRow).toContainText('POST /orders')
})

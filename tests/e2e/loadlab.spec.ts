/** The Load lab: the demo from Connect to the log that explains it, mysteries, one's own service, and starting anew. */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './support/fixtures.ts'

// One shop at a time: each is a process with services of its own, and has the machine to share as it is. Few stories, because
// each begins with an app and a shop that start.
test.describe.configure({ mode: 'default', timeout: 120_000 })
/** For what the shop must do first. */
const shop = { timeout: 40_000 }
/** The first query of the orders database times out: that of the cart when the cache is still cold. */
const failedQuery = /(INSERT|UPDATE|SELECT) (orders|carts|shipments)/

test('the demo starts from Connect; a database timeout leads from the Overview to its span and log', async ({
  open,
  page,
  connectPage,
  frame,
  loadLabPage,
  overviewPage,
  tracesPage,
  tracePage,
}) => {
  await open('/')
  await connectPage.tryDemo.click()
  await expect(overviewPage.heading).toBeVisible(shop)

  await frame.goTo('Load lab')
  await expect(loadLabPage.heading).toHaveText('Checkout shop')
  await expect(loadLabPage.node('checkout')).toHaveAccessibleName(/[1-9]\/s/, shop)
  await loadLabPage.setRate(5)
  // All requests that write an order: the signature comes within seconds.
  await loadLabPage.fault('Database timeout').getByRole('button', { expanded: false }).click()
  await loadLabPage.fault('Database timeout').getByText('100 %', { exact: true }).click()
  await loadLabPage.toggle('Database timeout')
  await expect(loadLabPage.faults).toContainText('1 of 17 on')
  await expect(loadLabPage.marks).toContainText('Database timeout: orders-db, 100 %')
  await expect(loadLabPage.node('orders-db')).toHaveAccessibleName(/fault: timeout/)
  await expect(loadLabPage.node('checkout')).toContainText('err', shop)
  await loadLabPage.showTable()
  await expect(loadLabPage.topology.getByRole('row', { name: /^checkout → orders-db/ })).toContainText('✕')

  await loadLabPage.fault('Database timeout').getByRole('link', { name: 'Open in Overview' }).click()
  expect(new URL(page.url()).searchParams.get('service')).toBe('checkout')
  await expect(overviewPage.markOn('Errors', 'Database timeout: orders-db, 100 %')).toBeVisible(shop)
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: [1-9]/, shop)
  await expect(overviewPage.tile('Latency · P99')).toHaveAccessibleName(/ \d+\.\d+ s/, shop)

  await overviewPage.drag('Errors', ...(await overviewPage.ends('Errors')))
  await overviewPage.showTraces.click()
  await expect(tracesPage.rows.first()).toBeVisible()
  await tracesPage.rows.first().click()
  await tracePage.row(failedQuery).filter({ hasText: 'error' }).first().click()
  await expect(tracePage.attribute('Attributes', 'error.type')).toHaveText('timeout')
  await expect(tracePage.logPane).toContainText('orders-db cancelled')
})

test('one request opens its trace and lets it grow; a mystery tells nothing until it is solved, then its way is links', async ({
  open,
  page,
  loadLabPage,
  palette,
  tracePage,
}) => {
  await open('/load-lab')
  await loadLabPage.injectError.click()
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{32}/, shop)
  await expect(tracePage.row(failedQuery).filter({ hasText: 'error' })).toBeVisible(shop)
  await expect(tracePage.heading).toContainText('POST /checkout')
  const first = page.url()

  await palette.run('One request')
  await expect(page).not.toHaveURL(first, shop)
  await expect(tracePage.failure).toBeHidden()
  await expect(tracePage.row(/send mail/)).toBeVisible(shop)

  await open('/load-lab?sheet=12')
  await page.getByRole('switch', { name: 'With answers' }).press('Space')
  await expect(page.getByRole('listitem', { name: 'Exercise 1' })).toContainText('Database timeout: orders-db')
  await page.reload()
  await expect(page.getByRole('listitem', { name: /^Exercise \d/ })).toHaveCount(5)
  await loadLabPage.button('Start exercise 1').click()
  await expect(loadLabPage.mystery).toContainText('seed 12 · 1 of 5', shop)
  await loadLabPage.setRate(8)
  await expect(loadLabPage.faults).toBeHidden()
  await expect(loadLabPage.topology).toContainText('Figures are hidden')

  await loadLabPage.guess('orders-db', 'Database timeout')
  await expect(loadLabPage.mystery).toContainText('Right')
  await expect(loadLabPage.evidence).toHaveText(['Chart', 'Trace', 'Span', 'Log'], shop)
  await loadLabPage.evidence.last().click()
  await expect(tracePage.onlySpanLogs).toBeChecked(shop)
  await expect(tracePage.logPane).toContainText('orders-db cancelled', shop)

  await page.goBack()
  await loadLabPage.button('Next exercise…').click()
  await loadLabPage.dialog('Mystery fault').getByRole('button', { name: 'Start exercise 2' }).click()
  await loadLabPage.guess('email', 'Database timeout')
  await expect(loadLabPage.mystery).toContainText('Not this time')
  await loadLabPage.button('End it').click()
  await expect(loadLabPage.mystery).toBeHidden()
})

test('load on a service of one’s own is counted; a scenario of one’s own starts when it is right, and anew', async ({
  open,
  loadLabPage,
  tracesPage,
  frame,
}) => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers['x-key']} ${request.headers.traceparent}`)
    response.writeHead(seen.length % 2 === 0 ? 503 : 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  try {
    await open('/load-lab?seed=7&rate=10')
    await loadLabPage.button('Send to my own service…').click()
    const dialog = loadLabPage.dialog('Send to my own service')
    await dialog.getByLabel('URL').fill('http://shop.example/')
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('shop.example is not this machine. Nothing was sent yet.')
    await expect(dialog.getByRole('button', { name: 'Send to shop.example' })).toBeDisabled()
    await dialog.getByLabel('shop.example is mine').check()
    await expect(dialog.getByRole('button', { name: 'Send to shop.example' })).toBeEnabled()

    // Consent was for that host alone.
    await dialog.getByLabel('URL').fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/buy`)
    await dialog.getByLabel('Headers').fill('nonsense')
    await expect(dialog).toContainText('“nonsense” is no header')
    await dialog.getByLabel('Headers').fill('X-Key: secret')
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    const outcomes = loadLabPage.outcomes
    await expect(outcomes.getByRole('row', { name: /status 200/ })).toBeVisible(shop)
    await expect(outcomes.getByRole('row', { name: /✕ status 503/ })).toBeVisible(shop)
    expect(seen[0]).toMatch(/^GET secret 00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-9a-f]$/)
    expect(new Set(seen).size).toBe(seen.length)
    await loadLabPage.stop.click()
    await expect(loadLabPage.heading).toHaveText('Load lab', shop)
  } finally {
    server.close()
  }

  await loadLabPage.chooseFile('mine.json', JSON.stringify({ ...ownScenario, services: [{ name: 'A B' }] }))
  await loadLabPage.button('Start').click()
  await expect(loadLabPage.problem).toContainText('services[0].name')
  await loadLabPage.chooseFile('mine.json', JSON.stringify(ownScenario))
  await loadLabPage.button('Start').click()
  await expect(loadLabPage.heading).toHaveText('My two', shop)
  await expect(loadLabPage.node('front')).toHaveAccessibleName(/[1-9]\d?\/s/, shop)
  await expect(loadLabPage.faults).toContainText('Not possible in this scenario: ')

  await loadLabPage.toggle('Added latency with jitter')
  await expect(loadLabPage.faults).toContainText('1 of')
  await loadLabPage.choose('Reset the exercise…')
  const dialog = loadLabPage.dialog('Reset the exercise')
  await expect(dialog).toContainText('everything that is stored is deleted')
  await dialog.getByRole('button', { name: 'Delete all data and reset' }).click()
  await expect(dialog).toBeHidden(shop)
  await expect(loadLabPage.faults).toContainText('0 of')
  await expect(loadLabPage.heading).toHaveText('My two')
  await expect(loadLabPage.state).toContainText('seed 7')

  await loadLabPage.stop.click()
  await expect(loadLabPage.heading).toHaveText('Load lab', shop)
  await frame.goTo('Traces')
  await expect(tracesPage.rows.first()).toContainText('GET /items')
})

const ownScenario = {
  name: 'two',
  title: 'My two',
  description: 'A front end that asks a back end.',
  services: [
    {
      name: 'front',
      endpoints: [
        {
          method: 'GET',
          path: '/items/{id}',
          steps: [{ do: 'call', service: 'back', method: 'GET', path: '/items/{id}' }],
        },
      ],
    },
    {
      name: 'back',
      endpoints: [{ method: 'GET', path: '/items/{id}', steps: [{ do: 'work', latency: { p50Ms: 2, p99Ms: 8 } }] }],
    },
  ],
  journeys: [{ name: 'look', title: 'Look', weight: 1, requests: [{ method: 'GET', path: '/items/{id}' }] }],
}

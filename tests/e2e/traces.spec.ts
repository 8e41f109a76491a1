/** Traces: finding the one that matters among many, live or years old. */

import { tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { ago, at, ms, seconds } from './support/moments.ts'
import type { Sender } from './support/sender.ts'

/** Four traces, newest first: `quick`, `broken` (2 errors), `slow`, `batch` of another service. */
async function sendFour(send: Sender): Promise<void> {
  await send.traces(
    tracesOf(
      'shop',
      [
        { trace: 1, id: 1, name: 'GET /slow', start: ago(30_000), duration: 4n * seconds },
        { trace: 1, id: 2, parent: 1, name: 'SELECT orders', start: ago(29_000), duration: seconds },
        { trace: 2, id: 1, name: 'GET /broken', start: ago(20_000), duration: 300n * ms, error: true },
        { trace: 2, id: 2, parent: 1, name: 'charge', start: ago(19_900), duration: ms, error: true },
        {
          trace: 3,
          id: 1,
          name: 'GET /quick',
          start: ago(10_000),
          duration: 12n * ms,
          attributes: { 'user.id': 'u-7' },
        },
      ],
      { 'deployment.environment.name': 'staging' },
    ),
  )
  await send.traces(tracesOf('nightly', [{ trace: 4, id: 1, name: 'batch', start: ago(40_000), duration: 700n * ms }]))
}

test('new traces appear by themselves, the newest on top', async ({ open, send, tracesPage }) => {
  await sendFour(send)
  await open('/traces')
  await expect(tracesPage.operations).toHaveText(['GET /quick', 'GET /broken', 'GET /slow', 'batch'])
  await expect(tracesPage.row('GET /broken')).toContainText('300 ms')
  await expect(tracesPage.listed).toHaveText('4 traces')

  await send.traces(tracesOf('shop', [{ trace: 5, id: 1, name: 'GET /fresh', start: ago(0), duration: ms }]))
  await expect(tracesPage.operations).toHaveText(['GET /fresh', 'GET /quick', 'GET /broken', 'GET /slow', 'batch'])
})

test('filters narrow the list and are taken away again', async ({ open, send, frame, tracesPage }) => {
  await sendFour(send)
  await open('/traces')
  await expect(tracesPage.operations).toHaveCount(4)

  await test.step('by service', async () => {
    await frame.chooseService('nightly')
    await expect(tracesPage.operations).toHaveText(['batch'])
    await frame.clearService()
    await expect(tracesPage.operations).toHaveCount(4)
  })
  await test.step('by the operation of any span', async () => {
    await tracesPage.chooseOperation('SELECT orders')
    await expect(tracesPage.operations).toHaveText(['GET /slow'])
    await tracesPage.clearFilters.click()
    await expect(tracesPage.operations).toHaveCount(4)
  })
  await test.step('by attributes of spans and resources', async () => {
    await tracesPage.addAttribute('deployment.environment.name=staging')
    await expect(tracesPage.operations).toHaveText(['GET /quick', 'GET /broken', 'GET /slow'])
    await tracesPage.addAttribute('user.id=u-7')
    await expect(tracesPage.operations).toHaveText(['GET /quick'])
    await tracesPage.clearFilters.click()
    await expect(tracesPage.operations).toHaveCount(4)
  })
  await test.step('by duration', async () => {
    await tracesPage.minDuration.fill('200ms')
    await expect(tracesPage.operations).toHaveText(['GET /broken', 'GET /slow', 'batch'])
    await tracesPage.maxDuration.fill('1s')
    await expect(tracesPage.operations).toHaveText(['GET /broken', 'batch'])
    await tracesPage.minDuration.fill('')
    await expect(tracesPage.operations).toHaveText(['GET /quick', 'GET /broken', 'batch'])
    await tracesPage.clearFilters.click()
    await expect(tracesPage.maxDuration).toHaveValue('')
    await expect(tracesPage.operations).toHaveCount(4)
  })
  await test.step('by errors, and all at once', async () => {
    await tracesPage.errorsOnly.check()
    await expect(tracesPage.operations).toHaveText(['GET /broken'])
    await frame.chooseService('nightly')
    await expect(tracesPage.emptyState('No trace matches the filters')).toBeVisible()
    await tracesPage.action('Clear filters').last().click()
    await expect(tracesPage.operations).toHaveCount(4)
  })
})

test('what is no filter is refused where it was typed', async ({ open, send, tracesPage }) => {
  await sendFour(send)
  await open('/traces')
  await tracesPage.addAttribute('just words')
  await expect(tracesPage.attributes).toHaveAttribute('aria-invalid', 'true')
  await expect(tracesPage.attributes).toHaveValue('just words')
  await tracesPage.minDuration.fill('fast')
  await expect(tracesPage.minDuration).toHaveAttribute('aria-invalid', 'true')
  await expect(tracesPage.operations).toHaveCount(4)
})

test('orders by start, duration and errors', async ({ open, send, tracesPage }) => {
  await sendFour(send)
  await open('/traces')
  await expect(tracesPage.columnHeader('Start')).toHaveAttribute('aria-sort', 'descending')
  await tracesPage.order('Slowest')
  await expect(tracesPage.operations).toHaveText(['GET /slow', 'batch', 'GET /broken', 'GET /quick'])
  await expect(tracesPage.columnHeader('Duration')).toHaveAttribute('aria-sort', 'descending')
  await tracesPage.order('Most errors')
  await expect(tracesPage.operations.first()).toHaveText('GET /broken')
  await tracesPage.columnHeader('Start').getByRole('button').click()
  await expect(tracesPage.operations.first()).toHaveText('GET /quick')
})

test('two thousand traces are paged by scrolling, each once and in order', async ({ open, send, tracesPage }) => {
  const count = 2_000
  await send.traces(
    tracesOf(
      'shop',
      Array.from({ length: count }, (_, index) => ({
        trace: index + 1,
        id: 1,
        name: `request ${index + 1}`,
        start: ago(600_000 - index * 100),
        duration: ms,
      })),
    ),
  )
  await open('/traces?range=1h')
  await expect(tracesPage.operations.first()).toHaveText(`request ${count}`)
  await expect(tracesPage.listed).toHaveText('100+ traces')

  const seen = new Set<string>()
  await expect(async () => {
    for (const name of await tracesPage.operations.allTextContents()) seen.add(name)
    await tracesPage.scrollBy(800)
    expect(seen).toContain('request 1')
  }).toPass({ intervals: [0], timeout: 45_000 })
  await expect(tracesPage.listed).toHaveText('2,000 traces')
  expect(seen.size).toBe(count)
  expect([...seen]).toEqual(Array.from({ length: count }, (_, index) => `request ${count - index}`))
})

test('goes by keyboard: arrows, j and k, Home and End, Enter and Escape', async ({
  open,
  send,
  page,
  tracesPage,
  tracePage,
}) => {
  await sendFour(send)
  await open('/traces?max=1h')
  await expect(tracesPage.operations).toHaveCount(4)
  for (const [key, row] of [
    ['j', 'GET /quick'],
    ['ArrowDown', 'GET /broken'],
    ['j', 'GET /slow'],
    ['k', 'GET /broken'],
    ['End', 'batch'],
    ['ArrowDown', 'batch'],
    ['Home', 'GET /quick'],
    ['ArrowUp', 'GET /quick'],
    ['j', 'GET /broken'],
  ] as const) {
    await page.keyboard.press(key)
    await expect(tracesPage.activeRow, `after ${key}`).toContainText(row)
  }
  await page.keyboard.press('Enter')
  await expect(tracePage.heading).toHaveText(/GET \/broken/)
  await page.keyboard.press('Escape')
  await expect(tracesPage.activeRow, 'the way back leads to the same row').toContainText('GET /broken')
  await expect(page, 'of the list as it was narrowed').toHaveURL(/[?&]max=1h/)
})

test('the address restores filters and order after a reload, and back and forward walk through them', async ({
  open,
  send,
  page,
  frame,
  tracesPage,
}) => {
  await sendFour(send)
  await open('/traces')
  await expect(tracesPage.operations).toHaveCount(4)
  await frame.chooseService('shop')
  await expect(tracesPage.operations).toHaveCount(3)
  await tracesPage.errorsOnly.check()
  await expect(tracesPage.operations).toHaveText(['GET /broken'])
  await tracesPage.addAttribute('deployment.environment.name=staging')
  await tracesPage.order('Slowest')
  await tracesPage.minDuration.fill('100ms')
  await expect(page).toHaveURL(/min=100ms/)

  await page.reload()
  await expect(tracesPage.operations).toHaveText(['GET /broken'])
  await expect(tracesPage.errorsOnly).toBeChecked()
  await expect(tracesPage.minDuration).toHaveValue('100ms')
  await expect(frame.service).toHaveValue('shop')
  await expect(tracesPage.columnHeader('Duration')).toHaveAttribute('aria-sort', 'descending')

  await page.goBack()
  await expect(tracesPage.columnHeader('Start')).toHaveAttribute('aria-sort', 'descending')
  await page.goBack()
  await page.goBack()
  await expect(tracesPage.errorsOnly).not.toBeChecked()
  await expect(tracesPage.operations).toHaveCount(3)
  await page.goForward()
  await expect(tracesPage.errorsOnly).toBeChecked()
  await expect(tracesPage.operations).toHaveText(['GET /broken'])
})

test('empty lists say why and lead out', async ({ open, send, frame, connectPage, tracesPage }) => {
  await open('/traces')
  await expect(tracesPage.emptyState('No traces yet')).toBeVisible()
  await tracesPage.link('Connect a service').click()
  await expect(connectPage.heading).toBeVisible()

  await frame.goTo('Traces')
  await sendFour(send)
  await expect(tracesPage.operations).toHaveCount(4)
  await frame.chooseCustomRange('2020-02-29T12:00:00', '2020-02-29T13:00:00')
  await expect(tracesPage.emptyState('No traces in this time range')).toBeVisible()
  await tracesPage.errorsOnly.check()
  await expect(tracesPage.emptyState('No trace matches the filters')).toBeVisible()
  await tracesPage.action('Show everything').click()
  await expect(tracesPage.operations).toHaveText(['GET /broken'])
  await expect(frame.timeRange).toHaveText('Everything')
})

test('data of 2020 is on show without touching anything', async ({ open, send, frame, tracesPage, tracePage }) => {
  await send.traces(
    tracesOf('archive', [{ id: 1, name: 'leap day', start: at('2020-02-29T12:00:00Z'), duration: 5n * ms }]),
  )
  await open('/')
  await frame.goTo('Traces')
  await expect(tracesPage.row('leap day')).toContainText('2020-02-29')
  await expect(frame.timeRange).toHaveText('Everything')
  await tracesPage.open('leap day')
  await expect(tracePage.rows).toHaveCount(1)
})

test('nothing moves under a reader: what arrives is counted, and shown when asked for', async ({
  open,
  send,
  page,
  tracesPage,
}) => {
  await sendFour(send)
  await open('/traces')
  await expect(tracesPage.operations).toHaveCount(4)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(tracesPage.activeRow).toContainText('GET /broken')
  await send.traces(tracesOf('shop', [{ trace: 5, id: 1, name: 'GET /fresh', start: ago(0), duration: ms }]))
  await expect(tracesPage.unseen).toHaveText('1 new')
  await expect(tracesPage.operations).toHaveText(['GET /quick', 'GET /broken', 'GET /slow', 'batch'])
  await expect(tracesPage.activeRow).toContainText('GET /broken')
  await tracesPage.unseen.click()
  await expect(tracesPage.operations.first()).toHaveText('GET /fresh')
})

test('the way back from a trace leads to where one was in a long list', async ({
  open,
  send,
  page,
  tracesPage,
  tracePage,
}) => {
  await send.traces(
    tracesOf(
      'shop',
      Array.from({ length: 300 }, (_, index) => ({
        trace: index + 1,
        id: 1,
        name: `request ${index + 1}`,
        start: ago(60_000 - index * 100),
      })),
    ),
  )
  await open('/traces')
  await expect(tracesPage.operations.first()).toHaveText('request 300')
  await tracesPage.scrollBy(1_500)
  await expect(tracesPage.row('request 240')).toBeVisible()
  const before = await tracesPage.scrollTop()
  await tracesPage.open('request 240')
  await expect(tracePage.heading).toHaveText(/request 240/)
  await page.goBack()
  await expect(tracesPage.row('request 240')).toBeInViewport()
  await expect.poll(() => tracesPage.scrollTop()).toBe(before)
})

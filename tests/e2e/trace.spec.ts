/** One trace: its waterfall, span details and logs, also where the data is odd, huge or still growing. */

import { logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { largeTraceRequests } from './support/large-trace.ts'
import { ago, instant, ms } from './support/moments.ts'
import { checkoutSpans, sendPurchase, stackTrace, storefrontSpans } from './support/shop.ts'

const purchase = [
  '1 storefront GET /buy · error',
  '2 storefront POST /orders · error',
  '3 checkout POST /orders · error',
  '4 checkout validate cart',
  '4 checkout charge card · error',
  '4 checkout SELECT stock',
  '2 storefront render',
]

test('shows the tree of spans with services, levels and errors', async ({ open, send, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open(`/traces/${traceIdOf(1)}`)
  await expect.poll(() => tracePage.outline()).toEqual(purchase)
  await expect(tracePage.heading).toContainText('storefront')
  await expect(tracePage.heading).toContainText('GET /buy')
  await expect(tracePage.note(/7\sspans · 2\sservices · 4\serrors/)).toBeVisible()
  await expect(tracePage.minimap).toBeVisible()
  await expect(tracePage.row('charge card')).toContainText('55 ms')
  await expect(tracePage.row('charge card').getByTitle(/^Exception at/)).toBeVisible()
  await expect(tracePage.row('charge card').getByTitle(/^Error in the log at/)).toBeVisible()
})

test('moves, folds and unfolds by keyboard', async ({ open, send, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.rows).toHaveCount(7)
  await expect(tracePage.selectedRow).toContainText('GET /buy')
  for (const [keys, row] of [
    [['j'], 'storefrontPOST /orders'],
    [['ArrowDown'], 'checkoutPOST /orders'],
    [['k'], 'storefrontPOST /orders'],
    [['ArrowUp'], 'GET /buy'],
    [['End'], 'render'],
    [['Home'], 'GET /buy'],
    [['l', 'l', 'l'], 'validate cart'],
    [['h'], 'checkoutPOST /orders'],
  ] as const) {
    await tracePage.press(...keys)
    await expect(tracePage.selectedRow, `after ${keys.join(' ')}`).toContainText(row)
  }
  const parent = tracePage.row('checkoutPOST /orders')
  await expect(parent).toHaveAttribute('aria-expanded', 'true')
  await tracePage.press('ArrowLeft')
  await expect(parent).toHaveAttribute('aria-expanded', 'false')
  await expect(parent).toContainText('+3')
  await expect(tracePage.rows).toHaveCount(4)
  await tracePage.press('ArrowRight')
  await expect(parent).toHaveAttribute('aria-expanded', 'true')
  await expect(tracePage.rows).toHaveCount(7)

  await tracePage.button('Fold all').click()
  await expect(tracePage.rows).toHaveCount(1)
  await tracePage.button('Expand all').click()
  await expect(tracePage.rows).toHaveCount(7)
})

test('goes from error to error, also to one that is folded away', async ({ open, send, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.rows).toHaveCount(7)
  await tracePage.press('j', 'j', 'h')
  await expect(tracePage.rows).toHaveCount(4)
  await tracePage.press(']')
  await expect(tracePage.selectedRow).toContainText('charge card')
  await expect(tracePage.note('Error 4 of 4')).toBeVisible()
  await tracePage.press('[')
  await expect(tracePage.selectedRow).toContainText('checkoutPOST /orders')
  await tracePage.button('Previous error').click()
  await expect(tracePage.selectedRow).toContainText('storefrontPOST /orders')
})

test('narrows to a subtree, shows the whole again, and goes back step by step', async ({
  open,
  send,
  page,
  tracesPage,
  tracePage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.rows).toHaveCount(7)
  await tracePage.press('j', 'j', 'f')
  await expect
    .poll(() => tracePage.outline())
    .toEqual([
      '1 checkout POST /orders · error',
      '2 checkout validate cart',
      '2 checkout charge card · error',
      '2 checkout SELECT stock',
    ])
  await expect(page).toHaveURL(/focus=0{15}3/)
  await tracePage.press('0')
  await expect.poll(() => tracePage.outline()).toEqual(purchase)
  await tracePage.press('z')
  await expect(tracePage.note(/^Window /)).toBeVisible()
  await tracePage.press('f')
  await expect(tracePage.rows).toHaveCount(4)
  await expect(page).toHaveURL(/focus=.*from=|from=.*focus=/)
  await page.reload()
  await expect(tracePage.rows).toHaveCount(4)
  await expect(tracePage.note(/^Window /)).toBeVisible()
  await tracePage.press('Escape')
  await expect(tracePage.rows).toHaveCount(7)
  await tracePage.press('Escape')
  await expect(tracesPage.row('GET /buy')).toBeVisible()
  expect(new URL(page.url()).search, 'nothing of the trace stays in the address').not.toMatch(/span|focus|from/)
})

test('finds names and attributes in the trace', async ({ open, send, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.rows).toHaveCount(7)
  await tracePage.press('/')
  await expect(tracePage.find).toBeFocused()
  await tracePage.find.fill('orders')
  await expect(tracePage.found).toHaveText(/2 found|of 2/)
  await tracePage.find.press('Enter')
  await expect(tracePage.selectedRow).toContainText('storefrontPOST /orders')
  await tracePage.find.press('Enter')
  await expect(tracePage.selectedRow).toContainText('checkoutPOST /orders')
  await expect(tracePage.found).toHaveText('2 of 2')

  await tracePage.find.fill('o-4711')
  await expect(tracePage.found).toHaveText(/^1 /)
  await tracePage.find.press('Enter')
  await expect(tracePage.selectedRow).toContainText('charge card')
  await tracePage.onlyMatches.check()
  await expect(tracePage.rows).toHaveCount(4)
  await tracePage.find.fill('nowhere to be found')
  await expect(tracePage.found).toHaveText('no match')
  await tracePage.find.press('Escape')
  await expect(tracePage.find).toHaveValue('')
  await expect(tracePage.rows).toHaveCount(7)
})

test('shows everything about a span, its exception first of all', async ({ open, send, page, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open(`/traces/${traceIdOf(1)}`)
  await tracePage.row('charge card').click()
  const { details } = tracePage
  await expect(details.getByRole('heading', { name: 'charge card' })).toBeVisible()
  await expect(details).toContainText('failed')
  await expect(tracePage.attribute('Attributes', 'order.id')).toHaveText('o-4711')
  await expect(tracePage.attribute('Attributes', 'payment.amount')).toHaveText('42.5')
  await expect(tracePage.attribute('Resource', 'service.version')).toHaveText('2.1.0')
  await expect(details).toContainText('card declined')
  await expect(tracePage.stackTrace(details)).toHaveText(stackTrace)
  await expect(page).toHaveURL(/span=0{15}5/)
  await page.reload()
  await expect(tracePage.selectedRow).toContainText('charge card')
  await tracePage.press('Enter')
  await expect(details).toBeHidden()
  await tracePage.press('Enter')
  await expect(details.getByRole('heading', { name: 'charge card' })).toBeVisible()
})

test('follows links between traces both ways', async ({ open, send, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await send.traces(
    tracesOf('mailer', [
      {
        trace: 2,
        id: 21,
        name: 'send apology',
        start: ago(1_000),
        duration: ms,
        more: { links: [{ traceId: traceIdOf(1), spanId: spanIdOf(5) }] },
      },
    ]),
  )
  await open(`/traces/${traceIdOf(2)}`)
  await tracePage.linkTo(traceIdOf(1)).click()
  await expect(tracePage.selectedRow).toContainText('charge card')
  await expect(tracePage.details.getByRole('heading', { name: /^Linked from/ })).toBeVisible()
  await tracePage.linkTo(traceIdOf(2)).click()
  await expect(tracePage.selectedRow).toContainText('send apology')
})

test('reads the logs beside the spans: all, those of one span, and from a log to its span', async ({
  open,
  send,
  page,
  tracePage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await send.logs(logsOf('storefront', [{ body: 'of another trace', at: ago(4_990), trace: 2 }]))
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.logTexts).toHaveText(['buy clicked', 'order received', 'order failed'])
  await tracePage.logRow('order failed').click()
  await expect(tracePage.selectedRow).toContainText('charge card')
  await tracePage.onlySpanLogs.check()
  await expect(tracePage.logTexts).toHaveText(['order failed'])
  await expect(page).toHaveURL(/logs=span/)
  await page.reload()
  await expect(tracePage.logTexts).toHaveText(['order failed'])
  await tracePage.row('validate cart').click()
  await expect(tracePage.logPane).toContainText('No logs of this span')
  await tracePage.onlySpanLogs.uncheck()
  await expect(tracePage.logRows).toHaveCount(3)

  await tracePage.searchLogs.fill('received')
  await expect(tracePage.logTexts).toHaveText(['order received'])
  await tracePage.searchLogs.fill('')
  await tracePage.openLog('order failed')
  await expect(tracePage.stackTrace(tracePage.logPane)).toHaveText(stackTrace)
})

test('hangs orphans under a marked row, and says so', async ({ open, send, tracePage }) => {
  await send.traces(
    tracesOf('shop', [
      { id: 1, name: 'root', start: ago(900), duration: 100n * ms },
      { id: 2, parent: 77, name: 'orphan', start: ago(880), duration: 20n * ms },
      { id: 3, parent: 77, name: 'its sibling', start: ago(850), duration: 20n * ms },
      { id: 4, parent: 2, name: 'child of the orphan', start: ago(879), duration: 10n * ms },
    ]),
  )
  await open(`/traces/${traceIdOf(1)}`)
  await expect
    .poll(() => tracePage.outline())
    .toEqual([
      '1 shop root',
      '1 missing parent · Missing parent',
      '2 shop orphan',
      '3 shop child of the orphan',
      '2 shop its sibling',
    ])
  await tracePage.row('missing parent').click()
  await expect(tracePage.details).toContainText(spanIdOf(77))
  await tracePage.showWarnings(/without their parent/)
  await expect(tracePage.warnings).toContainText('2 spans without their parent')
})

test('draws what can not be: roots, circles, spans that are their own parents, and odd times', async ({
  open,
  send,
  tracePage,
}) => {
  const start = ago(2_000)
  await send.traces(
    tracesOf('shop', [
      { id: 1, name: 'first root', start, duration: 100n * ms },
      { id: 2, name: 'second root', start: start + ms, duration: 50n * ms },
      { id: 3, parent: 4, name: 'egg', start: start + 2n * ms, duration: 20n * ms },
      { id: 4, parent: 3, name: 'hen', start: start + 3n * ms, duration: 10n * ms },
      { id: 5, parent: 5, name: 'ouroboros', start: start + 4n * ms, duration: 5n * ms },
      { id: 6, parent: 1, name: 'instant', start: start + 5n * ms, duration: 0 },
      { id: 7, parent: 1, name: 'backwards', start: start + 6n * ms, duration: -3n * ms },
      { id: 8, parent: 1, name: 'too early', start: start - 10n * ms, duration: 20n * ms },
      { id: 9, parent: 1, name: 'too late', start: start + 90n * ms, duration: 60n * ms },
    ]),
  )
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.rows).toHaveCount(9)
  for (const [name, mark] of [
    ['ouroboros', 'Its own parent'],
    ['instant', 'No duration'],
    ['backwards', 'Negative duration'],
    ['too early', 'Starts before its parent'],
    ['too late', 'Ends after its parent'],
  ] as const)
    await expect(tracePage.row(name).getByRole('img', { name: mark })).toBeVisible()
  await expect(tracePage.rows.getByRole('img', { name: 'Parents in a circle' })).toHaveCount(1)
  await expect(tracePage.row('instant')).toContainText('0 ns')
  await expect(tracePage.row('backwards')).toContainText('−3 ms')

  await tracePage.showWarnings(/warnings$/)
  for (const text of ['4 roots', '1 circle of parents', '1 span is its own parent', '1 span ends before it starts'])
    await expect(tracePage.warnings).toContainText(text)
})

test('keeps both spans when an id is used twice', async ({ open, send, tracePage }) => {
  const start = ago(500)
  await send.traces(tracesOf('client', [{ id: 1, name: 'call', kind: 3, start, duration: 10n * ms }]))
  await send.traces(tracesOf('server', [{ id: 1, name: 'call', kind: 2, start: start + ms, duration: 8n * ms }]))
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.rows).toHaveCount(2)
  await expect(tracePage.rows.getByRole('img', { name: /Span id used twice/ })).toHaveCount(2)
  await tracePage.row('server').click()
  await expect(tracePage.details).toContainText('2. span with this id')
})

test('a growing trace updates in place and keeps selection and scroll', async ({ open, send, page, tracePage }) => {
  const start = ago(60_000)
  const steps = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      id: from + index,
      parent: 1,
      name: `step ${from + index}`,
      start: start + BigInt(from + index) * ms,
      duration: ms,
    }))
  await send.traces(tracesOf('job', [{ id: 1, name: 'job', start, duration: 1_000n * ms }, ...steps(200, 300)]))
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.note(/301\sspans/)).toBeVisible()
  await tracePage.scrollTo(3_000)
  await tracePage.row('step 320').click()
  await expect(tracePage.selectedRow).toContainText('step 320')
  const before = await tracePage.selectedRow.boundingBox()

  // Earlier than everything on screen: rows come in above it.
  await send.traces(tracesOf('job', steps(100, 50)))
  await expect(tracePage.note(/351\sspans/)).toBeVisible()
  await expect(tracePage.selectedRow).toContainText('step 320')
  await expect.poll(async () => (await tracePage.selectedRow.boundingBox())?.y).toBe(before?.y)
  await expect(page).toHaveURL(new RegExp(`span=${spanIdOf(320)}`))
})

test('a span that arrives late takes its place, and the missing parent is gone', async ({ open, send, tracePage }) => {
  const start = ago(3_000)
  await send.traces(tracesOf('checkout', checkoutSpans({ trace: 1, start })))
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.row('missing parent')).toBeVisible()
  await expect(tracePage.note('root not received yet')).toBeVisible()
  await send.traces(tracesOf('storefront', storefrontSpans({ trace: 1, start })))
  await expect.poll(() => tracePage.outline()).toEqual(purchase)
  await expect(tracePage.note('root not received yet')).toBeHidden()
})

test('twenty thousand spans open, scroll and answer', async ({ open, send, tracesPage, tracePage }) => {
  for (const request of largeTraceRequests({ trace: 1, spans: 20_000, start: ago(10_000) })) await send.traces(request)
  await open('/traces')
  await expect(tracesPage.row('POST /import')).toContainText('20,000')
  await tracesPage.open('POST /import')
  await expect(tracePage.rows.first()).toContainText('POST /import')
  await expect(tracePage.waterfall).toHaveAttribute('aria-rowcount', '20000')
  await tracePage.scrollToEnd()
  await expect(tracePage.rows.and(tracePage.rowNumber(20_000))).toBeInViewport()
  await tracePage.press('Home', 'j')
  await expect(tracePage.selectedRow).toHaveAttribute('aria-rowindex', '2')
  await tracePage.press(']')
  await expect(tracePage.note(/Error 1 of 39/)).toBeVisible()
  await tracePage.find.fill('key-19999')
  await expect(tracePage.found).toHaveText(/^1 /)
  await tracePage.find.press('Enter')
  await expect(tracePage.selectedRow).toBeInViewport()
  await expect(tracePage.attribute('Attributes', 'item.key')).toHaveText('key-19999')
})

test('an unknown trace and a broken link say so and lead back', async ({ open, send, tracesPage, tracePage }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await open(`/traces/${traceIdOf(404)}`)
  await expect(tracePage.failure).toContainText('This trace is not in the store')
  await tracePage.back.click()
  await expect(tracesPage.row('GET /buy')).toBeVisible()

  await open('/traces/not-an-id')
  await expect(tracePage.note('This is no trace id')).toBeVisible()
  await open(`/traces/${traceIdOf(1)}?span=${spanIdOf(99)}`)
  await expect(tracePage.details).toContainText('This span has not arrived')
  await expect(tracePage.rows).toHaveCount(7)
})

test('an unknown trace opens by itself once it arrives', async ({ open, send, tracePage }) => {
  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.failure).toContainText('This trace is not in the store')
  await sendPurchase(send, { trace: 1, start: ago(100) })
  await expect.poll(() => tracePage.outline()).toEqual(purchase)
})

test('a trace is copied as its sender sent it', async ({ open, send, page, context, tracePage }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const start = ago(5_000)
  await sendPurchase(send, { trace: 1, start })
  await open(`/traces/${traceIdOf(1)}?span=${spanIdOf(6)}`)
  await tracePage.details.getByRole('button', { name: 'Copy as JSON' }).click()
  await expect(tracePage.details.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached()
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied).toContain('"SELECT stock"')
  expect(copied).toContain(instant(start + 81n * ms))
})

/** Metrics: finding one among many, drawing each type as what it is, and getting from a chart to its traces. */

import { tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import {
  counter,
  exponentialHistogram,
  gauge,
  type HistogramPoint,
  histogram,
  metricsOf,
  type NumberPoint,
  summary,
} from './support/metric-sketches.ts'
import { ago, seconds } from './support/moments.ts'
import type { Sender } from './support/sender.ts'

/** Ten minutes, a point every ten seconds; oldest first. */
const moments = Array.from({ length: 60 }, (_, index) => ago((60 - index) * 10_000))

function each(value: (index: number) => number, attributes: NumberPoint['attributes'] = {}): NumberPoint[] {
  return moments.map((at, index) => ({ at, value: value(index), attributes }))
}

/** Requests of 40 ms; in the ninth minute of 4 s, with a trace behind each. */
function requestDurations(): HistogramPoint[] {
  return moments.map((at, index) =>
    isSlow(index) ? { at, counts: [0, 0, 0, 30], exemplar: { trace: index, value: 4 } } : { at, counts: [0, 30, 0, 0] },
  )
}

function isSlow(index: number): boolean {
  return index >= 48 && index < 54
}

async function sendShop(send: Sender): Promise<void> {
  await send.traces(
    tracesOf(
      'checkout',
      moments.flatMap((at, index) =>
        isSlow(index)
          ? [{ trace: index, id: 1, name: 'POST /checkout', kind: 2, start: at - 4n * seconds, duration: 4n * seconds }]
          : [],
      ),
    ),
  )
  await send.metrics(
    metricsOf('checkout', [
      histogram('http.server.request.duration', 's', [0.01, 0.1, 1], requestDurations()),
      counter('shop.orders', '{order}', ago(700_000), [
        ...each((index) => index * 20, { 'payment.method': 'card' }),
        ...each((index) => index * 10, { 'payment.method': 'invoice' }),
      ]),
      gauge(
        'process.memory.usage',
        'By',
        each(() => 256 * 1_048_576),
      ),
      exponentialHistogram(
        'queue.wait',
        'ms',
        moments.map((at) => ({ at, counts: [0, 0, 0, 50] })),
      ),
      summary(
        'rpc.latency',
        'ms',
        moments.map((at, index) => ({ at, count: index * 5, quantiles: { '0.5': 12, '0.99': 90 } })),
      ),
    ]),
  )
  await send.metrics(
    metricsOf('cart', [
      gauge(
        'process.memory.usage',
        'By',
        each(() => 64 * 1_048_576),
      ),
      gauge(
        'system.cpu.utilization',
        '1',
        each(() => 0.42),
      ),
    ]),
  )
}

test('lists what was received, each with its last value in its unit, and finds among it', async ({
  open,
  send,
  page,
  frame,
  metricsPage,
}) => {
  await sendShop(send)
  await open('/metrics')
  await expect(metricsPage.rows).toHaveCount(6)
  await expect(metricsPage.row('http.server.request.duration')).toContainText('histogram · s')
  await expect(metricsPage.row('shop.orders')).toContainText('3 orders/s')
  await expect(metricsPage.row('process.memory.usage')).toContainText('160 MiB')
  await expect(metricsPage.row('process.memory.usage')).toContainText('2 services')
  await expect(metricsPage.row('system.cpu.utilization')).toContainText('42 %')
  await expect(metricsPage.name, 'a histogram says most, so it is opened first').toHaveText(
    'http.server.request.duration',
  )

  await test.step('search: every word somewhere', async () => {
    await metricsPage.search.fill('gauge cart')
    await expect(metricsPage.rows).toHaveCount(2)
    await expect(metricsPage.listed).toHaveText('2 of 6')
    await metricsPage.search.press('Enter')
    await expect(metricsPage.name).toHaveText('process.memory.usage')
    await metricsPage.search.press('Escape')
  })
  await test.step('keys move through the list, and the chart follows', async () => {
    await metricsPage.search.fill('')
    await metricsPage.selectedRow.focus()
    await page.keyboard.press('ArrowDown')
    await expect(metricsPage.name).toHaveText('queue.wait')
    await page.keyboard.press('End')
    await expect(metricsPage.name).toHaveText('system.cpu.utilization')
    await expect(metricsPage.selectedRow).toBeFocused()
    await page.keyboard.press('k')
    await expect(metricsPage.name).toHaveText('shop.orders')
    await page.keyboard.press('/')
    await expect(metricsPage.search).toBeFocused()
  })
  await test.step('the service filter narrows it', async () => {
    await frame.chooseService('cart')
    await expect(metricsPage.rows).toHaveCount(2)
    await expect(metricsPage.note('cart has sent nothing of this name.')).toBeVisible()
    await metricsPage.action('Look in all services').click()
    await expect(metricsPage.rows).toHaveCount(6)
  })
})

test('each type is drawn as what it is', async ({ open, send, metricsPage }) => {
  await sendShop(send)

  await test.step('a counter as its rate, or as what was added', async () => {
    await open('/metrics?range=15m&name=shop.orders')
    await expect(metricsPage.chart('Rate')).toHaveAccessibleDescription(/latest 3\sorders\/s/)
    await metricsPage.draw('Increase')
    await expect(metricsPage.chart('Increase')).toHaveAccessibleDescription(/latest [\d.]+\sorders/)
  })
  await test.step('a gauge by its series', async () => {
    await open('/metrics?range=15m&name=process.memory.usage')
    await expect(metricsPage.group('checkout')).toContainText('256 MiB')
    await expect(metricsPage.group('cart')).toContainText('64 MiB')
    await expect(metricsPage.groupNames, 'the largest first').toHaveText(['checkout', 'cart'])
  })
  await test.step('histograms as percentiles and heatmap', async () => {
    await open('/metrics?range=15m&name=http.server.request.duration')
    await expect(metricsPage.groupNames).toHaveText(['P50', 'P95', 'P99'])
    await expect(metricsPage.heatmap).toHaveAccessibleDescription(/at most 30 observations in a cell/)
    await metricsPage.draw('Rate')
    await expect(metricsPage.chart('Rate')).toHaveAccessibleDescription(/latest 3\/s/)
    await open('/metrics?range=15m&name=queue.wait')
    await expect(metricsPage.chart('Percentiles')).toHaveAccessibleDescription(/P95: latest (8|9|1\d)(\.\d+)?\sms/)
    await expect(metricsPage.heatmap).toBeVisible()
  })
  await test.step('a summary by its quantiles as sent', async () => {
    await open('/metrics?range=15m&name=rpc.latency')
    await expect(metricsPage.groupNames).toHaveText(['P50', 'P99'])
    await expect(metricsPage.group('P99')).toContainText('90 ms')
  })
})

test('every percentile tells its method and n', async ({ open, send, page, metricsPage }) => {
  await sendShop(send)
  await open('/metrics?range=15m&name=http.server.request.duration')
  const plot = metricsPage.plot(metricsPage.chart('Percentiles'))
  await plot.focus()
  for (let step = 0; step < 20; step++) await page.keyboard.press('ArrowLeft')
  await expect(plot).toHaveAttribute('aria-valuetext', /P95 9\d(\.\d+)?\sms ± .*n = \d+/)
  await expect(plot).toHaveAttribute('aria-valuetext', /rank/i)
})

test('groups, filters and what is drawn live in the address', async ({ open, send, page, metricsPage }) => {
  await sendShop(send)
  await open('/metrics?range=15m&name=shop.orders')
  await expect(metricsPage.groupNames).toHaveCount(1)
  await metricsPage.addGroupKey('payment.method')
  await expect(metricsPage.groupNames).toHaveText(['card', 'invoice'])

  await test.step('a click isolates a group, another brings all back', async () => {
    await metricsPage.groupButton('card').click()
    await expect(metricsPage.groupButton('card')).toHaveAttribute('aria-pressed', 'true')
    await expect(metricsPage.chart('Rate')).not.toHaveAccessibleDescription(/invoice/)
    await expect(page).toHaveURL(/only=card/)
    await page.reload()
    await expect(metricsPage.chart('Rate')).toHaveAccessibleDescription(/card: latest 2\sorders\/s/)
    await expect(metricsPage.chart('Rate')).not.toHaveAccessibleDescription(/invoice/)
    await metricsPage.groupButton('card').click()
    await expect(metricsPage.chart('Rate')).toHaveAccessibleDescription(/invoice/)
  })
  await test.step('filters narrow the series', async () => {
    await metricsPage.addFilter('payment.method=invoice')
    await expect(metricsPage.groupNames).toHaveText(['invoice'])
    await page.goBack()
    await expect(metricsPage.groupNames).toHaveText(['card', 'invoice'])
  })
  await test.step('what is no filter is refused where it was typed', async () => {
    await metricsPage.filters.fill('just words')
    await metricsPage.filters.press('Enter')
    await expect(metricsPage.filters).toHaveAttribute('aria-invalid', 'true')
  })
})

test('of a thousand series fifty are drawn, and the rest is told', async ({ open, send, metricsPage }) => {
  const at = ago(5_000)
  await send.metrics(
    metricsOf('inventory', [
      gauge(
        'stock.level',
        '{item}',
        Array.from({ length: 1_204 }, (_, index) => ({ at, value: index, attributes: { sku: `sku-${index}` } })),
      ),
    ]),
  )
  await open('/metrics?range=15m')
  await expect(metricsPage.note(/^50 of 1,204 series drawn, ranked by .+; the rest is counted$/)).toBeVisible()
  await expect(metricsPage.groupNames).toHaveCount(50)
  await expect(metricsPage.groupNames.first()).toHaveText('sku-1203')
})

test('a brushed spike leads to the traces that made it, and an exemplar to its own', async ({
  open,
  send,
  page,
  metricsPage,
  tracesPage,
  tracePage,
}) => {
  await sendShop(send)
  await open('/metrics?range=15m&name=http.server.request.duration')
  await expect(metricsPage.chart('Percentiles')).toHaveAccessibleDescription(/P99: .*highest 1\.00\ss/)

  await test.step('exemplars open their trace', async () => {
    await metricsPage
      .exemplar(/^Open the trace of 4\.00 s/)
      .first()
      .click()
    await expect(tracePage.heading).toHaveText(/POST \/checkout/)
    await page.goBack()
  })
  await test.step('brush the whole time', async () => {
    await metricsPage.brush(metricsPage.chart('Percentiles'), 0.02, 0.98)
    await expect(metricsPage.selectionMenu).toBeVisible()
    await metricsPage.selectionMenu.getByRole('link', { name: 'Show these traces' }).click()
    await expect(tracesPage.operations).toHaveCount(6)
    await expect(page).toHaveURL(/of=requests/)
    await expect(page).toHaveURL(/service=checkout/)
    await expect(page).toHaveURL(/start=\d{19}/)
  })
})

test('zooming sets the time all screens share', async ({ open, send, page, frame, metricsPage }) => {
  await sendShop(send)
  await open('/metrics?range=15m&name=process.memory.usage')
  await metricsPage.brush(metricsPage.chart('Last'), 0.5, 0.9)
  await metricsPage.selectionMenu.getByRole('button', { name: 'Zoom in' }).click()
  await expect(page).toHaveURL(/start=\d+&end=\d+|end=\d+.*start=\d+/)
  await expect(frame.timeRange).not.toHaveText(/Live/)
  await frame.goTo('Logs')
  await expect(page).toHaveURL(/\/logs\?.*start=\d+/)
})

test('a metric whose unit changed has a chart for each', async ({ open, send, metricsPage }) => {
  await send.metrics(
    metricsOf('shop', [
      gauge(
        'cache.size',
        '{item}',
        each((index) => 900 + index),
      ),
    ]),
  )
  await send.metrics(
    metricsOf('shop', [
      gauge(
        'cache.size',
        'By',
        each(() => 9_000_000),
      ),
    ]),
  )
  await open('/metrics?range=15m&name=cache.size')
  await expect(metricsPage.row('cache.size')).toContainText('2 variants')
  await expect(metricsPage.chart(/gauge in By/)).toBeVisible()
  await expect(metricsPage.chart(/gauge in \{item\}/)).toBeVisible()
  await expect(metricsPage.note(/it came in 2 variants/)).toBeVisible()
})

test('new points come in by themselves, and nothing that was chosen is lost', async ({ open, send, metricsPage }) => {
  await send.metrics(metricsOf('shop', [gauge('queue.size', '{job}', [{ at: ago(30_000), value: 3 }])]))
  await open('/metrics?range=15m&name=queue.size&show=max')
  await expect(metricsPage.chart('Max')).toHaveAccessibleDescription(/latest 3\sjobs/)
  await send.metrics(
    metricsOf('shop', [
      gauge('queue.size', '{job}', [{ at: ago(0), value: 7 }]),
      gauge('later', '1', [{ at: ago(0), value: 1 }]),
    ]),
  )
  await expect(metricsPage.chart('Max')).toHaveAccessibleDescription(/latest 7\sjobs/)
  await expect(metricsPage.rows).toHaveCount(2)
  await expect(metricsPage.selectedRow).toContainText('queue.size')
})

test('empty, unknown and far away metrics say why and lead out', async ({
  open,
  send,
  page,
  frame,
  metricsPage,
  connectPage,
}) => {
  // The clock stands, so that no answer grows old by itself: what was empty must not stay so.
  await page.clock.setFixedTime(new Date())
  await open('/metrics')
  await expect(metricsPage.note('No metrics yet')).toBeVisible()
  await expect(metricsPage.note(/OTEL_METRICS_EXPORTER=otlp/)).toBeVisible()
  await page.getByRole('link', { name: 'Connect a service' }).click()
  await expect(connectPage.heading).toBeVisible()

  await send.metrics(
    metricsOf('shop', [gauge('room.temperature', 'Cel', [{ at: ago(3 * 3_600_000 + 10_000), value: 21.5 }])]),
  )
  await frame.goTo('Metrics')
  await expect(metricsPage.name).toHaveText('room.temperature')
  await open('/metrics?range=5m&name=room.temperature')
  await expect(metricsPage.note('No points in this time range')).toBeVisible()
  await expect(metricsPage.note(/newest point came 3 h ago/)).toBeVisible()
  await metricsPage.action('Go to its newest point').click()
  await expect(metricsPage.group('room.temperature')).toContainText('21.5 °C')

  await open('/metrics?name=no.such.metric')
  await expect(metricsPage.note('There is no metric no.such.metric')).toBeVisible()
})

test('a name in any script and with anything in it has a link of its own', async ({
  open,
  send,
  page,
  metricsPage,
}) => {
  const name = 'größe/日本 & <b>=?#'
  await send.metrics(
    metricsOf('shop', [
      gauge(name, '1', [{ at: ago(1_000), value: 5 }]),
      gauge('other', '1', [{ at: ago(1_000), value: 5 }]),
    ]),
  )
  await open('/metrics')
  await metricsPage.row(name).click()
  await expect(metricsPage.name).toHaveText(name)
  await page.reload()
  await expect(metricsPage.name).toHaveText(name)
  await expect(metricsPage.group(name)).toContainText('5')
})

test('slow requests are selected and shown by keyboard alone', async ({
  open,
  send,
  page,
  metricsPage,
  tracesPage,
}) => {
  await sendShop(send)
  await open('/metrics?range=15m&name=http.server.request.duration')
  const plot = metricsPage.plot(metricsPage.chart('Percentiles'))
  await plot.focus()
  await page.keyboard.press('End')
  for (let step = 0; step < 40; step++) await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(metricsPage.selectionMenu).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(tracesPage.heading).toBeVisible()
  await expect(page).toHaveURL(/of=requests/)
})

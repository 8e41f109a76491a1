/** The Overview: from a figure to the chart, to the traces behind it, to the log that says why. */

import { SpanKind } from '@opentelemetry/api'
import { epoch, keyValues, tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { ago, ms, seconds } from './support/moments.ts'
import { type PastRequest, sendTraffic } from './support/sdk-traffic.ts'

const minuteMs = 60_000

/** Ten minutes that ended a while ago, on a whole minute: their buckets don't move while a test looks at them. */
function pastWindow() {
  const endMs = Math.floor(Date.now() / minuteMs) * minuteMs - 2 * minuteMs
  const startMs = endMs - 10 * minuteMs
  const search = `start=${startMs}000000&end=${endMs}000000`
  return { startMs, endMs, search, url: `/overview?${search}` }
}

/** Two quick requests in each 10 s; in the sixth minute twelve slow ones besides, all of which fail. */
function spike(startMs: number): readonly PastRequest[] {
  const quick = Array.from({ length: 120 }, (_, index) => ({
    name: 'GET /cart',
    atMs: startMs + index * 5_000 + 1_000,
    durationMs: 40 + (index % 20),
  }))
  const slow = Array.from({ length: 12 }, (_, index) => ({
    name: 'POST /checkout',
    atMs: startMs + 5 * minuteMs + index * 5_000 + 2_000,
    durationMs: 3_000 + index,
    error: 'payment refused by the bank',
  }))
  return [...quick, ...slow]
}

function clock(atMs: number): string {
  return new Date(atMs).toTimeString().slice(0, 8)
}

test('a spike leads to the slow traces that made it, and to the log that says why', async ({
  app,
  open,
  overviewPage,
  tracesPage,
  tracePage,
}) => {
  const { startMs, url } = pastWindow()
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: spike(startMs) })
  await open(url)

  await expect(overviewPage.tile('Traffic')).toHaveAccessibleName(/^Traffic: 0\.2 req\/s/)
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 9\.1 %/)
  // The P99 of 132 is the second slowest; the sketch is off by at most 1 %.
  const latency = (await overviewPage.tile('Latency · P99').getAttribute('aria-label')) ?? ''
  expect(Math.abs(Number(/([\d.]+)\ss/.exec(latency)?.[1]) - 3.01)).toBeLessThan(0.032)
  expect(await overviewPage.methodOf('Latency · P99')).toMatch(/P99 of 132 requests.*off by at most.*nearest rank/s)

  // What the chart says of itself tells where the spike is.
  const description = await overviewPage.description('Latency percentiles')
  const at = /P99: .* highest 3\.\d+\ss at (\d\d:\d\d:\d\d)/.exec(description)?.[1] ?? ''
  expect(at >= clock(startMs + 5 * minuteMs) && at < clock(startMs + 6 * minuteMs), description).toBe(true)

  await overviewPage.drag(
    'Latency percentiles',
    clock(startMs + 5 * minuteMs + 2_000),
    clock(startMs + 6 * minuteMs - 2_000),
  )
  await expect(overviewPage.menu).toContainText('24 requests')
  await overviewPage.showTraces.click()

  await expect(tracesPage.listed).toHaveText('24 traces')
  // Slowest first, as the question was about latency.
  await expect(tracesPage.operations.first()).toHaveText('POST /checkout')
  await tracesPage.rows.first().click()
  await expect(tracePage.logPane).toContainText('payment refused by the bank')
})

test('a rectangle of the heatmap and the errors chart lead to exactly those traces', async ({
  app,
  open,
  page,
  overviewPage,
  tracesPage,
}) => {
  const { startMs, url } = pastWindow()
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: spike(startMs) })
  await open(url)
  const [from, to] = [clock(startMs + 5 * minuteMs + 2_000), clock(startMs + 6 * minuteMs - 2_000)]

  await overviewPage.drag('Latency heatmap', from, to, { from: 0.02, to: 0.4 })
  await expect(overviewPage.menu).toContainText('12 requests')
  await overviewPage.showTraces.click()
  await expect(tracesPage.listed).toHaveText('12 traces')
  await expect(tracesPage.rows.first()).toContainText('POST /checkout')

  await page.goBack()
  await overviewPage.drag('Errors', from, to)
  await expect(overviewPage.menu).toContainText('12 failed requests')
  await page.keyboard.press('Escape')
  await expect(overviewPage.menu).toBeHidden()
  await overviewPage.drag('Errors', from, to)
  await overviewPage.showTraces.click()
  await expect(tracesPage.listed).toHaveText('12 traces')
  expect(new URL(page.url()).searchParams.get('outcome')).toBe('failed')
})

test('keys alone find the spike, select it and zoom in; the link and the way back hold', async ({
  app,
  open,
  page,
  overviewPage,
}) => {
  const { startMs, url } = pastWindow()
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: spike(startMs) })
  await open(url)
  await overviewPage.description('Latency percentiles')
  const plot = overviewPage.plot('Latency percentiles')
  await plot.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Home')
  await expect(plot).toHaveAttribute('aria-valuetext', new RegExp(`^${clock(startMs)} `))
  for (let bucket = 0; bucket < 30; bucket++) await page.keyboard.press('ArrowRight')
  await expect(plot).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^${clock(startMs + 5 * minuteMs)} .*P99 (2\\.9|3\\.0)\\d*\\ss`),
  )
  for (let bucket = 0; bucket < 5; bucket++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Enter')
  await expect(overviewPage.menu).toContainText('24 requests')
  await overviewPage.zoomIn.click()

  const zoomed = new URL(page.url()).searchParams
  expect(zoomed.get('start')).toBe(`${startMs + 5 * minuteMs}000000`)
  expect(zoomed.get('end')).toBe(`${startMs + 6 * minuteMs}000000`)
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 50 %/)
  await page.reload()
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 50 %/)
  await page.goBack()
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 9\.1 %/)
})

test('successful and failed requests are told apart, and a dot opens its trace', async ({
  app,
  open,
  page,
  overviewPage,
  tracePage,
}) => {
  const { startMs, url } = pastWindow()
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: spike(startMs) })
  await open(url)
  await overviewPage.latencyOf.selectOption('successful')
  await expect(overviewPage.chart('Latency percentiles')).toHaveAccessibleDescription(/P99: .* highest 5\d\.?\d*\sms/)
  await overviewPage.latencyOf.selectOption('failed')
  await expect(overviewPage.chart('Latency percentiles')).toHaveAccessibleDescription(
    /P50: .* lowest (2\.9|3\.0)\d*\ss/,
  )
  await expect(overviewPage.logScale).toBeChecked()
  await overviewPage.logScale.click()
  await page.reload()
  await expect(overviewPage.logScale).not.toBeChecked()
  await expect(overviewPage.latencyOf).toHaveValue('failed')

  await overviewPage.exemplars.first().hover()
  await expect(overviewPage.plot('Latency percentiles')).toHaveAttribute('aria-valuetext', /P99/)
  await overviewPage.exemplars.first().click()
  await expect(tracePage.heading).toContainText('POST /checkout')
})

test('the table leads on: sorted, narrowed to one operation, to its traces, and back to all', async ({
  app,
  open,
  page,
  overviewPage,
  tracesPage,
}) => {
  const { startMs, url } = pastWindow()
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: spike(startMs) })
  await open(url)
  await expect(overviewPage.operationNames).toHaveText(['POST /checkout', 'GET /cart'])
  await overviewPage.sortBy('Rate')
  await expect(overviewPage.operationNames).toHaveText(['GET /cart', 'POST /checkout'])

  await overviewPage.narrowTo('GET /cart')
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 0 %/)
  // The others stay in reach.
  await expect(overviewPage.row('POST /checkout')).toContainText('100 %')
  await page.reload()
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 0 %/)
  await overviewPage.showAllOperations.click()
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 9\.1 %/)

  await overviewPage.operations.getByRole('link', { name: 'Traces of POST /checkout' }).click()
  await expect(tracesPage.listed).toHaveText('12 traces')
})

test("T of an operation's Apdex can be set, and set back", async ({ app, open, page, overviewPage }) => {
  const { startMs, url } = pastWindow()
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: spike(startMs) })
  await open(url)
  const apdex = overviewPage.row('GET /cart').getByRole('button', { name: /^Apdex/ })
  await expect(apdex).toHaveText('1.00')
  await apdex.click()
  const dialog = page.getByRole('dialog', { name: /^Apdex/ })
  await dialog.getByLabel('T, the duration that satisfies').fill('20ms')
  await dialog.getByRole('button', { name: 'Set T' }).click()
  // All lie between T and 4 T.
  await expect(apdex).toHaveText('0.50')
  await apdex.click()
  await dialog.getByRole('button', { name: /^Default/ }).click()
  await expect(apdex).toHaveText('1.00')
})

test('kinds are looked at one at a time', async ({ app, open, overviewPage }) => {
  const { startMs, url } = pastWindow()
  const callers = spike(startMs).map((request) => ({ ...request, kind: SpanKind.SERVER }))
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: callers })
  await open(url)
  await overviewPage.chooseView('Clients')
  await expect(overviewPage.text('No calls in this range')).toBeVisible()
  await overviewPage.button('Show requests').click()
  await expect(overviewPage.tile('Errors')).toHaveAccessibleName(/^Errors: 9\.1 %/)
})

test('a moment is marked on every chart, and the mark taken off again', async ({ send, open, overviewPage }) => {
  await send.traces(tracesOf('cart', [{ id: 1, name: 'GET /cart', kind: 2, start: ago(60_000), duration: 5n * ms }]))
  await open('/overview?range=5m')
  await overviewPage.mark('deployed 1.4')
  for (const name of ['Latency percentiles', 'Traffic', 'Errors', 'Latency heatmap'] as const)
    await expect(overviewPage.markOn(name, 'deployed 1.4')).toBeVisible()
  await overviewPage.removeMark('deployed 1.4')
  await expect(overviewPage.markOn('Latency heatmap', 'deployed 1.4')).toBeHidden()
})

test('what one chart is pointed at, all charts point at', async ({ app, open, overviewPage }) => {
  const { startMs, url } = pastWindow()
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests: spike(startMs) })
  await open(url)
  const charts = ['Latency percentiles', 'Traffic', 'Errors', 'Latency heatmap'] as const
  for (const pointedAt of charts) {
    await overviewPage.description(pointedAt)
    const { width = 0, height = 0 } = (await overviewPage.plot(pointedAt).boundingBox()) ?? {}
    const share = 0.25 + 0.15 * charts.indexOf(pointedAt)
    await overviewPage.plot(pointedAt).hover({ position: { x: width * share, y: height * 0.5 } })
    const bucket = (await overviewPage.plot(pointedAt).getAttribute('aria-valuenow')) ?? ''
    for (const name of charts) {
      await expect(overviewPage.plot(name)).toHaveAttribute('aria-valuenow', bucket)
      expect(Math.abs((await overviewPage.crosshair(name)) - share)).toBeLessThan(0.02)
    }
  }
})

test('few requests are said to be few', async ({ send, open, overviewPage }) => {
  await send.traces(
    tracesOf(
      'cart',
      [1, 2, 3].map((id) => ({
        trace: id,
        id,
        name: 'GET /cart',
        kind: 2,
        start: ago(30_000) + BigInt(id) * seconds,
        duration: 7n * ms,
      })),
    ),
  )
  await open('/overview')
  await expect(overviewPage.tile('Latency · P99')).toHaveAccessibleName(/only 3\srequests/)
  expect(await overviewPage.methodOf('Latency · P99')).toContain('too few')
})

test('an empty range, an unknown service and metrics alone say why there is nothing, and what to do', async ({
  send,
  open,
  connectPage,
  overviewPage,
}) => {
  await open('/')
  await expect(connectPage.heading).toBeVisible()
  await send.metrics(gaugeOf('cart', 'process.cpu.utilization', 0.42))
  await expect(overviewPage.heading).toBeVisible()
  await expect(overviewPage.text('No spans yet')).toBeVisible()
  await expect(overviewPage.tile('Saturation')).toHaveAccessibleName(/42 %/)

  await send.traces(tracesOf('cart', [{ id: 1, name: 'GET /cart', kind: 2, start: ago(3_600_000), duration: 5n * ms }]))
  await open('/overview?range=5m')
  await expect(overviewPage.text('No requests in this range')).toBeVisible()
  await overviewPage.button('Show everything').click()
  await expect(overviewPage.row('GET /cart')).toBeVisible()

  await open('/overview?service=nobody')
  await expect(overviewPage.text('Unknown service')).toBeVisible()
  await overviewPage.button('Clear the filter').click()
  await expect(overviewPage.heading).toBeVisible()
})

/** A gauge of unit 1 as it was five seconds ago. */
function gaugeOf(service: string, name: string, value: number) {
  const point = { timeUnixNano: String(epoch + ago(5_000)), asDouble: value }
  return {
    resourceMetrics: [
      {
        resource: { attributes: keyValues({ 'service.name': service }) },
        scopeMetrics: [{ metrics: [{ name, unit: '1', gauge: { dataPoints: [point] } }] }],
      },
    ],
  }
}

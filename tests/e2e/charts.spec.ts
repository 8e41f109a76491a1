/** Charts as pictures and tables: what a card shows, saved. */

import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { decodePng, type Pixels } from '../support/png.ts'
import { expect, test } from './support/fixtures.ts'
import { sendTraffic } from './support/sdk-traffic.ts'

const minuteMs = 60_000

/** Of its own menu: that of another chart may still be on its way out. */
async function choose(page: Page, chart: string, item: string): Promise<void> {
  const name = `Copy or save ${chart}`
  await page.getByRole('figure', { name: chart, exact: true }).getByRole('button', { name }).click()
  await page.getByRole('menu', { name }).getByRole('menuitem', { name: item }).click()
}

async function save(page: Page, chart: string, what: 'Save as PNG' | 'Save as CSV'): Promise<Download> {
  const download = page.waitForEvent('download')
  await choose(page, chart, what)
  return download
}

async function table(download: Download): Promise<string[][]> {
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  return lines.map((line) => line.split(','))
}

/** How many different colours each quarter of a picture holds, from the top. */
function colorsByQuarter({ width, height, at }: Pixels): number[] {
  return [0, 1, 2, 3].map((quarter) => {
    const found = new Set<string>()
    for (let y = Math.floor((quarter * height) / 4); y < Math.floor(((quarter + 1) * height) / 4); y++)
      for (let x = 0; x < width; x++) found.add(at(x, y))
    return found.size
  })
}

test('a chart is saved as a picture at twice its size and as a table of its numbers', async ({ app, page, open }) => {
  const endMs = Math.floor(Date.now() / minuteMs) * minuteMs - 2 * minuteMs
  const startMs = endMs - 10 * minuteMs
  const requests = Array.from({ length: 60 }, (_, index) => ({
    name: 'GET /cart',
    atMs: startMs + index * 10_000 + 1_000,
    durationMs: index === 30 ? 2_000 : 40,
  }))
  await sendTraffic({ service: 'shop', endpoint: app.otlpHttp, requests })
  await page.emulateMedia({ colorScheme: 'dark' })
  await open(`/overview?start=${startMs}000000&end=${endMs}000000`)

  await test.step('as PNG, in the colours on show', async () => {
    const download = await save(page, 'Latency percentiles', 'Save as PNG')
    expect(download.suggestedFilename()).toMatch(/^latency-percentiles-\d{4}-\d\d-\d\dT\d{6}Z\.png$/)
    const picture = decodePng(readFileSync(await download.path()))
    const { width, height } = picture
    const plot = await page.getByRole('figure', { name: 'Latency percentiles' }).getByRole('slider').boundingBox()
    expect(width).toBeGreaterThan(2 * (plot?.width ?? 0))
    expect(width).toBeLessThan(2 * ((plot?.width ?? 0) + 130))
    expect(height).toBeGreaterThan(2 * ((plot?.height ?? 0) + 60))
    // The ground of cards in the dark scheme; text, lines and axes in every part.
    expect(picture.at(0, 0)).toBe('21 24 30')
    for (const count of colorsByQuarter(picture)) expect(count).toBeGreaterThan(5)
  })
  await test.step('as CSV, with units and exact times', async () => {
    const download = await save(page, 'Traffic', 'Save as CSV')
    expect(download.suggestedFilename()).toMatch(/^traffic-.*\.csv$/)
    const [head, ...rows] = await table(download)
    expect(head).toEqual(['time', 'unix_nano', 'requests per second'])
    expect(rows[0]?.slice(0, 2)).toEqual([
      `${new Date(startMs).toISOString().slice(0, 19)}.000000000Z`,
      `${startMs}000000`,
    ])
    const seconds = (Number(rows[1]?.[1]) - Number(rows[0]?.[1])) / 1e9
    const counted = rows.reduce((sum, row) => sum + Number(row[2]) * seconds, 0)
    expect(Math.round(counted)).toBe(60)
  })
  await test.step('a heatmap as its cells', async () => {
    const [head, ...rows] = await table(await save(page, 'Latency heatmap', 'Save as CSV'))
    expect(head).toEqual(['time', 'unix_nano', 'from (ns)', 'to (ns)', 'requests'])
    expect(rows.reduce((sum, row) => sum + Number(row[4]), 0)).toBe(60)
    const slow = rows.filter((row) => Number(row[2]) <= 2e9 && Number(row[3]) > 2e9)
    expect(slow.map((row) => row[4])).toEqual(['1'])
  })
  await test.step('what is hidden is in neither', async () => {
    await page.getByTitle('Hide P50').click()
    const [head] = await table(await save(page, 'Latency percentiles', 'Save as CSV'))
    expect(head).toEqual(['time', 'unix_nano', 'P95 (ns)', 'P99 (ns)'])
  })
  await test.step('a picture goes to the clipboard', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const figure = page.getByRole('figure', { name: 'Latency heatmap' })
    await choose(page, 'Latency heatmap', 'Copy as PNG')
    await expect(figure.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible()
    const types = await page.evaluate('navigator.clipboard.read().then((items) => items.flatMap((item) => item.types))')
    expect(types).toEqual(['image/png'])
  })
})

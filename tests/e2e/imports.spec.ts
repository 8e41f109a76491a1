/** Files somebody sent: dropped or chosen, seen at once, and with a report of what could not be read. */

import { expect, test } from './support/fixtures.ts'

/** From January 2026: times in the past are the normal case. */
const startMicros = 1_767_323_045_000_000

function jaegerTrace(index: number): unknown {
  const traceID = (index + 1).toString(16).padStart(32, '0')
  const span = (spanID: string, operationName: string, parent: string | undefined) => ({
    traceID,
    spanID,
    operationName,
    references: parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: parent }],
    startTime: startMicros + index * 1_000_000,
    duration: 250_000,
    tags: [],
    logs: [],
    processID: 'p1',
  })
  return {
    traceID,
    spans: [
      span('00000000000000a1', `GET /ride/${index}`, undefined),
      span('00000000000000a2', 'FindDriver', '00000000000000a1'),
    ],
    processes: { p1: { serviceName: 'frontend', tags: [] } },
  }
}

const jaeger = { name: 'rides.json', text: JSON.stringify({ data: [0, 1, 2].map(jaegerTrace) }) }

test('a Jaeger file dropped on the empty app is on screen, and one of its traces opens', async ({
  open,
  connectPage,
  tracesPage,
  tracePage,
  imports,
}) => {
  await open('/')
  await expect(connectPage.heading).toBeVisible()
  await imports.drop(jaeger)
  await expect(imports.overlay).toBeHidden()
  await expect(tracesPage.rows).toHaveCount(3)
  await expect(imports.card('rides.json')).toContainText('6 spans stored.')
  await tracesPage.open('GET /ride/1')
  await expect(tracePage.row('FindDriver')).toBeVisible()

  // A second time changes nothing, and says so.
  await imports.drop(jaeger)
  await expect(imports.card('rides.json').first()).toContainText('Nothing new: 6 spans were stored already.')
})

test('what can be read of a broken file is kept, and the rest is told with its line', async ({
  page,
  open,
  imports,
  tracesPage,
}) => {
  const lines = [0, 1, 2].map((index) => JSON.stringify({ data: [jaegerTrace(index)] }))
  await open('/traces')
  const file = { name: 'broken.jsonl', text: [lines[0], lines[1]?.slice(0, 60), lines[2]].join('\n') }
  await imports.choose(page.getByRole('button', { name: 'Open a file…' }), file)
  await expect(imports.report).toContainText('4 spans stored, 1 refused.')
  await expect(imports.report.getByRole('listitem')).toContainText('line 2')
  await imports.report.getByRole('button', { name: 'Close' }).last().click()
  await expect(tracesPage.rows).toHaveCount(2)

  await imports.drop({ name: 'picture.png', text: '\u0089PNG\r\n\u001a\n\u0000\u0000' })
  await expect(imports.report).toContainText('its format is not recognised')
  await expect(imports.report.getByRole('button', { name: 'Import again' })).toBeVisible()
})

test('text is imported as log lines when somebody says that it is', async ({ page, open, imports }) => {
  await open('/traces')
  await imports.choose(page.getByRole('button', { name: 'Open a file…' }), {
    name: 'app.log',
    text: '2026-01-02T03:04:05Z ERROR payment declined\n',
  })
  await expect(imports.report).toContainText('its format is not recognised, but it is text')
  await imports.report.getByRole('button', { name: 'Import as log lines' }).click()
  await expect(imports.card('app.log')).toContainText('1 log record stored.')
  await expect(page.getByText('payment declined')).toBeVisible()
})

test('a long import says how far it is, survives a reload by saying so, and can be cancelled', async ({
  page,
  open,
  imports,
  tracesPage,
}) => {
  const long = { name: 'long.jsonl', text: `${JSON.stringify({ data: [jaegerTrace(7)] })}\n`, times: 150_000 }
  await open('/traces')
  await expect(tracesPage.heading).toBeVisible()
  await imports.drop(long)
  await expect(imports.card('long.jsonl').getByRole('progressbar')).toBeVisible()
  await expect(imports.card('long.jsonl')).toContainText(/\d+ % · .*records\/s/)
  await page.reload()
  await expect(imports.report).toContainText('The page was loaded anew while it sent the file.')
  await imports.report.getByRole('button', { name: 'Close' }).last().click()

  await imports.drop(long)
  await imports.card('long.jsonl').getByRole('button', { name: 'Cancel the import of long.jsonl' }).click()
  await expect(imports.report).toContainText('Cancelled.')
})

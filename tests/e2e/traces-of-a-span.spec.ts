/** Traces found by one span of theirs: what a brush on a chart asks for, and what can be asked by hand. */

import { epoch, tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { ago, ms, seconds } from './support/moments.ts'
import type { Sender } from './support/sender.ts'

const server = 2
const client = 3

/** `GET /slow`: a request of 3 s that calls payment for 2 s. `GET /fast`: 20 ms, failed, with a call of 10 ms. */
async function sendTwo(send: Sender): Promise<bigint> {
  const start = ago(30_000)
  await send.traces(
    tracesOf('checkout', [
      { trace: 1, id: 1, name: 'GET /slow', kind: server, start, duration: 3n * seconds },
      { trace: 1, id: 2, parent: 1, name: 'POST /charge', kind: client, start: start + ms, duration: 2n * seconds },
      {
        trace: 2,
        id: 1,
        name: 'GET /fast',
        kind: server,
        start: start + 5n * seconds,
        duration: 20n * ms,
        error: true,
      },
      {
        trace: 2,
        id: 2,
        parent: 1,
        name: 'POST /charge',
        kind: client,
        start: start + 5n * seconds,
        duration: 10n * ms,
      },
    ]),
  )
  return epoch + start
}

test('a link from a brush lists exactly what was brushed, says so, and lets go of it at once', async ({
  open,
  send,
  page,
  frame,
  tracesPage,
}) => {
  const start = await sendTwo(send)
  const brushed = new URLSearchParams({
    of: 'requests',
    service: 'checkout',
    outcome: 'failed',
    max: '1s',
    start: String(start - 60n * seconds),
    end: String(start + 60n * seconds),
  })
  await open(`/traces?${brushed}`)
  await expect(tracesPage.operations).toHaveText(['GET /fast'])
  await expect(tracesPage.sentence).toContainText(
    /^Traces with requests of checkout, between .+, up to 1\.00\ss, failed/,
  )
  await expect(tracesPage.subject).toHaveValue('A request')
  await expect(tracesPage.outcome).toHaveValue('Failed')
  await expect(frame.timeRange).not.toContainText('Live')

  await page.reload()
  await expect(tracesPage.operations).toHaveText(['GET /fast'])
  await tracesPage.sentence.getByRole('button', { name: 'Clear all' }).click()
  await expect(tracesPage.operations).toHaveText(['GET /fast', 'GET /slow'])
  await expect(tracesPage.sentence).toBeHidden()
  await expect(frame.service).toHaveValue('')
  await expect(frame.timeRange).toContainText('Live')
  await page.goBack()
  await expect(tracesPage.operations).toHaveText(['GET /fast'])
})

test('the filters speak of the whole trace, of a request or of a call in it', async ({ open, send, tracesPage }) => {
  await sendTwo(send)
  await open('/traces')
  await tracesPage.minDuration.fill('2500ms')
  await expect(tracesPage.operations).toHaveText(['GET /slow'])

  await tracesPage.chooseSubject('A client call')
  await expect(tracesPage.emptyState('No trace matches the filters')).toBeVisible()
  await tracesPage.minDuration.fill('1s')
  await expect(tracesPage.operations).toHaveText(['GET /slow'])
  await expect(tracesPage.sentence).toContainText(/client calls, 1\.00\ss and longer/)

  await tracesPage.minDuration.fill('')
  await tracesPage.chooseSubject('A request')
  await tracesPage.chooseOutcome('Error status')
  await expect(tracesPage.operations).toHaveText(['GET /fast'])
  await tracesPage.chooseOutcome('Succeeded')
  await expect(tracesPage.operations).toHaveText(['GET /slow'])
  await tracesPage.clearFilters.click()
  await expect(tracesPage.operations).toHaveCount(2)
  await expect(tracesPage.subject).toHaveValue('Whole trace')
})

/** Settings: ports without a restart, what is kept, what was lost, and deleting all of it. */

import { traceIdOf, tracesOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { freePort, heldPort } from './support/free-port.ts'
import { ago, at, ms } from './support/moments.ts'
import { Sender } from './support/sender.ts'
import { sendPurchase } from './support/shop.ts'

test('the receivers move to other ports while everything else goes on', async ({
  app,
  open,
  frame,
  settingsPage,
  connectPage,
  overviewPage,
  tracesPage,
}) => {
  const [grpc, http] = [await freePort(), await freePort()]
  await open('/settings')
  await expect(settingsPage.grpcPort).toHaveValue(new URL(app.otlpGrpc).port)
  await settingsPage.grpcPort.fill(String(grpc))
  await settingsPage.httpPort.fill(String(http))
  await settingsPage.applyPorts.click()
  await expect(settingsPage.note(`Listening on ${grpc} and ${http}.`)).toBeVisible()
  await expect(frame.ingest).toContainText(`HTTP ${http}`)
  await settingsPage.connect.click()
  await expect(connectPage.endpoints).toContainText(`http://127.0.0.1:${http}`)
  await expect(connectPage.endpoints).toContainText(`http://127.0.0.1:${grpc}`)
  await expect(connectPage.code(connectPage.step('Run'))).toContainText(`http://127.0.0.1:${http}`)

  await expect(new Sender(app.otlpHttp).traces(tracesOf('shop', []))).rejects.toThrow()
  const moved = new Sender(`http://127.0.0.1:${http}`)
  await moved.traces(tracesOf('shop', [{ id: 1, name: 'after the move', start: ago(10), duration: ms }]))
  // Connect turns into the Overview by itself when the first data arrives.
  await expect(overviewPage.heading).toBeAttached()
  await frame.goTo('Traces')
  await expect(tracesPage.row('after the move')).toBeVisible()
})

test('a port that is taken or none is refused at its field', async ({ open, settingsPage }) => {
  const { port, release } = await heldPort()
  try {
    await open('/settings')
    await settingsPage.grpcPort.fill('70000')
    await expect(settingsPage.grpcPort).toHaveAttribute('aria-invalid', 'true')
    await expect(settingsPage.applyPorts).toBeDisabled()
    await settingsPage.grpcPort.fill(String(port))
    await settingsPage.applyPorts.click()
    await expect(settingsPage.grpcPort).toHaveAttribute('aria-invalid', 'true')
    await expect(settingsPage.grpcPort).toHaveAccessibleDescription(new RegExp(`${port}.*pid ${process.pid}`))
    await expect(settingsPage.httpPort).not.toHaveAttribute('aria-invalid', 'true')
  } finally {
    await release()
  }
})

test('what is too old goes once a limit says so, and is counted', async ({
  open,
  send,
  page,
  frame,
  settingsPage,
  tracePage,
  tracesPage,
}) => {
  await send.traces(tracesOf('archive', [{ trace: 1, id: 1, name: 'leap day', start: at('2020-02-29T12:00:00Z') }]))
  await send.traces(tracesOf('shop', [{ trace: 2, id: 1, name: 'today', start: ago(1_000), duration: ms }]))
  await open('/settings?range=all')
  await expect(settingsPage.maxSize).toHaveValue('2 GiB')
  await expect(settingsPage.maxAge).toHaveValue('off')
  await settingsPage.maxAge.fill('soon')
  await expect(settingsPage.maxAge).toHaveAttribute('aria-invalid', 'true')
  await settingsPage.maxAge.fill('7 d')
  await expect(settingsPage.note('Everything older than 7 d will be deleted.')).toBeVisible()
  await settingsPage.saveLimits.click()
  await expect(settingsPage.note('Saved; it holds from now on.')).toBeVisible()
  await page.reload()
  await expect(settingsPage.maxAge).toHaveValue('7 d')
  await expect(settingsPage.losses).toContainText(/old|age/, { timeout: 30_000 })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveText(['today'])

  await open(`/traces/${traceIdOf(1)}`)
  await expect(tracePage.failure).toContainText(/It was deleted at .*: older than the age limit\./)
  await tracePage.failure.getByRole('link', { name: 'Change the limits' }).click()
  await expect(settingsPage.section('Storage and retention')).toBeInViewport()
})

test('rollups have an age of their own, and are computed anew when asked for', async ({
  open,
  send,
  page,
  settingsPage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(1_000) })
  await open('/settings')
  await settingsPage.rollupAge.fill('10 min')
  await expect(settingsPage.rollupAge).toHaveAttribute('aria-invalid', 'true')
  await settingsPage.rollupAge.fill('400 d')
  await settingsPage.saveLimits.click()
  await expect(settingsPage.note('Saved; it holds from now on.')).toBeVisible()
  await page.reload()
  await expect(settingsPage.rollupAge).toHaveValue('400 d')

  await expect(settingsPage.note(/^Rollups: \d+\srows, about/)).toBeVisible()
  await settingsPage.rebuildRollups.click()
  await expect(settingsPage.note('Computed anew.')).toBeVisible()
  await expect(settingsPage.rebuildRollups).toBeEnabled()
})

test('shows what is stored by signal and service, and what was lost', async ({ open, send, settingsPage }) => {
  await sendPurchase(send, { trace: 1, start: ago(1_000) })
  await send.nonsense()
  await open('/settings')
  await expect(settingsPage.storedBySignal.getByRole('row', { name: /^Spans/ })).toContainText('7')
  await expect(settingsPage.storedBySignal.getByRole('row', { name: /^Log/ })).toContainText('3')
  await expect(settingsPage.storedByService.getByRole('row', { name: /checkout/ })).toContainText('4')
  await expect(settingsPage.losses).toContainText('malformed request')
})

test('a refused request stands in the ingest details with its reason and its sender', async ({ open, send, frame }) => {
  await open('/settings')
  await frame.ingest.getByRole('button').click()
  await expect(frame.refusals).toContainText('None since Spanlight was started')
  await send.nonsense()
  await expect(frame.refusals.getByRole('listitem')).toHaveText(/HTTP 400.*\/v1\/traces.*JSON.*from 127\.0\.0\.1/s)
})

test('everything is deleted only after saying so, and what comes next is stored', async ({
  open,
  send,
  frame,
  settingsPage,
  connectPage,
  overviewPage,
  tracesPage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(1_000) })
  await open('/settings')
  await settingsPage.deleteAll.click()
  await expect(settingsPage.deleteDialog).toContainText('7 spans')
  await expect(settingsPage.deleteForGood).toBeDisabled()
  await settingsPage.confirmDeletion('delete')
  await expect(settingsPage.deleteForGood).toBeDisabled()
  await settingsPage.confirmDeletion('delete all data')
  await settingsPage.deleteForGood.click()
  await expect(connectPage.heading).toBeVisible()
  await expect(connectPage.arrivals).toContainText('Waiting for the first')
  await send.traces(tracesOf('shop', [{ id: 1, name: 'afterwards', start: ago(10), duration: ms }]))
  await expect(overviewPage.heading).toBeAttached()
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveText(['afterwards'])
})

/** Handing on what was found: a trace as a file for other tools, redacted, from the dialog. */

import { readFile } from 'node:fs/promises'
import { jaegerFile } from '../support/jaeger-schema.ts'
import { logsOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { ExportDialog } from './pages/exports.ts'
import { expect, test } from './support/fixtures.ts'
import { ago } from './support/moments.ts'

test('exports a trace for Jaeger, with its secrets replaced, after showing which', async ({ open, send, page }) => {
  const attributes = { 'db.query.text': "SELECT * FROM users WHERE mail = 'bob@example.com'" }
  await send.traces(tracesOf('shop', [{ trace: 1, id: 1, name: 'login', start: ago(5_000), attributes }]))
  await send.logs(logsOf('shop', [{ trace: 1, body: 'password=hunter2', at: ago(4_000) }]))
  await open(`/traces/${traceIdOf(1)}`)
  const exports = new ExportDialog(page)
  await exports.openForTrace()
  await expect(exports.selected).toContainText(/1.trace · 1.span · 1.log record, about/)
  await expect(exports.samples).toContainText('password=hunter2')
  await exports.chooseFormat(/Jaeger/)
  await expect(exports.samples).not.toContainText('hunter2')
  await expect(exports.samples.getByRole('row').filter({ hasText: 'attribute db.query.text' })).toContainText(
    /mail = '\[\w+:[0-9a-f]{10}\]'/,
  )

  const download = await exports.export()
  expect(download.suggestedFilename()).toBe('trace-00000000.jaeger.json')
  await expect(exports.outcome).toContainText(/1.span in .*; 1 values were replaced/)
  const text = await readFile(await download.path(), 'utf8')
  expect(jaegerFile.parse(JSON.parse(text)).data[0]?.spans[0]?.operationName).toBe('login')
  expect(text).not.toContain('bob@example.com')

  await exports.redacts.uncheck({ force: true })
  await expect(exports.dialog).toContainText('Secrets in the data stay as they are')
  await exports.chooseFormat(/CSV/)
  const table = await readFile(await (await exports.export()).path(), 'utf8')
  expect(table).toContain('bob@example.com')
})

test('exports what a screen shows, says when there is nothing, and closes by Escape', async ({ open, send, page }) => {
  await send.traces(tracesOf('shop', [{ trace: 1, id: 1, start: ago(5_000) }]))
  await open('/logs?q=nothing')
  const exports = new ExportDialog(page)
  await exports.openForScreen()
  await expect(exports.selected).toContainText('Nothing that is stored matches')
  await expect(exports.submit).toBeDisabled()
  await exports.signal('Logs').uncheck()
  await exports.signal('Traces').check()
  await expect(exports.selected).toContainText(/1.trace · 1.span/)
  await page.keyboard.press('Escape')
  await expect(exports.dialog).toBeHidden()
})

test('copies a summary for a ticket', async ({ open, send, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await send.traces(tracesOf('shop', [{ trace: 1, id: 1, name: 'login', start: ago(5_000), error: true }]))
  await open(`/traces/${traceIdOf(1)}`)
  await page.getByRole('button', { name: 'Copy a summary as Markdown' }).click()
  await expect(page.getByText('Copied').first()).toBeAttached()
  const copied = String(await page.evaluate('navigator.clipboard.readText()'))
  expect(copied).toMatch(/^### shop: login, .*1 error\n\n- Trace `0{31}1`/)
})

test('saves the table of traces as CSV', async ({ open, send, page }) => {
  await send.traces(tracesOf('shop', [{ trace: 1, id: 1, name: '=cmd() bob@example.com', start: ago(5_000) }]))
  await open('/traces')
  await expect(page.getByRole('table', { name: 'Traces' })).toContainText('=cmd()')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the listed traces as CSV' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('traces.csv')
  const [head, row] = (await readFile(await download.path(), 'utf8')).split('\r\n')
  expect(head).toMatch(/^trace_id,start,service,operation,/)
  expect(row).toContain(`${traceIdOf(1)},`)
  expect(row).toMatch(/,shop,'=cmd\(\) \[email:[0-9a-f]{10}\],/)
})

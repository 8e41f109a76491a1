/** Quitting drains: everything acknowledged is in a closed, whole database, and no process is left. */

import { existsSync, readdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { largeTraceRequests } from '../e2e/support/large-trace.ts'
import { ago } from '../e2e/support/moments.ts'
import { expect, test } from './support/fixtures.ts'
import { isAlive, type SpanlightApp } from './support/spanlight-app.ts'

/** Gives the number of spans. */
function expectClean(app: SpanlightApp, folder: string): number {
  for (const rest of ['-wal', '-shm', '-journal']) expect(existsSync(`${app.db}${rest}`), rest).toBe(false)
  const db = new Database(app.db)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const spans = Number(db.prepare('SELECT count(*) FROM span').pluck().get())
  db.close()
  const lock = new Database(`${app.db}.lock`, { timeout: 0 })
  lock.exec('BEGIN EXCLUSIVE')
  lock.close()
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  return spans
}

test('quitting leaves a clean database and no process', async ({ app, send, folder, tracesPage, frame }) => {
  const spans = 3_000
  for (const request of largeTraceRequests({ trace: 1, spans, start: ago(10_000) })) await send.traces(request)
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveCount(1)
  const engine = (await app.enginePid()) ?? 0
  expect(isAlive(engine)).toBe(true)
  expect((await app.quit()).code).toBe(0)
  await expect.poll(() => isAlive(engine)).toBe(false)
  expect(isAlive(app.pid)).toBe(false)
  expect(expectClean(app, folder)).toBe(spans)
})

test('what was acknowledged while it quits is there afterwards', async ({ app, folder, frame }) => {
  await expect(frame.timeRange).toBeVisible()
  let acknowledged = 0
  const sending = (async () => {
    for (let trace = 1; ; trace++)
      for (const request of largeTraceRequests({ trace, spans: 100, start: ago(10_000) })) {
        const answer = await fetch(`${app.otlpHttp}/v1/traces`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(request),
        }).catch(() => undefined)
        if (answer?.status !== 200) return
        const { resourceSpans } = request as { resourceSpans: { scopeSpans: { spans: unknown[] }[] }[] }
        acknowledged += resourceSpans[0]?.scopeSpans[0]?.spans.length ?? 0
      }
  })()
  await expect.poll(() => acknowledged).toBeGreaterThan(300)
  await app.quit()
  await sending
  // The answer to the last ones may have been cut off after they were committed.
  expect(expectClean(app, folder)).toBeGreaterThanOrEqual(acknowledged)
})

// There are no such signals on Windows.
if (process.platform !== 'win32')
  test('a quit asked for by a signal drains too', async ({ app, send, folder }) => {
    for (const request of largeTraceRequests({ trace: 1, spans: 200, start: ago(10_000) })) await send.traces(request)
    process.kill(app.pid, 'SIGTERM')
    await app.ended
    expect(expectClean(app, folder)).toBe(200)
  })

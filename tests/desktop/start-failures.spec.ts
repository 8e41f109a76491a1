/** What goes wrong at the start is a page that says so and has a way out that works. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { heldPort } from '../e2e/support/free-port.ts'
import { startSpanlight } from '../support/spanlight-process.ts'
import { StartFailurePage } from './pages/start-failure.ts'
import { expect, test } from './support/fixtures.ts'
import type { SpanlightApp } from './support/spanlight-app.ts'

/** Puts an answer in place of the system's file dialog. */
async function willChoose(app: SpanlightApp, path: string | undefined): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const answer = chosen === undefined ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [chosen] }
    dialog.showOpenDialog = async () => answer
  }, path)
}

/** Tries again, and waits until that has failed too. */
async function tryInVain(app: SpanlightApp, failure: StartFailurePage): Promise<void> {
  const { page } = app
  await page.evaluate(`{
    globalThis.states = []
    spanlightHost.listen(({ type, state }) => void (type === 'engine' && states.push(state.kind)))
  }`)
  await failure.way('Try again').click()
  await expect.poll(() => page.evaluate('states')).toEqual(['starting', 'failed'])
  await expect.poll(() => app.enginePid()).toBeUndefined()
}

async function expectRunning(app: SpanlightApp): Promise<void> {
  const { http } = await app.endpoints()
  const answer = await fetch(`${http}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [] }),
  })
  expect(answer.status).toBe(200)
}

test('a port that was asked for is taken: try again, or use others', async ({ launch }) => {
  const taken = await heldPort()
  const app = await launch({ args: [`--otlp-grpc-port=${taken.port}`] })
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('A port is taken')
  await expect(failure.explanation).toContainText(String(taken.port))
  await tryInVain(app, failure)
  await expect(failure.heading).toHaveText('A port is taken')
  await failure.way('Use other ports').click()
  await expectRunning(app)
  expect((await app.endpoints()).grpc).not.toContain(`:${taken.port}`)
  await taken.release()
})

test('a port that becomes free can be had by trying again', async ({ launch }) => {
  const taken = await heldPort()
  const app = await launch({ args: [`--otlp-http-port=${taken.port}`] })
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('A port is taken')
  await taken.release()
  await failure.way('Try again').click()
  await expectRunning(app)
  expect((await app.endpoints()).http).toContain(`:${taken.port}`)
})

test('the database is locked: when the other is gone, trying again helps', async ({ folder, launch }) => {
  const other = await startSpanlight({ folder })
  const app = await launch()
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('Another Spanlight has this database open')
  await expect(failure.explanation).toContainText(app.db)
  await other.stop()
  await failure.way('Try again').click()
  await expectRunning(app)
})

test('the database is damaged: it is kept, and a new one beside it is used', async ({ folder, launch }) => {
  const db = join(folder, 'spanlight.db')
  const damaged = 'SQLite format 3\0 and then nothing that makes sense'.padEnd(8192, 'x')
  writeFileSync(db, damaged)
  const app = await launch()
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('The database is damaged')
  const report = await failure.report()
  expect(report).toContain(db)
  expect(report).toContain('STORE_CORRUPT')
  await failure.copyReport.click()
  await failure.way('Start with a new database').click()
  await expectRunning(app)
  expect(existsSync(join(folder, 'spanlight-2.db'))).toBe(true)
  await app.quit()
  expect(readFileSync(db, 'latin1')).toBe(damaged)
})

test('the database is from the future: another one can be chosen, or the question put off', async ({
  folder,
  launch,
}) => {
  const db = join(folder, 'spanlight.db')
  const future = new Database(db)
  future.pragma('user_version = 9999')
  future.close()
  const app = await launch()
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('The database is from a newer Spanlight')
  await willChoose(app, undefined)
  await failure.way('Choose another database…').click()
  await expect(failure.way('Choose another database…')).toBeEnabled()
  await expect(failure.heading).toHaveText('The database is from a newer Spanlight')
  await willChoose(app, join(folder, 'other.db'))
  await failure.way('Choose another database…').click()
  await expectRunning(app)
  expect(existsSync(join(folder, 'other.db'))).toBe(true)
})

test('the database can not be written: a place that can be is chosen', async ({ folder, launch }) => {
  // A place where nobody can make a file, not even root.
  const noFolder = join(folder, 'no-folder')
  writeFileSync(noFolder, '')
  const app = await launch({ db: join(noFolder, 'spanlight.db') })
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('The database cannot be written')
  await tryInVain(app, failure)
  await expect(failure.heading).toHaveText('The database cannot be written')
  await willChoose(app, join(folder, 'elsewhere.db'))
  await failure.way('Choose another database…').click()
  await expectRunning(app)
})

test('quitting from the page ends the app', async ({ folder, launch }) => {
  writeFileSync(join(folder, 'spanlight.db'), 'no database'.padEnd(8192, 'x'))
  const app = await launch()
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('The database is damaged')
  await expect(failure.quit).toBeEnabled()
  // The window may be gone before the click is reported.
  await failure.quit.click().catch(() => undefined)
  expect((await app.ended).code).toBe(0)
})

test('Electron is too old: the page says so and opens nothing', async ({ launch }) => {
  const taken = await heldPort()
  const app = await launch({ args: [`--otlp-grpc-port=${taken.port}`] })
  const failure = new StartFailurePage(app.page)
  await expect(failure.heading).toHaveText('A port is taken')
  // The version is looked at before each start; the running one can't be made older from outside.
  const isOlder = await app.evaluate(() => {
    Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '20.1.0' } })
    return process.versions.electron === '20.1.0'
  })
  expect(isOlder).toBe(true)
  await expect.poll(() => app.enginePid()).toBeUndefined()
  await failure.way('Try again').click()
  await expect(failure.heading).toHaveText('This Electron is too old')
  await expect(failure.explanation).toContainText('20.1.0')
  await taken.release()
})

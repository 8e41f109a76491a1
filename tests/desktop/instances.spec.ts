/** One instance: a second start shows the first one's window and hands its link over. */

import { ago } from '../e2e/support/moments.ts'
import { sendPurchase } from '../e2e/support/shop.ts'
import { traceIdOf } from '../support/otlp.ts'
import { expect, test } from './support/fixtures.ts'
import { isAlive, type SpanlightApp } from './support/spanlight-app.ts'

const link = (trace: number): string => `spanlight://trace/${traceIdOf(trace)}`

function focus(app: SpanlightApp) {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return { windows: BrowserWindow.getAllWindows().length, focused: window?.isFocused(), shown: window?.isVisible() }
  })
}

test('a second start brings the window of the first back and ends', async ({ app }) => {
  const engine = await app.enginePid()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  expect((await focus(app)).focused).toBe(false)
  const second = await app.second()
  expect(second.code, second.output).toBe(0)
  await expect.poll(() => focus(app)).toEqual({ windows: 1, focused: true, shown: true })
  expect(await app.enginePid(), 'the engine is the same').toBe(engine)
})

test('a link opens its trace in the window that is there', async ({ app, send, tracesPage, tracePage, frame }) => {
  await sendPurchase(send, { trace: 0xabc, start: ago(5_000) })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveCount(1)
  expect((await app.second(link(0xabc))).code).toBe(0)
  await expect(tracePage.rows).toHaveCount(7)
})

test('a link that starts the app opens its trace', async ({ app, send, launch, tracesPage, frame }) => {
  await sendPurchase(send, { trace: 0xabc, start: ago(5_000) })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveCount(1)
  await app.quit()
  const again = await launch({ args: [link(0xabc)] })
  await expect(again.page.getByRole('treegrid', { name: 'Waterfall' }).getByRole('row')).toHaveCount(7)
})

test('links that name no trace change nothing', async ({ app, send, tracesPage, frame }) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await frame.goTo('Traces')
  await expect(tracesPage.operations).toHaveCount(1)
  const wrong = ['spanlight://trace/../../etc/passwd', 'spanlight://settings', 'spanlight://trace/abc?x=1', link(0)]
  expect((await app.second(...wrong)).code).toBe(0)
  await expect.poll(() => focus(app)).toMatchObject({ focused: true })
  await expect(tracesPage.operations).toHaveCount(1)
})

test('a killed app leaves no lock behind, and no engine', async ({ app, launch }) => {
  const engine = (await app.enginePid()) ?? 0
  process.kill(app.pid, 'SIGKILL')
  await app.ended
  await expect.poll(() => isAlive(engine)).toBe(false)
  const again = await launch()
  await again.endpoints()
})

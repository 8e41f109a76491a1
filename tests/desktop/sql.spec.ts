/** SQL in the desktop app, where only the shell can start the process of a statement. */

import { ago } from '../e2e/support/moments.ts'
import { sendPurchase } from '../e2e/support/shop.ts'
import { expect, test } from './support/fixtures.ts'
import { isAlive } from './support/spanlight-app.ts'

test('a statement runs in a process of its own, which a cancel kills and which ends with the app', async ({
  app,
  send,
  frame,
  sqlPage,
}) => {
  await sendPurchase(send, { trace: 1, start: ago(5_000) })
  await frame.goTo('SQL')
  await sqlPage.ask('SELECT name FROM spans WHERE kind = 2 ORDER BY start')
  await expect(sqlPage.rows).toHaveText([/GET \/buy/, /POST \/orders/])
  const pids = (): Promise<number[]> =>
    app.evaluate(({ app: electron }) =>
      electron
        .getAppMetrics()
        .filter(({ name }) => name === 'Spanlight SQL')
        .map(({ pid }) => pid),
    )
  const [first = 0] = await pids()
  expect(isAlive(first)).toBe(true)

  const endless = 'WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c'
  await sqlPage.ask(endless)
  await expect(sqlPage.summary).toHaveText('Running, no row yet')
  await sqlPage.cancel.click()
  await expect(sqlPage.summary).toHaveText(/^Stopped/)
  await expect.poll(() => isAlive(first)).toBe(false)

  await sqlPage.ask(endless)
  await expect(sqlPage.summary).toHaveText('Running, no row yet')
  const [second = 0] = await pids()
  await app.quit()
  await expect.poll(() => isAlive(second)).toBe(false)
})

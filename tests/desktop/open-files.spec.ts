/** Files opened with the app: by its menu, by double click, and by a second start. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tracesOf } from '../support/otlp.ts'
import { choose } from './support/choose.ts'
import { expect, test } from './support/fixtures.ts'

function tracesFile(folder: string, trace: number, name: string): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(tracesOf('shop', [{ trace, id: 1, name }])))
  return file
}

test('opens files from its menu, from a second start, and those it was started with', async ({
  app,
  folder,
  launch,
  tracesPage,
  connectPage,
  imports,
}) => {
  await expect(connectPage.heading).toBeVisible()
  const first = tracesFile(folder, 1, 'first.json')
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, first)
  await choose(app, 'Open…')
  await expect(tracesPage.operations).toHaveText(['first.json'])

  expect((await app.second(tracesFile(folder, 2, 'second.json'))).code).toBe(0)
  await expect(imports.card('second.json')).toContainText('1 span stored.')

  expect((await app.second(join(folder, 'gone.json'))).code).toBe(0)
  await expect(imports.card('gone.json')).toContainText('There is no file')

  await app.quit()
  const again = await launch({ args: [tracesFile(folder, 3, 'third.json')] })
  await expect(again.page.getByRole('article', { name: 'Import of third.json' })).toContainText('1 span stored.')
})

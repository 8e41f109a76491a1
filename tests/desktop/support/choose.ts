/** The app's native menu. */

import { expect } from '@playwright/test'
import type { SpanlightApp } from './spanlight-app.ts'

/** Chooses an item as a person does. */
export async function choose(app: SpanlightApp, label: string): Promise<void> {
  const found = await app.evaluate(({ Menu, BrowserWindow }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []) ?? []
    const item = items.find((each) => each.label.replace('&', '') === wanted)
    const [window] = BrowserWindow.getAllWindows()
    // Electron's own type of what a click is leaves its arguments out.
    const click = item?.click as ((event?: object, window?: object, contents?: object) => void) | undefined
    click?.({}, window, window?.webContents)
    return item !== undefined
  }, label)
  expect(found, `the menu has ${label}`).toBe(true)
}

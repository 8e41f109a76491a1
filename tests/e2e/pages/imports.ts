/** Files brought in: the drop, the cards in the corner, and the report, by role and name. */

import type { Locator, Page } from '@playwright/test'

export interface DroppedFile {
  readonly name: string
  readonly text: string
  /** So often, one after the other. */
  readonly times?: number
}

export class ImportsPage {
  readonly #page: Page
  readonly overlay: Locator
  readonly report: Locator

  constructor(page: Page) {
    this.#page = page
    this.overlay = page.getByRole('status').filter({ hasText: 'Drop to open' })
    this.report = page.getByRole('dialog', { name: /^Import of / })
  }

  card(name: string): Locator {
    return this.#page.getByRole('region', { name: 'Imports' }).getByRole('article', { name: `Import of ${name}` })
  }

  /** Drags over the window first, and looks whether that is answered. */
  async drop(...files: readonly DroppedFile[]): Promise<void> {
    // As text, because a test has no types of the page's globals.
    const transfer = await this.#page.evaluateHandle(`
      const data = new DataTransfer()
      for (const { name, text, times = 1 } of ${JSON.stringify(files)})
        data.items.add(new File(Array.from({ length: times }, () => text), name))
      data
    `)
    await this.#page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
    await this.overlay.waitFor()
    await this.#page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
  }

  /** By the button of this name on the screen that is open. */
  async choose(button: Locator, file: { readonly name: string; readonly text: string }): Promise<void> {
    const asked = this.#page.waitForEvent('filechooser')
    await button.click()
    const chooser = await asked
    await chooser.setFiles({ name: file.name, mimeType: 'application/json', buffer: Buffer.from(file.text) })
  }
}

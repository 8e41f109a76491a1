/** The command palette, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class Palette {
  readonly #page: Page
  readonly button: Locator
  readonly dialog: Locator
  readonly search: Locator

  constructor(page: Page) {
    this.#page = page
    this.button = page.getByRole('button', { name: 'Search or run a command' })
    this.dialog = page.getByRole('dialog', { name: 'Search or run a command' })
    this.search = this.dialog.getByRole('textbox', { name: 'Search or run a command' })
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+k')
    await this.search.waitFor()
  }

  command(name: string): Locator {
    return this.dialog.getByRole('button', { name })
  }

  /** Types into the search and runs what comes first, from anywhere. */
  async run(text: string): Promise<void> {
    await this.open()
    await this.search.fill(text)
    await this.search.press('Enter')
  }
}

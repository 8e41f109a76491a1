/** Notes wherever they stand, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class Notes {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** The notes of a list such as `Notes on this span`. */
  on(list: string | RegExp): Locator {
    return this.#page.getByRole('list', { name: list }).getByRole('listitem')
  }

  /** The field for a new note, opened within `place`. */
  async write(place: Locator, text: string): Promise<void> {
    const field = place.getByRole('textbox', { name: 'New note' })
    if (!(await field.isVisible())) await place.getByRole('button', { name: 'Add a note' }).click()
    await field.fill(text)
    await field.press('ControlOrMeta+Enter')
    await field.waitFor({ state: 'detached' })
  }

  /** The popover in the head line of a trace. */
  get ofTrace(): Locator {
    return this.#page.getByRole('dialog', { name: /note(s)?$/ })
  }
}

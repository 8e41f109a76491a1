/** The Logs screen, by role and name. */

import type { Locator, Page } from '@playwright/test'
import { nextFrame } from './next-frame.ts'

export class LogsPage {
  readonly #page: Page
  readonly heading: Locator
  readonly search: Locator
  readonly severity: Locator
  readonly liveTail: Locator
  readonly grid: Locator
  readonly histogram: Locator
  readonly details: Locator
  /** `3 new`, while the list is scrolled up. */
  readonly unseen: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Logs' })
    this.search = page.getByRole('textbox', { name: 'Search logs' })
    this.severity = page.getByRole('combobox', { name: 'Minimum severity' })
    this.liveTail = page.getByRole('switch', { name: 'Live tail' })
    this.grid = page.getByRole('grid', { name: 'Logs' })
    this.histogram = page.getByRole('img', { name: /^Severity histogram/ })
    this.details = page.getByRole('region', { name: 'Log details' })
    this.unseen = page.getByRole('button', { name: /new$/ })
  }

  get rows(): Locator {
    return this.grid.getByRole('row')
  }

  /** The lines of the list without the words that only stand before them. */
  get messages(): Locator {
    return this.rows.locator('[role=gridcell]:last-child')
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text })
  }

  get selectedRow(): Locator {
    return this.grid.getByRole('row', { selected: true })
  }

  /** A level with all above it, such as `Warn and above`. */
  async chooseSeverity(name: string): Promise<void> {
    await this.severity.click()
    await this.#page.getByRole('option', { name, exact: true }).click()
  }

  note(text: string | RegExp): Locator {
    return this.#page.getByRole('main').getByText(text)
  }

  action(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name, exact: true })
  }

  async toggleLiveTail(): Promise<void> {
    await this.liveTail.click()
  }

  get stackTrace(): Locator {
    return this.details.getByRole('region', { name: 'Stack trace' })
  }

  get openTrace(): Locator {
    return this.details.getByRole('link', { name: 'Open trace' })
  }

  /** A value of the open record. */
  attribute(list: 'Attributes' | 'Record' | 'Resource', name: string): Locator {
    const entries = this.details.getByLabel(list, { exact: true }).locator('div')
    return entries.filter({ has: this.#page.getByRole('term').filter({ hasText: name }) }).getByRole('definition')
  }

  /** Scrolls, and waits until the rows there are drawn. */
  async scrollBy(pixels: number): Promise<void> {
    await this.grid.evaluate((grid, by) => grid.scrollBy({ top: by }), pixels)
    await nextFrame(this.#page)
  }

  async scrollUp(): Promise<void> {
    await this.grid.hover()
    await this.#page.mouse.wheel(0, -600)
  }

  /** Distance of the list from its newest row, in pixels. */
  fromEnd(): Promise<number> {
    return this.grid.evaluate((grid) => grid.scrollHeight - grid.scrollTop - grid.clientHeight)
  }
}

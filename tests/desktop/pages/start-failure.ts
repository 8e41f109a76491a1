/** The page of an app whose engine could not start, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class StartFailurePage {
  readonly #page: Page
  readonly heading: Locator
  /** What happened, where, and what can be done. */
  readonly explanation: Locator
  readonly copyReport: Locator
  readonly quit: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1 })
    this.explanation = page.getByRole('alert')
    this.copyReport = page.getByRole('button', { name: 'Copy report' })
    this.quit = page.getByRole('button', { name: 'Quit Spanlight' })
  }

  way(name: 'Try again' | 'Use other ports' | 'Choose another database…' | 'Start with a new database'): Locator {
    return this.#page.getByRole('button', { name, exact: true })
  }

  /** Opens what is hidden first. */
  async report(): Promise<string> {
    const report = this.#page.locator('details', { hasText: 'Details' })
    await report.locator('summary').click()
    return report.locator('pre').innerText()
  }
}

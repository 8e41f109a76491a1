/** The export dialog, by role and name. */

import type { Download, Locator, Page } from '@playwright/test'

export class ExportDialog {
  readonly #page: Page
  readonly dialog: Locator
  /** What was selected and how large it will be. */
  readonly selected: Locator
  readonly samples: Locator
  readonly redacts: Locator
  readonly submit: Locator
  /** What was exported. */
  readonly outcome: Locator

  constructor(page: Page) {
    this.#page = page
    this.dialog = page.getByRole('dialog', { name: 'Export', exact: true })
    this.selected = this.dialog.getByRole('status', { name: 'Selected' })
    this.samples = this.dialog.getByRole('table', { name: 'What would be replaced' })
    this.redacts = this.dialog.getByRole('switch', { name: 'Replace what is secret' })
    this.submit = this.dialog.getByRole('button', { name: /^Export/ })
    this.outcome = this.dialog.getByRole('status', { name: 'Export', exact: true })
  }

  /** From the top bar: what the screen shows. */
  async openForScreen(): Promise<void> {
    await this.#page.getByRole('banner').getByRole('button', { name: 'Export', exact: true }).click()
  }

  async openForTrace(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Export this trace' }).click()
  }

  async chooseFormat(name: RegExp): Promise<void> {
    await this.dialog.getByRole('radio', { name }).check()
  }

  signal(name: 'Traces' | 'Logs' | 'Metrics'): Locator {
    return this.dialog.getByRole('checkbox', { name, exact: true })
  }

  async export(): Promise<Download> {
    const [download] = await Promise.all([this.#page.waitForEvent('download'), this.submit.click()])
    return download
  }
}

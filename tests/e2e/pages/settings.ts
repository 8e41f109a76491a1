/** The Settings screen, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class SettingsPage {
  readonly heading: Locator
  readonly grpcPort: Locator
  readonly httpPort: Locator
  readonly applyPorts: Locator
  /** Leads to the snippets with the ports now bound. */
  readonly connect: Locator
  readonly maxSize: Locator
  readonly maxAge: Locator
  readonly rollupAge: Locator
  readonly saveLimits: Locator
  readonly rebuildRollups: Locator
  readonly storedBySignal: Locator
  readonly storedByService: Locator
  readonly losses: Locator
  readonly deleteAll: Locator
  readonly deleteDialog: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Settings' })
    const receivers = this.section('Receivers')
    this.grpcPort = receivers.getByRole('textbox', { name: 'gRPC port' })
    this.httpPort = receivers.getByRole('textbox', { name: 'HTTP port' })
    this.connect = receivers.getByRole('link', { name: 'Connect a service' })
    this.applyPorts = receivers.getByRole('button', { name: 'Apply ports' })
    const retention = this.section('Storage and retention')
    this.maxSize = retention.getByRole('textbox', { name: 'Maximum size' })
    this.maxAge = retention.getByRole('textbox', { name: 'Maximum age' })
    this.rollupAge = retention.getByRole('textbox', { name: 'Keep rollups for' })
    this.rebuildRollups = this.section('What is stored').getByRole('button', { name: 'Rebuild rollups' })
    this.saveLimits = retention.getByRole('button', { name: /^Save limits/ })
    this.storedBySignal = page.getByRole('table', { name: 'Stored by signal' })
    this.storedByService = page.getByRole('table', { name: 'Stored by service' })
    this.losses = page.getByRole('table', { name: 'Losses by reason and time' })
    this.deleteAll = this.section('Delete all data').getByRole('button')
    this.deleteDialog = page.getByRole('dialog', { name: 'Delete all data' })
  }

  section(title: string): Locator {
    return this.#page.getByRole('region', { name: title })
  }

  /** What a form says once it is saved, or why it could not be. */
  note(text: string | RegExp): Locator {
    return this.#page.getByRole('main').getByText(text)
  }

  async confirmDeletion(words: string): Promise<void> {
    await this.deleteDialog.getByRole('textbox').fill(words)
  }

  get deleteForGood(): Locator {
    return this.deleteDialog.getByRole('button', { name: 'Delete all data' })
  }
}

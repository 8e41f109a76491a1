/** What stands around every screen, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class Frame {
  readonly #page: Page
  readonly navigation: Locator
  readonly timeRange: Locator
  readonly timeRangePanel: Locator
  readonly service: Locator
  readonly ingest: Locator
  readonly ingestDetails: Locator
  /** Within the ingest details. */
  readonly refusals: Locator
  /** The connection is lost, or the store can't be written. */
  readonly alert: Locator

  constructor(page: Page) {
    this.#page = page
    this.navigation = page.getByRole('navigation', { name: 'Main' })
    this.timeRange = page.getByRole('button', { name: 'Time range', exact: true })
    this.timeRangePanel = page.getByRole('dialog', { name: 'Time range' })
    this.service = page.getByRole('combobox', { name: 'Service', exact: true })
    this.ingest = page.getByRole('status', { name: 'Ingest', exact: true })
    this.ingestDetails = page.getByRole('dialog', { name: 'Ingest details' })
    this.refusals = this.ingestDetails.getByRole('region', { name: 'Refused requests' })
    this.alert = page.getByRole('alert')
  }

  link(name: string): Locator {
    return this.navigation.getByRole('link', { name, exact: true })
  }

  async goTo(screen: 'Traces' | 'Logs' | 'Metrics' | 'SQL' | 'Load lab' | 'Settings'): Promise<void> {
    await this.link(screen).click()
  }

  /** One of the named ranges, such as `Everything` or `Live · last 15 min`. */
  async chooseRange(name: string): Promise<void> {
    await this.timeRange.click()
    await this.timeRangePanel.getByRole('button', { name, exact: true }).click()
  }

  /** A fixed range; local times such as `2020-02-29T12:00:00`. */
  async chooseCustomRange(from: string, to: string): Promise<void> {
    await this.timeRange.click()
    await this.timeRangePanel.getByLabel('From').fill(from)
    await this.timeRangePanel.getByLabel('To', { exact: true }).fill(to)
    await this.timeRangePanel.getByRole('button', { name: 'Show this range' }).click()
  }

  async chooseService(name: string): Promise<void> {
    await this.service.click()
    await this.serviceOption(name).click()
  }

  serviceOption(name: string): Locator {
    return this.#page.getByRole('option', { name })
  }

  async clearService(): Promise<void> {
    await this.#page.getByRole('button', { name: 'All services' }).click()
  }

  async chooseScheme(name: 'Light' | 'As the system' | 'Dark'): Promise<void> {
    await this.navigation.getByRole('button', { name, exact: true }).click()
  }

  /** Whether what the page is painted on is bright or dark. */
  async brightness(): Promise<'bright' | 'dark'> {
    const color = await this.#page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number)
    return red + green + blue > 3 * 128 ? 'bright' : 'dark'
  }

  heading(name: string): Locator {
    return this.#page.getByRole('heading', { level: 1, name })
  }
}

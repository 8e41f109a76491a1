/** The SQL screen, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class SqlPage {
  readonly #page: Page
  readonly heading: Locator
  readonly statement: Locator
  readonly run: Locator
  readonly cancel: Locator
  readonly schema: Locator
  /** How the statement went. */
  readonly summary: Locator
  readonly grid: Locator
  readonly headers: Locator
  readonly rows: Locator
  readonly chart: Locator
  readonly value: Locator
  readonly error: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'SQL' })
    this.statement = page.getByRole('textbox', { name: 'Statement' })
    this.run = page.getByRole('button', { name: 'Run', exact: true })
    this.cancel = page.getByRole('button', { name: 'Cancel', exact: true })
    this.schema = page.getByRole('region', { name: 'Schema' })
    this.summary = page.getByRole('status', { name: 'Result of the statement' })
    this.grid = page.getByRole('grid', { name: 'Result' })
    this.headers = this.grid.getByRole('columnheader')
    // Without the one of the headers.
    this.rows = this.grid.getByRole('row').filter({ has: page.getByRole('gridcell') })
    this.chart = page.getByRole('figure', { name: 'Result over time' })
    this.value = page.getByRole('region', { name: 'Value' })
    this.error = page.getByRole('alert')
  }

  /** Replaces what is written, as a person does. */
  async write(query: string): Promise<void> {
    await this.statement.click()
    await this.#page.keyboard.press('ControlOrMeta+a')
    await this.#page.keyboard.press('Delete')
    await this.#page.keyboard.insertText(query)
    await this.#page.keyboard.press('Escape')
  }

  async ask(query: string): Promise<void> {
    await this.write(query)
    await this.#page.keyboard.press('ControlOrMeta+Enter')
  }

  /** Opens one of the menus and takes what begins so. */
  async choose(menu: 'Examples' | 'Saved' | 'History', item: string): Promise<void> {
    await this.#page.getByRole('button', { name: menu, exact: true }).click()
    await this.#page.getByRole('menuitem', { name: item }).click()
  }

  async save(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Save', exact: true }).click()
    await this.#page.getByRole('textbox', { name: 'Name of the statement' }).fill(name)
    await this.#page.keyboard.press('Enter')
    await this.#page.getByRole('textbox', { name: 'Name of the statement' }).waitFor({ state: 'hidden' })
  }

  async show(view: 'Table' | 'Chart'): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'Shown as' }).getByText(view, { exact: true }).click()
  }

  cell(text: string): Locator {
    return this.grid.getByRole('gridcell', { name: text, exact: true })
  }

  /** What the downloaded file holds. */
  async download(item: string): Promise<string> {
    const [download] = await Promise.all([
      this.#page.waitForEvent('download'),
      this.#page
        .getByRole('button', { name: 'Download' })
        .click()
        .then(() => this.#page.getByRole('menuitem', { name: item }).click()),
    ])
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }
}

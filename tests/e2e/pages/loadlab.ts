/** The Load lab, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class LoadLabPage {
  readonly #page: Page
  readonly heading: Locator
  readonly topology: Locator
  readonly faults: Locator
  readonly mystery: Locator
  readonly marks: Locator
  readonly facts: Locator
  readonly oneRequest: Locator
  readonly injectError: Locator
  readonly stop: Locator
  /** How requests to one's own service ended. */
  readonly outcomes: Locator
  /** What runs since when, such as `running 6 min · 7,412 requests · seed 7`. */
  readonly state: Locator
  /** Why a command didn't work. */
  readonly problem: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1 })
    this.topology = page.getByRole('figure', { name: 'Topology' })
    this.faults = page.getByRole('region', { name: 'Faults' })
    this.mystery = page.getByRole('region', { name: 'Mystery fault' })
    this.marks = page.getByRole('region', { name: 'Marks on the charts' })
    this.facts = page.getByLabel('This run', { exact: true })
    this.oneRequest = page.getByRole('button', { name: 'One request' })
    this.injectError = page.getByRole('button', { name: 'Inject error' })
    this.stop = page.getByRole('button', { name: 'Stop', exact: true })
    this.outcomes = page.getByRole('table', { name: 'How requests ended' })
    this.state = page.getByText(/^(running|paused|stopping) \d/)
    this.problem = page.getByRole('main').getByRole('alert')
  }

  /** A service or dependency on the drawing: the link to its traces. */
  node(name: string): Locator {
    return this.topology.getByRole('link', { name: new RegExp(`^Traces of ${name}, `) })
  }

  async showTable(): Promise<void> {
    await this.topology.getByRole('radiogroup', { name: 'Topology as' }).getByText('Table', { exact: true }).click()
  }

  fault(title: string): Locator {
    return this.faults.getByRole('article', { name: title })
  }

  switchOf(title: string): Locator {
    return this.fault(title).getByRole('switch')
  }

  async toggle(title: string): Promise<void> {
    // The switch itself is hidden for the eye; its label is what a person clicks.
    await this.switchOf(title).press('Space')
  }

  async setRate(rate: number): Promise<void> {
    const field = this.#page.getByRole('textbox', { name: 'Requests per second' })
    await field.fill(String(rate))
    await field.press('Enter')
  }

  async chooseFile(name: string, text: string): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser')
    await this.button('From a file…').click()
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
  }

  async choose(item: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'More', exact: true }).click()
    await this.#page.getByRole('menuitem', { name: item }).click()
  }

  dialog(name: string): Locator {
    return this.#page.getByRole('dialog', { name })
  }

  button(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true })
  }

  async guess(service: string, fault: string): Promise<void> {
    for (const [label, value] of [
      ['Where is it?', service],
      ['What is it?', fault],
    ] as const) {
      await this.mystery.getByRole('combobox', { name: label }).click()
      await this.#page.getByRole('option', { name: value, exact: true }).click()
    }
    await this.mystery.getByRole('button', { name: 'Is this it?' }).click()
  }

  /** The steps of the way to the cause. */
  get evidence(): Locator {
    return this.mystery.getByRole('list', { name: 'Evidence' }).getByRole('link')
  }
}

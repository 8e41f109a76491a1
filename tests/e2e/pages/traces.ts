/** The Traces screen, by role and name. */

import type { Locator, Page } from '@playwright/test'
import { nextFrame } from './next-frame.ts'

export class TracesPage {
  readonly #page: Page
  readonly heading: Locator
  readonly table: Locator
  readonly filters: Locator
  readonly operation: Locator
  readonly attributes: Locator
  readonly minDuration: Locator
  readonly maxDuration: Locator
  readonly errorsOnly: Locator
  /** What service, operation, times, durations and outcome speak of: the whole trace, or one span of it. */
  readonly subject: Locator
  readonly outcome: Locator
  /** What is listed, in words, while the filters speak of one span: `Traces with requests of checkout, failed`. */
  readonly sentence: Locator
  readonly clearFilters: Locator
  /** How many traces are listed, such as `12 traces` or `100+ traces`. */
  readonly listed: Locator
  /** `3 new`, while the list doesn't follow. */
  readonly unseen: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Traces' })
    this.table = page.getByRole('table', { name: 'Traces' })
    this.filters = page.getByRole('search', { name: 'Trace filters' })
    this.operation = this.filters.getByLabel('Operation', { exact: true })
    this.attributes = this.filters.getByLabel('Attributes', { exact: true })
    this.minDuration = this.filters.getByLabel('Min duration')
    this.maxDuration = this.filters.getByLabel('Max duration')
    this.errorsOnly = this.filters.getByRole('checkbox', { name: 'Errors only' })
    this.subject = this.filters.getByRole('combobox', { name: 'Filters speak of' })
    this.outcome = this.filters.getByRole('combobox', { name: 'Outcome' })
    this.sentence = page.getByRole('status', { name: 'Shown traces' })
    this.clearFilters = page.getByRole('main').getByRole('button', { name: 'Clear filters' })
    this.listed = page.getByRole('status', { name: 'Traces listed' })
    this.unseen = page.getByRole('button', { name: /new$/ })
  }

  /** The rows in the document, in order; a long list holds only those around what is in sight. */
  get rows(): Locator {
    return this.table
      .getByRole('row')
      .filter({ has: this.#page.getByRole('cell') })
      .filter({ hasText: /\S/ })
  }

  /** The row of the trace whose root is this operation. */
  row(operation: string): Locator {
    return this.rows.filter({ has: this.#page.getByRole('link', { name: operation, exact: true }) })
  }

  /** The operations of the rows' roots, in order. */
  get operations(): Locator {
    return this.rows.getByRole('link')
  }

  /** The row the keyboard is at. */
  get activeRow(): Locator {
    return this.table.locator('tr:focus')
  }

  columnHeader(name: string): Locator {
    return this.table.getByRole('columnheader', { name })
  }

  async open(operation: string): Promise<void> {
    await this.row(operation).click()
  }

  async chooseOperation(name: string): Promise<void> {
    await this.operation.fill(name)
    await this.#page.getByRole('option', { name, exact: true }).click()
  }

  async chooseSubject(name: string): Promise<void> {
    await this.subject.click()
    await this.#page.getByRole('option', { name, exact: true }).click()
  }

  async chooseOutcome(name: string): Promise<void> {
    await this.outcome.click()
    await this.#page.getByRole('option', { name, exact: true }).click()
  }

  async addAttribute(filter: string): Promise<void> {
    await this.attributes.fill(filter)
    await this.attributes.press('Enter')
  }

  async order(name: 'Newest' | 'Slowest' | 'Most errors'): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'Order' }).getByText(name, { exact: true }).click()
  }

  emptyState(title: string): Locator {
    return this.#page.getByRole('main').getByText(title, { exact: true })
  }

  /** A way out of an empty list. */
  action(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name, exact: true })
  }

  link(name: string): Locator {
    return this.#page.getByRole('main').getByRole('link', { name, exact: true })
  }

  /** Scrolls, and waits until the rows there are drawn. */
  async scrollBy(pixels: number): Promise<void> {
    await this.table.evaluate((table, by) => table.parentElement?.scrollBy({ top: by }), pixels)
    await nextFrame(this.#page)
  }

  scrollTop(): Promise<number> {
    return this.table.evaluate((table) => table.parentElement?.scrollTop ?? 0)
  }
}

/** The Metrics screen, by role and name. */

import type { Locator, Page } from '@playwright/test'
import { nextFrame } from './next-frame.ts'

export class MetricsPage {
  readonly #page: Page
  readonly heading: Locator
  readonly list: Locator
  readonly search: Locator
  /** How many metrics are listed, such as `12` or `2 of 12`. */
  readonly listed: Locator
  /** The metric on show. */
  readonly name: Locator
  readonly groupBy: Locator
  readonly filters: Locator
  readonly logScale: Locator
  readonly heatmap: Locator
  /** Each group with what it was at last, at least, on average and at most. */
  readonly groups: Locator
  /** What can be done with a selected part of a chart. */
  readonly selectionMenu: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Metrics' })
    this.list = page.getByRole('list', { name: 'Metrics' })
    this.search = page.getByRole('textbox', { name: 'Search metrics' })
    this.listed = page.getByRole('status', { name: 'Metrics listed' })
    this.name = page.getByRole('main').getByRole('heading', { level: 2 }).first()
    this.groupBy = page.getByRole('combobox', { name: 'Group by' })
    this.filters = page.getByRole('combobox', { name: 'Attribute filters' })
    this.logScale = page.getByRole('switch', { name: 'Log scale' })
    this.heatmap = this.chart('Heatmap')
    this.groups = page.getByRole('table', { name: 'Groups' })
    this.selectionMenu = page.getByRole('dialog', { name: /^Selected in / })
  }

  /** The rows in the document, in order; a long list holds only those around what is in sight. */
  get rows(): Locator {
    return this.list.getByRole('link')
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name })
  }

  get selectedRow(): Locator {
    return this.list.locator('[aria-current]')
  }

  /** A figure by its title. */
  chart(title: string | RegExp): Locator {
    return this.#page.getByRole('figure', { name: title })
  }

  /** Where a chart is drawn, and where keys move through it. */
  plot(chart: Locator): Locator {
    return chart.getByRole('slider')
  }

  async draw(mode: string): Promise<void> {
    await this.#page.getByRole('radiogroup', { name: 'What is drawn' }).getByText(mode, { exact: true }).click()
  }

  async addGroupKey(key: string): Promise<void> {
    await this.groupBy.click()
    await this.#page.getByRole('option', { name: key }).click()
    await this.#page.keyboard.press('Escape')
  }

  async addFilter(filter: string): Promise<void> {
    await this.filters.fill(filter)
    await this.filters.press('Enter')
    await this.filters.press('Escape')
  }

  /** A group of the table, by what it is called. */
  group(name: string): Locator {
    return this.groups.getByRole('row').filter({ has: this.#page.getByRole('rowheader', { name }) })
  }

  get groupNames(): Locator {
    return this.groups.getByRole('rowheader')
  }

  groupButton(name: string): Locator {
    return this.groups.getByRole('button', { name })
  }

  note(text: string | RegExp): Locator {
    return this.#page.getByRole('main').getByText(text)
  }

  action(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name })
  }

  exemplar(name: RegExp): Locator {
    return this.#page.getByRole('button', { name })
  }

  /** Drags over a chart from one share of its width to another. */
  async brush(chart: Locator, from: number, to: number): Promise<void> {
    const box = await this.plot(chart).boundingBox()
    if (box === null) throw new Error('the chart is not on show')
    const y = box.y + box.height / 2
    await this.#page.mouse.move(box.x + box.width * from, y)
    await this.#page.mouse.down()
    await this.#page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 3 })
    await this.#page.mouse.move(box.x + box.width * to, y, { steps: 3 })
    await this.#page.mouse.up()
    await nextFrame(this.#page)
  }
}

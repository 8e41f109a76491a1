/** The Overview, by role and name. */

import { expect, type Locator, type Page } from '@playwright/test'

type ChartName = 'Latency percentiles' | 'Traffic' | 'Errors' | 'Saturation' | 'Latency heatmap'
type TileName = 'Latency · P99' | 'Traffic' | 'Errors' | 'Saturation'

export class OverviewPage {
  readonly #page: Page
  readonly heading: Locator
  readonly operations: Locator
  /** What can be done with what is selected on a chart. */
  readonly menu: Locator
  readonly showTraces: Locator
  readonly zoomIn: Locator
  readonly views: Locator
  readonly latencyOf: Locator
  readonly logScale: Locator
  readonly showAllOperations: Locator
  readonly markList: Locator
  readonly exemplars: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Overview' })
    this.operations = page.getByRole('table', { name: 'Operations' })
    this.menu = page.getByRole('dialog', { name: /^Selected in / })
    this.showTraces = this.menu.getByRole('link', { name: 'Show these traces' })
    this.zoomIn = this.menu.getByRole('button', { name: 'Zoom in' })
    this.views = page.getByRole('radiogroup', { name: 'Spans that count' })
    this.latencyOf = page.getByRole('combobox', { name: 'Latency of' })
    this.logScale = page.getByRole('switch', { name: 'Log scale' })
    this.showAllOperations = page.getByRole('button', { name: 'Show all operations' })
    this.markList = page.getByRole('button', { name: /^\d+ marks?$/ })
    this.exemplars = this.chart('Latency percentiles').getByRole('button', { name: /^Open a / })
  }

  tile(name: TileName): Locator {
    return this.#page
      .getByRole('list', { name: 'Golden signals' })
      .getByRole('button', { name: new RegExp(`^${name}`) })
  }

  /** The sentences behind a tile's figure. */
  async methodOf(name: TileName): Promise<string> {
    await this.tile(name).hover()
    const tooltip = this.#page.getByRole('tooltip')
    await expect(tooltip).toBeVisible()
    return (await tooltip.textContent()) ?? ''
  }

  chart(name: ChartName): Locator {
    return this.#page.getByRole('figure', { name, exact: true })
  }

  /** Where arrow keys move and pointers drag. */
  plot(name: ChartName): Locator {
    return this.chart(name).getByRole('slider')
  }

  /** Where along its plot the crosshair stands, from 0 to 1. */
  async crosshair(name: ChartName): Promise<number> {
    const line = this.plot(name).locator('> [aria-hidden="true"]').first()
    await expect(line).toBeVisible()
    const [at, whole] = [await line.boundingBox(), await this.plot(name).boundingBox()]
    if (at === null || whole === null) throw new Error(`${name} has no crosshair`)
    return (at.x + at.width / 2 - whole.x) / whole.width
  }

  /** The chart in words, once it has some. */
  async description(name: ChartName): Promise<string> {
    await expect(this.chart(name)).toHaveAccessibleDescription(/ to /)
    const id = (await this.chart(name).getAttribute('aria-describedby')) ?? ''
    return (await this.#page.locator(`[id="${id}"]`).textContent()) ?? ''
  }

  /** The local times of day at the beginning and end of a chart. */
  async ends(name: ChartName): Promise<[start: string, end: string]> {
    const [start = '', end = ''] = (await this.description(name)).match(/\d\d:\d\d:\d\d/g) ?? []
    return [start, end]
  }

  /** Drags over a chart from one local time of day to another, such as `12:10:20`; of a heatmap over the upper part. */
  async drag(name: ChartName, from: string, to: string, part = { from: 0.9, to: 0.1 }): Promise<void> {
    const [start, end] = await this.ends(name)
    const box = await this.plot(name).boundingBox()
    if (box === null) throw new Error(`${name} has no plot`)
    const xOf = (clock: string) => box.x + (box.width * secondsBetween(start, clock)) / secondsBetween(start, end)
    await this.#page.mouse.move(xOf(from), box.y + box.height * part.from)
    await this.#page.mouse.down()
    await this.#page.mouse.move(xOf(to), box.y + box.height * part.to, { steps: 4 })
    await this.#page.mouse.up()
  }

  async chooseView(name: 'Requests' | 'Clients' | 'Producers' | 'Internal'): Promise<void> {
    await this.views.getByText(name, { exact: true }).click()
  }

  /** The row of one operation. */
  row(operation: string): Locator {
    return this.operations
      .getByRole('row')
      .filter({ has: this.#page.getByRole('button', { name: operation, exact: true }) })
  }

  async narrowTo(operation: string): Promise<void> {
    await this.operations.getByRole('button', { name: operation, exact: true }).click()
  }

  async sortBy(column: string): Promise<void> {
    await this.operations.getByRole('button', { name: column, exact: true }).click()
  }

  /** Operations in the order of the table. */
  get operationNames(): Locator {
    return this.operations.locator('button[aria-pressed]')
  }

  async mark(text: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Mark this moment' }).click()
    const dialog = this.#page.getByRole('dialog', { name: 'Mark this moment' })
    await dialog.getByLabel('What happened?').fill(text)
    await dialog.getByRole('button', { name: 'Mark', exact: true }).click()
    await expect(dialog).toBeHidden()
  }

  async removeMark(text: string): Promise<void> {
    await this.markList.click()
    await this.#page.getByRole('button', { name: `Remove the mark ${text}` }).click()
  }

  /** The text of a mark on a chart. */
  markOn(name: ChartName, text: string): Locator {
    return this.chart(name).getByText(text, { exact: true })
  }

  text(text: string): Locator {
    return this.#page.getByRole('main').getByText(text, { exact: true })
  }

  button(name: string): Locator {
    return this.#page.getByRole('main').getByRole('button', { name, exact: true })
  }
}

/** From one time of day to a later one, which may be of the next day. */
function secondsBetween(from: string, to: string): number {
  const secondsOf = (clock: string) => clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  const seconds = secondsOf(to) - secondsOf(from)
  return seconds < 0 ? seconds + 86_400 : seconds
}

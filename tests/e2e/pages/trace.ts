/** The Trace screen, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class TracePage {
  readonly #page: Page
  readonly heading: Locator
  readonly waterfall: Locator
  readonly details: Locator
  readonly logPane: Locator
  readonly minimap: Locator
  readonly find: Locator
  /** How many matches there are, such as `3 found` or `1 of 3`. */
  readonly found: Locator
  readonly onlyMatches: Locator
  readonly onlySpanLogs: Locator
  readonly searchLogs: Locator
  readonly back: Locator
  /** Why there is no trace to show. */
  readonly failure: Locator
  /** Everything odd about the trace. */
  readonly warnings: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1 })
    this.waterfall = page.getByRole('treegrid', { name: 'Waterfall' })
    this.details = page.getByRole('region', { name: 'Span details' })
    this.logPane = page.getByRole('region', { name: 'Logs' })
    this.minimap = page.getByRole('region', { name: 'Minimap' })
    this.find = page.getByRole('textbox', { name: 'Find in trace' })
    this.onlySpanLogs = this.logPane.getByRole('switch', { name: 'Only this span' })
    this.found = page.getByRole('status').filter({ hasText: /^(\S+ of \S+|\S+ found|no match)$/ })
    this.onlyMatches = page.getByRole('checkbox', { name: 'Only matches' })
    this.searchLogs = this.logPane.getByRole('textbox', { name: 'Search these logs' })
    this.failure = page.getByRole('alert')
    this.back = page.getByRole('link', { name: '← Traces' })
    this.warnings = page.getByRole('list', { name: 'Warnings' })
  }

  get rows(): Locator {
    return this.waterfall.getByRole('row')
  }

  row(text: string | RegExp): Locator {
    return this.rows.filter({ hasText: text })
  }

  get selectedRow(): Locator {
    return this.waterfall.getByRole('row', { selected: true })
  }

  /** The waterfall's rows in order: level, service and operation, marks; such as `2 checkout charge card · error`. */
  async outline(): Promise<string[]> {
    return this.rows.evaluateAll((rows) =>
      rows
        .sort((left, right) => Number(left.ariaRowIndex) - Number(right.ariaRowIndex))
        .map((row) => {
          const names: string[] = []
          const marks: string[] = []
          for (const part of row.querySelector('[role=gridcell]')?.children ?? []) {
            const text = part.ariaLabel ?? part.textContent?.trim() ?? ''
            if (part.ariaHidden === 'true' || text === '') continue
            if (part.role === 'img' || text === 'error') marks.push(text)
            else names.push(text)
          }
          return [`${row.ariaLevel} ${names.join(' ')}`, ...marks].join(' · ')
        }),
    )
  }

  /** The same without marks. */
  async names(): Promise<string[]> {
    return (await this.outline()).map((row) => row.split(' · ')[0] ?? '')
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  button(name: string): Locator {
    return this.#page.getByRole('button', { name, exact: true })
  }

  /** What the screen says about what is looked at, such as `Error 1 of 2` or `3 found`. */
  note(text: string | RegExp): Locator {
    return this.#page.getByRole('main').getByText(text)
  }

  /** The pill that tells of what is odd about the trace. */
  async showWarnings(name: string | RegExp): Promise<void> {
    await this.#page.getByRole('button', { name, expanded: false }).click()
  }

  /** The row at a place among all, from 1. */
  rowNumber(place: number): Locator {
    return this.#page.locator(`[aria-rowindex="${place}"]`)
  }

  /** The value of an attribute of the selected span, or of its resource. */
  attribute(list: 'Attributes' | 'Resource', name: string): Locator {
    const entries = this.details.getByLabel(list, { exact: true }).locator('div')
    return entries.filter({ has: this.#page.getByRole('term').filter({ hasText: name }) }).getByRole('definition')
  }

  stackTrace(within: Locator): Locator {
    return within.getByRole('region', { name: 'Stack trace' })
  }

  /** A link of the selected span to or from another trace. */
  linkTo(traceId: string): Locator {
    return this.details.getByTitle(traceId)
  }

  /** The messages of the logs on show. */
  get logTexts(): Locator {
    return this.logRows.locator('[role=gridcell]:nth-child(6)')
  }

  async openLog(text: string): Promise<void> {
    await this.logRow(text).getByRole('gridcell').first().click()
  }

  get logRows(): Locator {
    return this.logPane.getByRole('row')
  }

  logRow(text: string | RegExp): Locator {
    return this.logRows.filter({ hasText: text })
  }

  scrollTop(): Promise<number> {
    return this.waterfall.evaluate((grid) => grid.parentElement?.scrollTop ?? 0)
  }

  async scrollTo(top: number): Promise<void> {
    await this.waterfall.evaluate((grid, to) => grid.parentElement?.scrollTo({ top: to }), top)
  }

  async scrollToEnd(): Promise<void> {
    await this.waterfall.evaluate((grid) => grid.parentElement?.scrollTo({ top: grid.scrollHeight }))
  }
}

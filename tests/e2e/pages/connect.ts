/** The Connect screen, by role and name. */

import type { Locator, Page } from '@playwright/test'

export class ConnectPage {
  readonly #page: Page
  readonly heading: Locator
  readonly endpoints: Locator
  readonly snippets: Locator
  /** Waiting for the first data, or what has arrived. */
  readonly arrivals: Locator
  readonly showTraces: Locator
  readonly tryDemo: Locator

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Connect a service' })
    this.endpoints = page.getByLabel('Endpoints', { exact: true })
    this.snippets = page.getByRole('region', { name: 'Snippets' })
    this.arrivals = page.getByRole('status').filter({ hasText: /Waiting for the first|received/ })
    this.tryDemo = page.getByRole('button', { name: 'Try the demo shop' })
    this.showTraces = this.arrivals.getByRole('link', { name: 'Show traces' })
  }

  async chooseLanguage(name: string): Promise<void> {
    await this.snippets.getByRole('button', { name, exact: true }).click()
  }

  async chooseProtocol(name: 'HTTP' | 'gRPC'): Promise<void> {
    await this.snippets.getByRole('radiogroup', { name: 'Protocol' }).getByText(name, { exact: true }).click()
  }

  async chooseShell(name: 'bash, zsh' | 'PowerShell'): Promise<void> {
    await this.snippets.getByRole('radiogroup', { name: 'Shell' }).getByText(name, { exact: true }).click()
  }

  /** Every language and place there is a snippet for. */
  get languages(): Locator {
    return this.snippets.getByRole('list').first().getByRole('button')
  }

  /** One step of the chosen snippet, by its title. */
  step(title: string): Locator {
    return this.snippets.getByRole('region', { name: title })
  }

  get steps(): Locator {
    return this.snippets.getByRole('region')
  }

  /** What a step says to paste, as shown. */
  code(step: Locator): Locator {
    return step.getByRole('code')
  }

  copyButton(step: Locator): Locator {
    return step.getByRole('button', { name: /^Copy / })
  }

  async copyEndpoint(name: 'OTLP/HTTP' | 'OTLP/gRPC'): Promise<void> {
    await this.endpoints.getByRole('button', { name: `Copy ${name} endpoint` }).click()
  }

  /** What was copied last. */
  clipboard(): Promise<string> {
    return this.#page.evaluate<string>('navigator.clipboard.readText()')
  }
}

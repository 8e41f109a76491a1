/** What a page complains about while a test runs: errors in the console, broken content policies, uncaught errors. */

import type { ConsoleMessage, Page } from '@playwright/test'

export class Problems {
  readonly #found: string[] = []
  readonly #allowed: RegExp[] = []

  watch(page: Page): void {
    page.on('console', (message) => {
      // The browser reports what a content security policy stopped as an error in the console.
      if (message.type() === 'error' || message.type() === 'warning') this.#found.push(textOf(message))
    })
    page.on('pageerror', (error) => this.#found.push(`uncaught: ${error.stack ?? error.message}`))
    page.on('crash', () => this.#found.push('the page crashed'))
  }

  /** For a test in which something is meant to fail, such as the connection. */
  allow(...patterns: readonly RegExp[]): void {
    this.#allowed.push(...patterns)
  }

  /** Everything that was not allowed. */
  get unexpected(): readonly string[] {
    return this.#found.filter((problem) => !this.#allowed.some((pattern) => pattern.test(problem)))
  }
}

function textOf(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location()
  return `console ${message.type()}: ${message.text()} (${url}:${lineNumber})`
}

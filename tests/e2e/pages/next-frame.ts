/** Waits for the browser to draw. */

import type { Page } from '@playwright/test'

/** Resolves when what was changed before the call has been laid out and painted. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
}

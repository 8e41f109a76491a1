/** In the page's own world: puts what the preload exposes on the window. Runs before the page's scripts. */

import { openBridge } from './bridge.ts'
import type { Secrets } from './messages.ts'

export function openMainWorld(secrets: Secrets): void {
  openBridge(`${secrets.event}:main`, `${secrets.event}:preload`, (key, api) => {
    Object.defineProperty(window, key, { value: api, enumerable: true, writable: false, configurable: false })
  })
}

/** Remembers in a file where the window was, and says where to open it. */

import { type BrowserWindow, screen } from 'electron'
import { readJson, writeJson } from './json-file.ts'
import { type Placement, placementOn, readPlacements, remember } from './window-placement.ts'

export class WindowMemory {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** Only once the app is ready. */
  placement(): Placement {
    const primary = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
    return placementOn([primary, ...others], readPlacements(readJson(this.#file)))
  }

  /** Writes the window's place down when it closes. */
  follow(window: BrowserWindow): void {
    window.on('close', () => {
      const bounds = window.getNormalBounds()
      const placement = { bounds, isMaximized: window.isMaximized() }
      const display = screen.getDisplayMatching(window.getBounds())
      writeJson(this.#file, remember(readPlacements(readJson(this.#file)), display, placement))
    })
  }
}

/** `screen`: one display. */

import { requireReady } from './readiness.ts'
import { StrictEmitter, strict } from './strict.ts'

export const screenBounds = { x: 0, y: 0, width: 1920, height: 1080 } as const

const display = {
  id: 1,
  label: 'stand-in',
  bounds: screenBounds,
  workArea: { x: 0, y: 28, width: 1920, height: 1052 },
  size: { width: 1920, height: 1080 },
  workAreaSize: { width: 1920, height: 1052 },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
} as const

class Screen extends StrictEmitter {
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed'])
  }

  getPrimaryDisplay(): object {
    return this.#display()
  }

  getAllDisplays(): object[] {
    return [this.#display()]
  }

  getDisplayMatching(_bounds: object): object {
    return this.#display()
  }

  getDisplayNearestPoint(_point: object): object {
    return this.#display()
  }

  #display(): object {
    requireReady("The 'screen' module")
    return strict('display', { ...display })
  }
}

export const screen = strict('screen', new Screen())

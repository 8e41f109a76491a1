/** The icon beside the clock: says what comes in, opens the window, quits. Off unless asked for. */

import { Menu, Tray } from 'electron'

export interface TrayActions {
  open(): void
  quit(): void
}

export class IngestTray {
  readonly #icon: string
  readonly #actions: TrayActions
  #tray: Tray | undefined
  #text = 'Starting'

  constructor(icon: string, actions: TrayActions) {
    this.#icon = icon
    this.#actions = actions
  }

  show(isShown: boolean): void {
    if (!isShown) {
      this.#tray?.destroy()
      this.#tray = undefined
    } else if (this.#tray === undefined) {
      this.#tray = new Tray(this.#icon)
      this.#tray.on('click', () => this.#actions.open())
      this.#draw()
    }
  }

  say(text: string): void {
    if (text === this.#text) return
    this.#text = text
    this.#draw()
  }

  #draw(): void {
    this.#tray?.setToolTip(`Spanlight: ${this.#text}`)
    this.#tray?.setContextMenu(
      Menu.buildFromTemplate([
        { label: this.#text, enabled: false },
        { type: 'separator' },
        { label: 'Open Spanlight', click: () => this.#actions.open() },
        { label: 'Quit', click: () => this.#actions.quit() },
      ]),
    )
  }
}

/** The shell's own settings, kept in one small file. */

import type { ShellSettings, ThemeChoice } from '#shared/contract/host.ts'
import { readJson, writeJson } from './json-file.ts'

const defaults: ShellSettings = { tray: false, theme: 'auto' }
const themes: readonly unknown[] = ['light', 'dark', 'auto'] satisfies ThemeChoice[]

/** The known settings in what a page or a file says; everything else is ignored. */
export function readSettings(value: unknown): Partial<ShellSettings> {
  if (typeof value !== 'object' || value === null) return {}
  const { tray, theme } = value as Partial<Record<keyof ShellSettings, unknown>>
  return {
    ...(typeof tray === 'boolean' ? { tray } : {}),
    ...(themes.includes(theme) ? { theme: theme as ThemeChoice } : {}),
  }
}

export class ShellSettingsFile {
  readonly #file: string
  #settings: ShellSettings

  constructor(file: string) {
    this.#file = file
    this.#settings = { ...defaults, ...readSettings(readJson(file)) }
  }

  get current(): ShellSettings {
    return this.#settings
  }

  change(change: Partial<ShellSettings>): ShellSettings {
    const before = JSON.stringify(this.#settings)
    this.#settings = { ...this.#settings, ...change }
    if (JSON.stringify(this.#settings) !== before) writeJson(this.#file, this.#settings)
    return this.#settings
  }
}

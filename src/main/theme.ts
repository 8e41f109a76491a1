/** The window's colour before the page has painted, and light or dark as the person chose or the system has it. */

import { nativeTheme } from 'electron'
import type { ThemeChoice } from '#shared/contract/host.ts'

/** The page's grounds (`--bg` in the renderer's tokens). */
const backgrounds = { light: '#f5f6f8', dark: '#0e1014' } as const

export function windowBackground(): string {
  return nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light
}

export function setTheme(choice: ThemeChoice): void {
  nativeTheme.themeSource = choice === 'auto' ? 'system' : choice
}

export function onThemeChange(changed: () => void): void {
  nativeTheme.on('updated', changed)
}

/** The desktop app as its specs see it, whichever host runs it: real Electron or the stand-in. */

import type { Page } from '@playwright/test'
import type * as electron from 'electron'

export interface StartOptions {
  /** What holds `package.json` and the built app. */
  readonly appFolder: string
  readonly args: readonly string[]
  /** Called with the page of the first window before it has loaded anything. */
  readonly onPage?: (page: Page) => void
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** What the code that `evaluate` runs in main is given. */
export interface InMain {
  readonly app: electron.App
  readonly BrowserWindow: typeof electron.BrowserWindow
  readonly dialog: electron.Dialog
  readonly Menu: typeof electron.Menu
  readonly shell: electron.Shell
  readonly nativeTheme: electron.NativeTheme
}

export interface DesktopApp {
  /** The first window. */
  readonly page: Page
  readonly pid: number
  readonly ended: Promise<Ended>
  /** Runs `code` in main, beside the app; it sees nothing but its two arguments. */
  evaluate<Result, Argument = undefined>(
    code: (electron: InMain, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>
  /** What main and the engine wrote so far. */
  output(): string
  /** Ends it if it still runs, the hard way. */
  dispose(): Promise<void>
}

export interface DesktopHost {
  /** As `npm test` tells it. */
  readonly name: string
  readonly isReal: boolean
  /** Resolves with the first window's page there. */
  start(options: StartOptions): Promise<DesktopApp>
  /** Runs the app for as long as it lasts by itself, such as a second instance. */
  run(options: Omit<StartOptions, 'onPage'>): Promise<Ended & { readonly output: string }>
}

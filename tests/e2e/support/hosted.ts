/** For specs that must hold in every host: a test whose app runs in a browser or, where the desktop specs run, in a window. */

import type { PlaywrightTestArgs, PlaywrightTestOptions, TestType } from '@playwright/test'
import { test as inWindow } from '../../desktop/support/fixtures.ts'
import { test as inBrowser } from './fixtures.ts'
import type { Screens } from './screens.ts'
import type { Sender } from './sender.ts'

/** What every host has. */
interface Hosted extends Screens, PlaywrightTestArgs, PlaywrightTestOptions {
  readonly app: { readonly db: string; readonly otlpGrpc: string; readonly otlpHttp: string }
  readonly send: Sender
  /** Opens a screen, such as `/logs`. */
  readonly open: (path: string) => Promise<void>
}

const isDesktop = process.env.SPANLIGHT_TEST_HOST === 'desktop'

export const test = (isDesktop ? inWindow : inBrowser) as unknown as TestType<Hosted, object>

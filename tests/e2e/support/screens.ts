/** The app's screens by name, as fixtures over whichever page shows it: a browser's or a desktop window's. */

import type { Page } from '@playwright/test'
import { ConnectPage } from '../pages/connect.ts'
import { Frame } from '../pages/frame.ts'
import { ImportsPage } from '../pages/imports.ts'
import { LoadLabPage } from '../pages/loadlab.ts'
import { LogsPage } from '../pages/logs.ts'
import { MetricsPage } from '../pages/metrics.ts'
import { OverviewPage } from '../pages/overview.ts'
import { Palette } from '../pages/palette.ts'
import { SettingsPage } from '../pages/settings.ts'
import { SqlPage } from '../pages/sql.ts'
import { TracePage } from '../pages/trace.ts'
import { TracesPage } from '../pages/traces.ts'

export interface Screens {
  readonly frame: Frame
  readonly palette: Palette
  readonly connectPage: ConnectPage
  readonly overviewPage: OverviewPage
  readonly tracesPage: TracesPage
  readonly tracePage: TracePage
  readonly logsPage: LogsPage
  readonly metricsPage: MetricsPage
  readonly loadLabPage: LoadLabPage
  readonly settingsPage: SettingsPage
  readonly sqlPage: SqlPage
  readonly imports: ImportsPage
}

interface OnPage {
  readonly page: Page
}

type Use<Screen> = (screen: Screen) => Promise<void>

export const screens = {
  frame: ({ page }: OnPage, use: Use<Frame>) => use(new Frame(page)),
  palette: ({ page }: OnPage, use: Use<Palette>) => use(new Palette(page)),
  connectPage: ({ page }: OnPage, use: Use<ConnectPage>) => use(new ConnectPage(page)),
  overviewPage: ({ page }: OnPage, use: Use<OverviewPage>) => use(new OverviewPage(page)),
  tracesPage: ({ page }: OnPage, use: Use<TracesPage>) => use(new TracesPage(page)),
  tracePage: ({ page }: OnPage, use: Use<TracePage>) => use(new TracePage(page)),
  logsPage: ({ page }: OnPage, use: Use<LogsPage>) => use(new LogsPage(page)),
  metricsPage: ({ page }: OnPage, use: Use<MetricsPage>) => use(new MetricsPage(page)),
  loadLabPage: ({ page }: OnPage, use: Use<LoadLabPage>) => use(new LoadLabPage(page)),
  settingsPage: ({ page }: OnPage, use: Use<SettingsPage>) => use(new SettingsPage(page)),
  sqlPage: ({ page }: OnPage, use: Use<SqlPage>) => use(new SqlPage(page)),
  imports: ({ page }: OnPage, use: Use<ImportsPage>) => use(new ImportsPage(page)),
}

/** The contract between the engine and everything that shows or asks: one file per feature. */

import { annotations } from './annotations.ts'
import { exports } from './exports.ts'
import { health } from './health.ts'
import { imports } from './imports.ts'
import { loadlab } from './loadlab.ts'
import { logs } from './logs.ts'
import { metrics } from './metrics.ts'
import { notes } from './notes.ts'
import { operations } from './operations.ts'
import { overview } from './overview.ts'
import { saturation } from './saturation.ts'
import { savedViews } from './saved-views.ts'
import { services } from './services.ts'
import { sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { sql } from './sql.ts'
import { status } from './status.ts'
import { traces } from './traces.ts'

/** Procedures with a route path are REST as well; the others serve the app alone. */
export const contract = {
  health,
  status,
  services,
  overview,
  operations,
  saturation,
  annotations,
  notes,
  savedViews,
  sessions,
  traces,
  logs,
  metrics,
  settings,
  imports,
  exports,
  loadlab,
  sql,
}
export type Contract = typeof contract

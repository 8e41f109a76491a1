/** Brings a database to the newest schema: one transaction per step, `PRAGMA user_version` tells how far it is. */

import type { Database } from 'better-sqlite3'
import { SpanlightError } from '#shared/contract/errors.ts'
import { migrations } from './migrations/index.ts'

export const schemaVersion = migrations.length

/** Throws `STORE_FROM_FUTURE`, before anything is written, for a file that a newer Spanlight made. */
export function migrate(db: Database, file: string, steps: readonly string[] = migrations): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > steps.length) {
    throw new SpanlightError(
      'STORE_FROM_FUTURE',
      `${file} was made by a newer Spanlight (schema ${version}, this one knows ${steps.length}). ` +
        'Update Spanlight, or choose another file with --db.',
    )
  }
  for (let step = version; step < steps.length; step++) {
    db.transaction(() => {
      db.exec(steps[step] ?? '')
      db.pragma(`user_version = ${step + 1}`)
    }).immediate()
  }
}

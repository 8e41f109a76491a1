/** Brings a database to the newest schema: one transaction per step, `PRAGMA user_version` tells how far it is. */

import type { Database } from 'better-sqlite3'
import { SpanlightError } from '#shared/contract/errors.ts'
import { migrations } from './migrations/index.ts'

export const schemaVersion = migrations.length

/** Throws `STORE_FROM_FUTURE` for a file that a newer Spanlight made. */
export function refuseFuture(db: Database, file: string, known: number = schemaVersion): void {
  const version = versionOf(db)
  if (version <= known) return
  throw new SpanlightError(
    'STORE_FROM_FUTURE',
    `${file} was made by a newer Spanlight (schema ${version}, this one knows ${known}). ` +
      'Update Spanlight, or choose another file.',
  )
}

/** Throws `STORE_FROM_FUTURE` before anything is written. */
export function migrate(db: Database, file: string, steps: readonly string[] = migrations): void {
  refuseFuture(db, file, steps.length)
  for (let step = versionOf(db); step < steps.length; step++) {
    db.transaction(() => {
      db.exec(steps[step] ?? '')
      db.pragma(`user_version = ${step + 1}`)
    }).immediate()
  }
}

export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

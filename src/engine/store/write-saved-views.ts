/** Saved views at rest: one of each name per screen. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { fromUnixMillis } from '#shared/model/time.ts'
import type { WriteDb } from './database.ts'

const maxSavedViews = 1_000

interface NamedView {
  readonly screen: string
  readonly name: string
  readonly search: string
}

export type SavedViewCommand =
  | { readonly name: 'saveView'; readonly view: NamedView }
  | { readonly name: 'renameView'; readonly id: number; readonly to: string }
  | { readonly name: 'removeView'; readonly id: number }

/** Within the caller's transaction. Throws NOT_FOUND, BAD_INPUT, TOO_LARGE. */
export function runSavedViewCommand(db: WriteDb, command: SavedViewCommand): void {
  if (command.name === 'saveView') saveView(db, command.view)
  else if (command.name === 'renameView') renameView(db, command.id, command.to)
  else if (db.prepare('DELETE FROM saved_view WHERE id = ?').run(command.id).changes === 0) throw gone()
}

function saveView(db: WriteDb, { screen, name, search }: NamedView): void {
  const others = db
    .prepare('SELECT count(*) FROM saved_view WHERE NOT (screen = ? AND name = ?)')
    .pluck()
    .get(screen, name) as bigint
  if (others >= BigInt(maxSavedViews)) {
    throw new SpanlightError('TOO_LARGE', `A session holds ${maxSavedViews} saved views at most. Delete some first.`)
  }
  db.prepare(
    `INSERT INTO saved_view (screen, name, search, created_unix_nano) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET search = excluded.search, created_unix_nano = excluded.created_unix_nano`,
  ).run(screen, name, search, fromUnixMillis(Date.now()))
}

function renameView(db: WriteDb, id: number, to: string): void {
  const screen = db.prepare('SELECT screen FROM saved_view WHERE id = ?').pluck().get(id) as string | undefined
  if (screen === undefined) throw gone()
  const taken = db.prepare('SELECT 1 FROM saved_view WHERE screen = ? AND name = ? AND id <> ?').get(screen, to, id)
  if (taken !== undefined) {
    throw new SpanlightError('BAD_INPUT', `Another view of this screen is called “${to}”. Choose another name.`)
  }
  db.prepare('UPDATE saved_view SET name = ? WHERE id = ?').run(to, id)
}

function gone(): SpanlightError {
  return new SpanlightError('NOT_FOUND', 'This view is gone: it was deleted elsewhere.')
}

/** Views and queries saved by name, of one screen or of all. */

import type { SavedView, ViewScreen } from '#shared/contract/saved-views.ts'
import type { QueryContext } from './context.ts'

interface ViewRow {
  readonly id: bigint
  readonly screen: ViewScreen
  readonly name: string
  readonly search: string
  readonly created_unix_nano: bigint
}

/** By name; a session holds 1000 at most. */
export function listSavedViews(
  { db }: QueryContext,
  { screen }: { readonly screen?: ViewScreen | undefined },
): { views: SavedView[] } {
  const rows = db
    .prepare('SELECT * FROM saved_view WHERE @screen IS NULL OR screen = @screen ORDER BY name COLLATE NOCASE, id')
    .all({ screen: screen ?? null }) as ViewRow[]
  return {
    views: rows.map(({ id, created_unix_nano, ...view }) => ({
      ...view,
      id: Number(id),
      createdUnixNano: created_unix_nano.toString(),
    })),
  }
}

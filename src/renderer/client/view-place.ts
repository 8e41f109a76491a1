/** Which screens can be saved as views, and where a view leads. */

import { type SavedView, type ViewScreen, viewScreens } from '#shared/contract/saved-views.ts'

/** The screen of a path such as `/traces`; undefined for one that is no list or chart with filters of its own. */
export function screenOf(path: string): Exclude<ViewScreen, 'sql'> | undefined {
  const screen = viewScreens.find((name) => path === `/${name}`)
  return screen === 'sql' ? undefined : screen
}

/** Statements of the SQL screen are kept like views, but they are no addresses. */
export function isOfScreen({ screen }: Pick<SavedView, 'screen'>): boolean {
  return screen !== 'sql'
}

/** As an address of the app. */
export function placeOf({ screen, search }: Pick<SavedView, 'screen' | 'search'>): string {
  return search === '' ? `/${screen}` : `/${screen}?${search}`
}

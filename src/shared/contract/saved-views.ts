/** Screens with their filters and range, and queries, kept under a name in the session. */

import { oc } from '@orpc/contract'
import { z } from 'zod'

export const viewScreens = ['overview', 'traces', 'logs', 'metrics', 'sql'] as const
export type ViewScreen = (typeof viewScreens)[number]

const maxViewNameLength = 100

const screen = z.enum(viewScreens)
const viewName = z.string().trim().min(1).max(maxViewNameLength)

export const savedViewSchema = z.object({
  id: z.number(),
  screen,
  name: z.string(),
  /** The screen's part of the address after the question mark; the query itself for `sql`. */
  search: z.string(),
  createdUnixNano: z.string(),
})
export type SavedView = z.infer<typeof savedViewSchema>

export const savedViews = {
  list: oc
    .route({ method: 'GET', path: '/saved-views', summary: 'Views and queries saved by name', tags: ['Views'] })
    .input(z.object({ screen: screen.optional() }))
    .output(z.object({ views: z.array(savedViewSchema) })),
  /** What has this name on this screen is replaced. Errors: TOO_LARGE when there are 1000. */
  save: oc.input(z.object({ screen, name: viewName, search: z.string().max(100_000) })).output(z.object({})),
  /** Errors: NOT_FOUND; BAD_INPUT for a name that another view of the screen has. */
  rename: oc.input(z.object({ id: z.number().int(), name: viewName })).output(z.object({})),
  /** Errors: NOT_FOUND. */
  remove: oc.input(z.object({ id: z.number().int() })).output(z.object({})),
}

/** The SQL screen's state in the URL: the statement on show, and how its rows are drawn. */

import { z } from 'zod'
import { linkOf } from '../../client/sql-link.ts'

const oneOrMany = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))

export const sqlUrlSchema = z.object({
  /** The statement that was run last. */
  q: z.string().optional().catch(undefined),
  view: z.enum(['chart']).optional().catch(undefined),
  /** Columns of the chart, by name. */
  x: z.string().optional().catch(undefined),
  y: oneOrMany.optional().catch(undefined),
  /** The column whose values are lines of their own. */
  by: z.string().optional().catch(undefined),
  shape: z.enum(['bar']).optional().catch(undefined),
})
export type SqlUrl = z.output<typeof sqlUrlSchema>

/** Another statement: how the rows of the one before were drawn doesn't hold for it. */
export function openQuery(query: string): { readonly [K in keyof SqlUrl]?: SqlUrl[K] } {
  return { q: linkOf(query), view: undefined, x: undefined, y: undefined, by: undefined, shape: undefined }
}

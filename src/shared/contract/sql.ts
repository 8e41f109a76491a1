/** Statements of a person against the database: read-only, one at a time, in a process of their own. */

import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'

export const sqlLimits = {
  queryCharacters: 100_000,
  /** Unless told otherwise. */
  rows: 10_000,
  maxRows: 100_000,
  /** Of all rows together, as they cross. */
  resultBytes: 32 * 1024 * 1024,
  /** Of one value; what is longer is cut and says so. */
  cellBytes: 256 * 1024,
  /** Unless told otherwise. */
  timeMs: 30_000,
  maxTimeMs: 600_000,
  /** Statements that run at the same time. */
  running: 3,
} as const

/**
 * One value of a row, with nothing lost on the way: NULL, TEXT and INTEGER as themselves, and as an object what JSON can't tell:
 * integers beyond 2^53, REAL values that look like integers (or are infinite), BLOBs as hex, and text that was cut.
 */
export type SqlCell =
  | null
  | string
  | number
  | { readonly integer: string }
  | { readonly real: string }
  | { readonly hex: string; readonly bytes: number }
  | { readonly text: string; readonly characters: number }

export type SqlRow = readonly SqlCell[]

const columnSchema = z.object({
  name: z.string(),
  /** The column and its table or view where the value is one of theirs as it is. */
  origin: z.object({ table: z.string(), column: z.string() }).nullable(),
})
export type SqlColumn = z.infer<typeof columnSchema>

/** Why rows are missing at the end. */
const truncationSchema = z.enum(['rows', 'bytes'])
export type SqlTruncation = z.infer<typeof truncationSchema>

const sqlEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('columns'), columns: z.array(columnSchema) }),
  /** `rows` is JSON, `SqlRow[]`: written where the statement runs, and passed on unread. */
  z.object({ type: z.literal('rows'), rows: z.string() }),
  z.object({
    type: z.literal('end'),
    rowCount: z.number(),
    tookMs: z.number(),
    truncated: truncationSchema.nullable(),
  }),
])
export type SqlEvent = z.infer<typeof sqlEventSchema>

export function rowsOf({ rows }: Extract<SqlEvent, { type: 'rows' }>): readonly SqlRow[] {
  return JSON.parse(rows) as SqlRow[]
}

const sqlTableSchema = z.object({
  name: z.string(),
  kind: z.enum(['view', 'table']),
  /** What it is for; empty where this version of Spanlight doesn't know it. */
  about: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      about: z.string(),
      /** Binary JSON: `json(column)` reads it. */
      isJsonb: z.boolean(),
    }),
  ),
})
export type SqlTable = z.infer<typeof sqlTableSchema>

export const sqlRunSchema = z.object({
  query: z.string().max(sqlLimits.queryCharacters),
  maxRows: z.number().int().min(1).max(sqlLimits.maxRows).default(sqlLimits.rows),
  timeLimitMs: z.number().int().min(100).max(sqlLimits.maxTimeMs).default(sqlLimits.timeMs),
})

export const sql = {
  /** Views first, then tables, as they are in the file. */
  schema: oc.output(z.object({ tables: z.array(sqlTableSchema) })),
  /**
   * Columns, then rows in pages, then the end. Ending the stream ends the statement at once.
   * Errors: BAD_QUERY, with `data.position` (a character of the query) where it is known; TOO_LARGE for too much time or
   * memory; BUSY while too many run.
   */
  run: oc.input(sqlRunSchema).output(eventIterator(sqlEventSchema)),
}

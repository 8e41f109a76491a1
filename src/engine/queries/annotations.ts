/** Marks that touch a range of time. */

import type { Annotation } from '#shared/contract/annotations.ts'
import { maxUnixNano } from '#shared/model/time.ts'
import type { QueryContext } from './context.ts'

const maxAnnotations = 500

interface AnnotationRow {
  readonly id: bigint
  readonly is_note: bigint
  readonly start_unix_nano: bigint
  readonly end_unix_nano: bigint | null
  readonly kind: string
  readonly text: string
  readonly service: string
}

export interface AnnotationList {
  readonly annotations: Annotation[]
  readonly annotationCount: number
}

const marks = `
  SELECT id, 0 AS is_note, start_unix_nano, end_unix_nano, kind, text, service FROM annotation
   WHERE start_unix_nano < @end AND
     (start_unix_nano >= @start OR end_unix_nano >= @start OR (end_unix_nano IS NULL AND kind = 'fault'))
   UNION ALL
  SELECT id, 1, at_unix_nano, end_unix_nano, 'note', text, '' FROM note
   WHERE trace_id IS NULL AND at_unix_nano < @end AND (at_unix_nano >= @start OR end_unix_nano >= @start)`

/** Oldest first: the newest 500 of the range, and how many there are. A fault without an end goes on. */
export function listAnnotations(
  { db }: QueryContext,
  { start, end }: { readonly start?: string | undefined; readonly end?: string | undefined },
): AnnotationList {
  const range = { start: BigInt(start ?? 0), end: end === undefined ? maxUnixNano : BigInt(end) }
  const rows = db
    .prepare(`${marks} ORDER BY start_unix_nano DESC, is_note DESC, id DESC LIMIT ?`)
    .all(maxAnnotations, range) as AnnotationRow[]
  const count = db.prepare(`SELECT count(*) FROM (${marks})`).pluck().get(range)
  return {
    annotations: rows.reverse().map(({ id, is_note, start_unix_nano, end_unix_nano, ...told }) => ({
      ...told,
      id: Number(id),
      isNote: is_note === 1n,
      startUnixNano: start_unix_nano.toString(),
      endUnixNano: end_unix_nano === null ? null : end_unix_nano.toString(),
    })),
    annotationCount: Number(count),
  }
}

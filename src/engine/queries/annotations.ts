/** Marks that touch a range of time. */

import type { Annotation } from '#shared/contract/annotations.ts'
import { maxUnixNano } from '#shared/model/time.ts'
import type { QueryContext } from './context.ts'

const maxAnnotations = 500

interface AnnotationRow {
  readonly id: bigint
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

/** Oldest first: the newest 500 of the range, and how many there are. A fault without an end goes on. */
export function listAnnotations(
  { db }: QueryContext,
  { start, end }: { readonly start?: string | undefined; readonly end?: string | undefined },
): AnnotationList {
  const range = { start: BigInt(start ?? 0), end: end === undefined ? maxUnixNano : BigInt(end) }
  const touching = `start_unix_nano < @end AND
    (start_unix_nano >= @start OR end_unix_nano >= @start OR (end_unix_nano IS NULL AND kind = 'fault'))`
  const rows = db
    .prepare(`SELECT * FROM annotation WHERE ${touching} ORDER BY start_unix_nano DESC, id DESC LIMIT ?`)
    .all(maxAnnotations, range) as AnnotationRow[]
  const count = db.prepare(`SELECT count(*) FROM annotation WHERE ${touching}`).pluck().get(range)
  return {
    annotations: rows.reverse().map(({ id, start_unix_nano, end_unix_nano, kind, text, service }) => ({
      id: Number(id),
      startUnixNano: start_unix_nano.toString(),
      endUnixNano: end_unix_nano === null ? null : end_unix_nano.toString(),
      kind,
      text,
      service,
    })),
    annotationCount: Number(count),
  }
}

/** Marks on every time chart: what arrives as log records named `spanlight.annotation`, and notes on a time. */

import { oc } from '@orpc/contract'
import { z } from 'zod'
import { timeRange } from './inputs.ts'

export const annotationSchema = z.object({
  /** Of an annotation; of a note among notes, where `isNote` says so. */
  id: z.number(),
  /** A note a person wrote on this time; see `/notes`. */
  isNote: z.boolean(),
  startUnixNano: z.string(),
  /** Null for a moment, and for something that has not ended yet. */
  endUnixNano: z.string().nullable(),
  /** `fault`, `deployment`, `note`, `alert`, or what the sender called it. */
  kind: z.string(),
  text: z.string(),
  /** `service.name` of the sender. */
  service: z.string(),
})
export type Annotation = z.infer<typeof annotationSchema>

export const annotations = {
  list: oc
    .route({ method: 'GET', path: '/annotations', summary: 'Marks that touch a range of time', tags: ['Overview'] })
    .input(z.object(timeRange))
    .output(
      z.object({
        /** Oldest first: the newest 500 of the range. */
        annotations: z.array(annotationSchema),
        annotationCount: z.number(),
      }),
    ),
  /** Takes a mark off the charts; the log record it came from stays. */
  remove: oc.input(z.object({ id: z.number().int() })).output(z.object({})),
}

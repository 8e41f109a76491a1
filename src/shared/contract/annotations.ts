/** Marks on every time chart: faults, deployments, notes. They arrive as log records named `spanlight.annotation`. */

import { oc } from '@orpc/contract'
import { z } from 'zod'
import { timeRange } from './inputs.ts'

export const annotationSchema = z.object({
  id: z.number(),
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

const instantText = z.string().regex(/^\d{1,19}$/, 'must be nanoseconds since the Unix epoch as a decimal string')

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
  /** Marks a moment or a span of time as a `note`. It is stored as any sender's annotation is: a log record of this app. */
  add: oc
    .input(
      z.object({
        text: z.string().trim().min(1).max(500),
        startUnixNano: instantText,
        endUnixNano: instantText.optional(),
      }),
    )
    .output(z.object({})),
  /** Takes a mark off the charts; the log record it came from stays. */
  remove: oc.input(z.object({ id: z.number().int() })).output(z.object({})),
}

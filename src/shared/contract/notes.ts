/** Notes a person writes on a trace, a span or a time: they travel with the file and outlive what they are about. */

import { oc } from '@orpc/contract'
import { z } from 'zod'
import { instant, spanId, timeRange, traceId } from './inputs.ts'

const maxNoteLength = 4_000

/** Lines may break; what is invisible at the ends goes. */
const noteText = z.string().trim().min(1).max(maxNoteLength)

export const noteSchema = z.object({
  id: z.number(),
  /** Null for a note on a time. */
  traceId: z.string().nullable(),
  /** Null for a note on a whole trace or on a time. */
  spanId: z.string().nullable(),
  /** When that trace or span started, or the time itself. */
  atUnixNano: z.string(),
  /** End of that time; null for a moment, a trace and a span. */
  endUnixNano: z.string().nullable(),
  /** Service and name of the trace's root or of the span, as they were when the note was written; empty for a time. */
  about: z.string(),
  text: z.string(),
  createdUnixNano: z.string(),
  changedUnixNano: z.string(),
  /** Whether its trace still lies in this store; true for a time. */
  stored: z.boolean(),
})
export type Note = z.infer<typeof noteSchema>

/** Strict: a note on a trace that also names a time would be about two things. */
const noteSubjectSchema = z.union([
  z.strictObject({ traceId, spanId: spanId.optional() }),
  z.strictObject({ atUnixNano: instant, endUnixNano: instant.optional() }),
])

export const notes = {
  list: oc
    .route({ method: 'GET', path: '/notes', summary: 'Notes on traces, spans and times', tags: ['Notes'] })
    .input(z.object({ traceId: traceId.optional().meta({ description: 'Of this trace and its spans' }), ...timeRange }))
    .output(
      z.object({
        /** Of one trace in order of writing, else by the time they are about, newest first; at most 1000. */
        notes: z.array(noteSchema),
        noteCount: z.number(),
      }),
    ),
  /** Traces that have notes, on them or on one of their spans, for marks in lists. */
  traces: oc.output(z.object({ traces: z.array(z.object({ traceId: z.string(), count: z.number() })) })),
  /** Errors: NOT_FOUND for a trace or span that isn't stored, TOO_LARGE when there are 10 000 notes. */
  add: oc.input(z.object({ subject: noteSubjectSchema, text: noteText })).output(z.object({})),
  /** Errors: NOT_FOUND. */
  edit: oc.input(z.object({ id: z.number().int(), text: noteText })).output(z.object({})),
  /** Errors: NOT_FOUND. */
  remove: oc.input(z.object({ id: z.number().int() })).output(z.object({})),
}

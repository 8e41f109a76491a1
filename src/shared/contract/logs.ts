/** Log records: search, histogram, and the logs of one trace. */

import { oc } from '@orpc/contract'
import { z } from 'zod'
import { lowestSeverity, maxSeverityNumber, severityLevels } from '../model/severity.ts'
import { cursor, limit, timeRange, traceId } from './inputs.ts'

/** A severity number or a level's name. */
const severity = z
  .union([z.coerce.number().int().min(0).max(maxSeverityNumber), z.enum(severityLevels)])
  .transform((value) => (typeof value === 'number' ? value : lowestSeverity(value)))

export const logFilterSchema = z.object({
  service: z.string().optional(),
  minSeverity: severity
    .optional()
    .meta({ description: 'Severity number (1-24) or trace, debug, info, warn, error, fatal' }),
  q: z.string().max(1000).optional().meta({
    description: 'Words that all occur in the record, each also as a beginning; "a phrase"; -word excludes',
  }),
  traceId: traceId.optional(),
  spanId: z
    .string()
    .regex(/^[0-9a-fA-F]{16}$/, 'must be 16 hex digits')
    .transform((text) => text.toLowerCase())
    .optional(),
  ...timeRange,
})

export const logListInputSchema = logFilterSchema.extend({
  order: z.enum(['newest', 'oldest']).default('newest'),
  /** What live tail asks for: a record's own time says nothing about when it arrived. */
  afterId: z.coerce
    .number()
    .int()
    .nonnegative()
    .optional()
    .meta({ description: 'Only records stored after the one with this id' }),
  limit,
  cursor: cursor.optional(),
})
export type LogListInput = z.infer<typeof logListInputSchema>

export const logSchema = z.object({
  /** Stable within this store; what lists key their rows by. */
  id: z.number(),
  /** The record's time, or the observed time where it has none. */
  timeUnixNano: z.string(),
  severityNumber: z.number(),
  severityText: z.string(),
  body: z.unknown(),
  serviceName: z.string(),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
  eventName: z.string(),
  attributes: z.record(z.string(), z.unknown()),
})
export type Log = z.infer<typeof logSchema>

export const logDetailsSchema = logSchema.extend({
  observedTimeUnixNano: z.string(),
  flags: z.number(),
  droppedAttributesCount: z.number(),
  resource: z.record(z.string(), z.unknown()),
  scope: z.object({ name: z.string(), version: z.string(), attributes: z.record(z.string(), z.unknown()) }),
})
export type LogDetails = z.infer<typeof logDetailsSchema>

export const logHistogramSchema = z.object({
  /** Start of the first bucket. */
  startUnixNano: z.string(),
  stepNs: z.number(),
  /** One row per level that occurs, one count per bucket. */
  series: z.array(z.object({ level: z.enum(severityLevels), counts: z.array(z.number()) })),
})
export type LogHistogram = z.infer<typeof logHistogramSchema>

export const logs = {
  list: oc
    .route({ method: 'GET', path: '/logs', summary: 'Find log records', tags: ['Logs'] })
    .input(logListInputSchema)
    .output(z.object({ logs: z.array(logSchema), nextCursor: z.string().nullable() })),
  details: oc.input(z.object({ id: z.number().int().nonnegative() })).output(logDetailsSchema),
  /** Counts per level over the range (the data's own range where none is given), in at most `buckets` steps. */
  histogram: oc
    .input(logFilterSchema.extend({ buckets: z.number().int().min(1).max(500).default(80) }))
    .output(logHistogramSchema),
}

/** Finding traces, and everything about one. */

import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { cursor, durationNs, flag, limit, timeRange, traceId } from './inputs.ts'
import { spanViews } from './overview.ts'

export const traceOrders = ['newest', 'slowest', 'errors'] as const
export type TraceOrder = (typeof traceOrders)[number]

/** What a filter's service, operation, times, duration and outcome speak of: the whole trace, or one span of it. */
export const filterSubjects = ['trace', ...spanViews] as const
export type FilterSubject = (typeof filterSubjects)[number]

/** `failed` is `error` or `implicit`. */
export const outcomeFilters = ['ok', 'failed', 'error', 'implicit'] as const
export type OutcomeFilter = (typeof outcomeFilters)[number]

export const traceFilterSchema = z.object({
  of: z.enum(filterSubjects).default('trace').meta({
    description:
      'What service, operation, start, end, durations and outcome speak of: the whole trace, or one and the same span of it (requests: an entry span)',
  }),
  outcome: z
    .enum(outcomeFilters)
    .optional()
    .meta({ description: 'How that span ended; of a trace: of any request of it' }),
  service: z.string().optional().meta({ description: 'A span of this service' }),
  operation: z.string().optional().meta({ description: 'A span of this name (of that service, if one is given)' }),
  attr: z
    .preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z.array(z.string().regex(/^[^=]+=/s, 'must be KEY=VALUE')).max(20),
    )
    .optional()
    .meta({ description: 'KEY=VALUE, repeatable: each is an attribute of any span of the trace or of its resource' }),
  minDurationNs: durationNs.optional().meta({ description: 'Of the whole trace or of that span, inclusive' }),
  maxDurationNs: durationNs.optional().meta({ description: 'Of the whole trace or of that span, inclusive' }),
  errors: flag.optional().meta({ description: 'true: only traces with a span in error' }),
  ...timeRange,
})

export const traceListInputSchema = traceFilterSchema.extend({
  order: z.enum(traceOrders).default('newest'),
  limit,
  cursor: cursor.optional(),
})
export type TraceListInput = z.infer<typeof traceListInputSchema>

export const traceSummarySchema = z.object({
  traceId: z.string(),
  /** Of the root; while no root has arrived, of the span that started first. */
  rootService: z.string(),
  rootOperation: z.string(),
  /** False while every span received names a parent. */
  rootReceived: z.boolean(),
  startTimeUnixNano: z.string(),
  durationNs: z.number(),
  spanCount: z.number(),
  /** Spans with status ERROR. */
  errorCount: z.number(),
  services: z.array(z.string()),
})
export type TraceSummary = z.infer<typeof traceSummarySchema>

/** Attributes as people read them (plain JSON; see `toPlainJson`). */
const plainAttributes = z.record(z.string(), z.unknown())

const spanEventSchema = z.object({
  name: z.string(),
  timeUnixNano: z.string(),
  attributes: plainAttributes,
  droppedAttributesCount: z.number(),
})

const spanLinkSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  traceState: z.string(),
  attributes: plainAttributes,
  droppedAttributesCount: z.number(),
  /** Whether that trace lies in this store. */
  stored: z.boolean(),
})

export const spanDetailsSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  /** 0 for the first span under these ids, then 1, 2, … for others that reuse them. */
  twin: z.number(),
  parentSpanId: z.string().nullable(),
  traceState: z.string(),
  flags: z.number(),
  service: z.string(),
  name: z.string(),
  kind: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  durationNs: z.number(),
  status: z.enum(['unset', 'ok', 'error']),
  statusMessage: z.string(),
  attributes: plainAttributes,
  resource: plainAttributes,
  scope: z.object({ name: z.string(), version: z.string(), attributes: plainAttributes }),
  events: z.array(spanEventSchema),
  links: z.array(spanLinkSchema),
  /** Spans elsewhere in the store whose links point here; at most 100. */
  linkedFrom: z.array(z.object({ traceId: z.string(), spanId: z.string() })),
  droppedAttributesCount: z.number(),
  droppedEventsCount: z.number(),
  droppedLinksCount: z.number(),
  /** The span as OTLP/JSON `ResourceSpans`, for "copy as JSON". */
  otlp: z.unknown(),
})
export type SpanDetails = z.infer<typeof spanDetailsSchema>

const spanKeySchema = z.object({ traceId, spanId: z.string(), twin: z.number().int().nonnegative().default(0) })

export const traces = {
  list: oc
    .route({ method: 'GET', path: '/traces', summary: 'Find traces', tags: ['Traces'] })
    .input(traceListInputSchema)
    .output(z.object({ traces: z.array(traceSummarySchema), nextCursor: z.string().nullable() })),
  otlp: oc
    .route({
      method: 'GET',
      path: '/traces/{traceId}',
      summary: 'One trace as OTLP/JSON `resourceSpans`, field for field what was sent',
      tags: ['Traces'],
    })
    .input(z.object({ traceId }))
    .output(type<Blob>()),
  logsOtlp: oc
    .route({
      method: 'GET',
      path: '/traces/{traceId}/logs',
      summary: "One trace's logs as OTLP/JSON `resourceLogs`",
      tags: ['Traces'],
    })
    .input(z.object({ traceId }))
    .output(type<Blob>()),
  summary: oc.input(z.object({ traceId })).output(traceSummarySchema),
  /** The whole trace as columns; `decodeWaterfall` reads it. */
  waterfall: oc.input(z.object({ traceId })).output(type<Blob>()),
  span: oc.input(spanKeySchema).output(spanDetailsSchema),
  /** Spans of the trace whose name, service, ids, status, attributes or events contain the text, case-insensitive. */
  find: oc
    .input(z.object({ traceId, text: z.string().min(1).max(1000) }))
    .output(z.object({ spans: z.array(z.object({ spanId: z.string(), twin: z.number() })) })),
}

/** Golden signals over time: requests, errors and latency percentiles, from rollups folded as spans arrive. */

import { oc } from '@orpc/contract'
import { z } from 'zod'
import { flag, timeRange } from './inputs.ts'

/**
 * Which spans count. `requests` are entry spans: kind SERVER or CONSUMER, or without a parent whatever the kind. The others
 * are all spans of these kinds; kinds are never mixed, because one failed call is an error on both its ends.
 */
export const spanViews = ['requests', 'clients', 'producers', 'internal'] as const
export type SpanView = (typeof spanViews)[number]

export const spanView = z
  .enum(spanViews)
  .default('requests')
  .meta({ description: 'Which spans count: entry spans (requests), or all spans of one kind' })

const stepSeconds = z.coerce
  .number()
  .int()
  .min(1, 'must be at least 1')
  .max(366 * 86_400)
  .meta({ description: 'Width of a bucket; the answer names the width really used' })

const rangeFields = {
  ...timeRange,
  stepSeconds: stepSeconds.optional(),
  view: spanView,
}

export const overviewInputSchema = z.object({
  service: z.string().optional(),
  operation: z.string().optional().meta({ description: 'Span name' }),
  kind: z.string().optional().meta({ description: 'Span kind of that operation, as `GET /api/operations` names it' }),
  compare: flag.optional().meta({ description: 'true: also the totals of the window of equal length just before' }),
  ...rangeFields,
})
export type OverviewInput = z.infer<typeof overviewInputSchema>

const nanos = z.number().nullable()

/** Latency of one group of requests. Percentiles are by nearest rank, null where there are none. */
export const latencySchema = z.object({
  /** Requests; kept spans of sampled traces stand for their inverse probability (`ot=th` in `tracestate`). */
  count: z.number(),
  /** Spans behind the percentiles; equals `count` unless something was sampled before it was sent. */
  n: z.number(),
  p50Ns: nanos,
  p95Ns: nanos,
  p99Ns: nanos,
  maxNs: nanos,
})
export type Latency = z.infer<typeof latencySchema>

const signalFields = {
  requests: z.number(),
  /** Requests whose span has status ERROR. */
  errors: z.number(),
  /** Requests that failed although their status doesn't say so. */
  implicitErrors: z.number(),
  /** Messages: spans of kind PRODUCER and CONSUMER. */
  produced: z.number(),
  consumed: z.number(),
  /** Requests without an error. */
  ok: latencySchema,
  /** Failed requests, explicit or implicit. */
  error: latencySchema,
  /** All requests, failed ones included. */
  all: latencySchema,
}

export const signalBucketSchema = z.object({ startUnixNano: z.string(), ...signalFields })
export type SignalBucket = z.infer<typeof signalBucketSchema>

export const signalTotalsSchema = z.object({
  ...signalFields,
  /** Requests per second. */
  ratePerSecond: z.number(),
  /** Explicit errors as a share of requests; null without requests. */
  errorRatio: z.number().nullable(),
  implicitErrorRatio: z.number().nullable(),
})
export type SignalTotals = z.infer<typeof signalTotalsSchema>

/** The range and step really used: widened outward to whole buckets. */
const usedRange = { startUnixNano: z.string(), endUnixNano: z.string(), stepSeconds: z.number() }

export const overviewSchema = z.object({
  ...usedRange,
  /** How percentiles were found, for people. */
  method: z.string(),
  /** Percentiles are off by at most this share of their value. */
  relativeError: z.number(),
  /** Every bucket of the range in order, empty ones included; none in an empty store without a range. */
  buckets: z.array(signalBucketSchema),
  totals: signalTotalsSchema,
  /** Totals of the window just before; null unless asked for, or when most of it lies before anything was received. */
  previous: signalTotalsSchema.nullable(),
})
export type Overview = z.infer<typeof overviewSchema>

export const heatmapSchema = z.object({
  ...usedRange,
  /** Edges of the rows in nanoseconds, ascending, each a constant factor above the last; empty without requests. */
  boundsNs: z.array(z.number()),
  /** For every bucket the requests of each row: `counts[bucket][row]`. */
  counts: z.array(z.array(z.number())),
})
export type Heatmap = z.infer<typeof heatmapSchema>

export const exemplarSchema = z.object({
  /** Bucket it stands for. */
  startUnixNano: z.string(),
  /** Whether it is the slowest of its bucket, or lies nearest to its P99. */
  role: z.enum(['max', 'p99']),
  outcome: z.enum(['ok', 'error', 'implicit']),
  traceId: z.string(),
  spanId: z.string(),
  timeUnixNano: z.string(),
  durationNs: z.number(),
})
export type OverviewExemplar = z.infer<typeof exemplarSchema>

const filterFields = {
  service: true,
  operation: true,
  kind: true,
  start: true,
  end: true,
  stepSeconds: true,
  view: true,
} as const

export const overview = {
  get: oc
    .route({ method: 'GET', path: '/overview', summary: 'Golden signals over time', tags: ['Overview'] })
    .input(overviewInputSchema)
    .output(overviewSchema),
  heatmap: oc
    .route({ method: 'GET', path: '/overview/heatmap', summary: 'Requests by time and duration', tags: ['Overview'] })
    .input(overviewInputSchema.pick(filterFields))
    .output(heatmapSchema),
  exemplars: oc
    .route({ method: 'GET', path: '/overview/exemplars', summary: 'Real spans behind each bucket', tags: ['Overview'] })
    .input(overviewInputSchema.pick(filterFields))
    .output(z.object({ ...usedRange, exemplars: z.array(exemplarSchema) })),
}

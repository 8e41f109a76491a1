/** Operations with their golden signals, and the latency each is meant to have. */

import { oc } from '@orpc/contract'
import { z } from 'zod'
import { durationNs, timeRange } from './inputs.ts'
import { spanView } from './overview.ts'

const nanos = z.number().nullable()

/** T of Apdex until a person sets another for an operation. */
export const defaultApdexThresholdNs = 500_000_000

export const operationSignalsSchema = z.object({
  service: z.string(),
  operation: z.string(),
  kind: z.string(),
  requests: z.number(),
  ratePerSecond: z.number(),
  /** Requests whose span has status ERROR. */
  errors: z.number(),
  /** `errors` / `requests`. */
  errorRatio: z.number(),
  implicitErrors: z.number(),
  /** Spans behind the percentiles. */
  n: z.number(),
  p50Ns: nanos,
  p95Ns: nanos,
  p99Ns: nanos,
  /** Share of the time all listed operations took together, 0 to 1. */
  shareOfTime: z.number(),
  /** (satisfied + tolerating / 2) / requests; satisfied took at most T, tolerating at most 4 T, failed requests are neither. */
  apdex: z.number().nullable(),
  apdexThresholdNs: z.number(),
  /** P99 of each bucket of the range, null where there were no requests; absent unless asked for. */
  p99History: z.array(nanos).optional(),
})
export type OperationSignals = z.infer<typeof operationSignalsSchema>

export const operationListInputSchema = z.object({
  service: z.string().optional(),
  ...timeRange,
  view: spanView,
  history: z.coerce
    .number()
    .int()
    .min(2)
    .max(120)
    .optional()
    .meta({ description: 'About how many buckets of P99 history each operation gets; none unless told' }),
})
export type OperationListInput = z.infer<typeof operationListInputSchema>

const apdexThresholdInputSchema = z.object({
  service: z.string(),
  operation: z.string(),
  kind: z.string(),
  thresholdNs: durationNs.min(1).nullable(),
})
export type ApdexThresholdInput = z.infer<typeof apdexThresholdInputSchema>

export const operations = {
  list: oc
    .route({ method: 'GET', path: '/operations', summary: 'Operations by share of time', tags: ['Overview'] })
    .input(operationListInputSchema)
    .output(
      z.object({
        startUnixNano: z.string(),
        endUnixNano: z.string(),
        method: z.string(),
        relativeError: z.number(),
        /** Largest share of time first, at most 1000. */
        operations: z.array(operationSignalsSchema),
        /** How many there are; more than are listed when this exceeds 1000. */
        operationCount: z.number(),
      }),
    ),
  /** Sets T of Apdex for one operation; null returns to the default. */
  setApdexThreshold: oc.input(apdexThresholdInputSchema).output(z.object({})),
}

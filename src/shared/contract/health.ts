/** Whether the engine is well, what it received and what it lost. */

import { oc } from '@orpc/contract'
import { z } from 'zod'

export const countsSchema = z.object({
  spans: z.number(),
  traces: z.number(),
  logs: z.number(),
  points: z.number(),
})
export type Counts = z.infer<typeof countsSchema>

export const lossSchema = z.object({
  signal: z.string(),
  reason: z.string(),
  /** How many records were rejected or pruned for this reason. */
  count: z.number(),
})
export type Loss = z.infer<typeof lossSchema>

export const healthSchema = z.object({
  /** `ok`, or `degraded` when the store can't be written. */
  status: z.enum(['ok', 'degraded']),
  version: z.string(),
  /** URLs the OTLP receivers are bound to. */
  receivers: z.object({ grpc: z.string(), http: z.string() }),
  counts: countsSchema,
  losses: z.array(lossSchema),
})
export type Health = z.infer<typeof healthSchema>

export const health = {
  get: oc
    .route({ method: 'GET', path: '/health', summary: 'State, bound receivers, counts and losses', tags: ['Engine'] })
    .output(healthSchema),
}

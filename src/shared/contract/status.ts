/** What the ingest status shows, pushed to the app when something changed. */

import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { countsSchema, lossSchema } from './health.ts'

export const statusSchema = z.object({
  version: z.string(),
  /** Grows with every commit that others can see; a view whose data may have changed reloads when it does. */
  revision: z.number(),
  state: z.enum(['receiving', 'idle', 'paused']),
  receivers: z.object({ grpc: z.string(), http: z.string() }),
  database: z.object({ path: z.string(), bytes: z.number() }),
  counts: countsSchema,
  /** Records per second over the last five seconds. */
  rates: z.object({ spans: z.number(), logs: z.number(), points: z.number() }),
  losses: z.array(lossSchema),
  /** Start of the newest span or time of the newest log; null in an empty store. */
  newestUnixNano: z.string().nullable(),
  /** Why the store can't be written now, in a sentence; null when it can. */
  problem: z.string().nullable(),
})
export type Status = z.infer<typeof statusSchema>

export const status = {
  get: oc.output(statusSchema),
  /** The status now and after each change, at most twice a second. */
  watch: oc.output(eventIterator(statusSchema)),
}

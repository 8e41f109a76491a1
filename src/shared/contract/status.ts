/** What the ingest status shows, pushed to the app when something changed. */

import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { countsSchema, lossSchema } from './health.ts'

const signalRates = z.object({ spans: z.number(), logs: z.number(), points: z.number() })

export const statusSchema = z.object({
  version: z.string(),
  /** Grows with every commit that others can see; a view whose data may have changed reloads when it does. */
  revision: z.number(),
  /** `read-only`: the session is only read, and nothing is received. */
  state: z.enum(['receiving', 'idle', 'paused', 'read-only']),
  receivers: z.object({ grpc: z.string(), http: z.string() }),
  database: z.object({ path: z.string(), bytes: z.number() }),
  session: z.object({
    /** Grows when another session is opened in place of the one before: nothing known of that holds for it. */
    serial: z.number(),
    /** Its title, else the file's name. */
    name: z.string(),
    /** What to know about how it was opened; null for nothing. */
    notice: z.string().nullable(),
  }),
  counts: countsSchema,
  /** Records per second over the last five seconds. */
  rates: signalRates,
  losses: z.array(lossSchema),
  /** Start of the newest span or time of the newest log; null in an empty store. */
  newestUnixNano: z.string().nullable(),
  /** Why the store can't be written now, in a sentence; null when it can. */
  problem: z.string().nullable(),
})
export type Status = z.infer<typeof statusSchema>

/** A request that a receiver turned away, so that a developer sees why an exporter's data doesn't arrive. */
export const refusalSchema = z.object({
  atUnixNano: z.string(),
  transport: z.enum(['grpc', 'http']),
  /** HTTP path or gRPC method. */
  target: z.string(),
  /** HTTP status or gRPC status name. */
  status: z.string(),
  message: z.string(),
  /** Address and user agent of the sender, where known. */
  sender: z.string(),
  /** How often in a row, when the same sender repeats the same mistake. */
  count: z.number(),
})
export type Refusal = z.infer<typeof refusalSchema>

export const ingestDetailsSchema = z.object({
  /** Records per second over the last five seconds, busiest first. */
  services: z.array(signalRates.extend({ name: z.string() })),
  /** Requests admitted that wait for their commit. */
  queue: z.object({ requests: z.number(), bytes: z.number(), maxBytes: z.number() }),
  /** What was rejected or pruned, newest minute first, at most 500 rows. */
  losses: z.array(lossSchema.extend({ minuteUnixNano: z.string() })),
  /** The last 50, newest first; since this start. */
  refusals: z.array(refusalSchema),
})
export type IngestDetails = z.infer<typeof ingestDetailsSchema>

export const status = {
  ingest: oc.output(ingestDetailsSchema),
  get: oc.output(statusSchema),
  /** The status now and after each change, at most twice a second. */
  watch: oc.output(eventIterator(statusSchema)),
}

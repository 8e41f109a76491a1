/** What the load lab is doing now, pushed to the screen. */

import { z } from 'zod'
import { labJourneySchema, labProfiles, labTopologySchema } from './loadlab-catalog.ts'

/** Rates, ratios and percentiles of the lab are measured inside it, over this many seconds up to now. */
export const labWindowSeconds = 10

const flowSchema = z.object({
  /** Per second over the window: requests, queries or messages. */
  rate: z.number(),
  /** Failed share of these, 0 to 1. */
  errorRatio: z.number(),
  /** Null without any in the window. */
  p95Ms: z.number().nullable(),
})

/** Connections: in use, at most, and requests that wait for one. */
const poolSchema = z.object({ used: z.number(), max: z.number(), waiting: z.number() })

export const labNodeStateSchema = flowSchema.extend({
  name: z.string(),
  /** Of a database: the pools of all its clients together. */
  pool: poolSchema.nullable(),
  /** Of a cache: hits as a share of its lookups in the window, 0 to 1; null without lookups. */
  hitRatio: z.number().nullable(),
  /** Of a queue: messages that wait, all subscribers together. */
  queued: z.number().nullable(),
  /** Of a service: simulated, as its metrics report it. */
  cpuRatio: z.number().nullable(),
  memoryRatio: z.number().nullable(),
  /** What is wrong with it, in one or two words ("timeout", "restarting", "2.5.0"); null when nothing is injected there. */
  trouble: z.string().nullable(),
})
export type LabNodeState = z.infer<typeof labNodeStateSchema>

export const labEdgeStateSchema = flowSchema.extend({
  from: z.string(),
  to: z.string(),
  /** Of a query edge to a database: this client's pool. */
  pool: poolSchema.nullable(),
  /** Of a consume edge: messages that wait for this subscriber. */
  queued: z.number().nullable(),
})
export type LabEdgeState = z.infer<typeof labEdgeStateSchema>

export const activeFaultSchema = z.object({
  /** `fault@where`: a fault can be on in several places at once, in each only once. */
  id: z.string(),
  fault: z.string(),
  where: z.string(),
  /** In the unit of its strength; null for faults without. */
  strength: z.number().nullable(),
  sinceUnixNano: z.string(),
  /** When it ends by itself; null: when somebody ends it. */
  untilUnixNano: z.string().nullable(),
})
export type ActiveFault = z.infer<typeof activeFaultSchema>

export const scheduledFaultSchema = z.object({
  fault: z.string(),
  where: z.string(),
  strength: z.number().nullable(),
  startsUnixNano: z.string(),
  durationSeconds: z.number().nullable(),
})
export type ScheduledFault = z.infer<typeof scheduledFaultSchema>

/** As it was sent to the receiver: the marks on the charts. */
export const labAnnotationSchema = z.object({
  kind: z.enum(['fault', 'deployment']),
  text: z.string(),
  service: z.string(),
  startUnixNano: z.string(),
  /** Null while it lasts. */
  endUnixNano: z.string().nullable(),
})
export type LabAnnotation = z.infer<typeof labAnnotationSchema>

/** One step of the way from a chart to the cause; ids are null where the step has none (yet). */
export const evidenceSchema = z.object({
  step: z.enum(['chart', 'trace', 'span', 'log']),
  /** What is to be seen there. */
  sentence: z.string(),
  /** Service to filter by. */
  service: z.string(),
  startUnixNano: z.string(),
  endUnixNano: z.string(),
  /** chart: the metric or signal to look at, such as `http.server.request.duration`. */
  metric: z.string().nullable(),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
})
export type Evidence = z.infer<typeof evidenceSchema>

export const labVerdictSchema = z.object({
  /** Both halves of the guess. */
  right: z.boolean(),
  serviceRight: z.boolean(),
  kindRight: z.boolean(),
  /** What was guessed; null when the answer was asked for without a guess. */
  guess: z.object({ service: z.string(), fault: z.string() }).nullable(),
  answer: z.object({
    service: z.string(),
    fault: z.string(),
    title: z.string(),
    where: z.string(),
    strength: z.number().nullable(),
  }),
  /** chart → trace → span → log; steps for which there is no example are left out. */
  trail: z.array(evidenceSchema),
})
export type LabVerdict = z.infer<typeof labVerdictSchema>

/** A fault somebody is looking for. While it is open the status lists no fault, no trouble and no annotation of it. */
const labMysterySchema = z.object({
  seed: z.number(),
  /** Which exercise of the sheet, from 1. */
  number: z.number(),
  of: z.number(),
  startedUnixNano: z.string(),
  /** Services to choose from when guessing; faults are those of the catalog that are possible in the scenario. */
  services: z.array(z.string()),
  faults: z.array(z.string()),
  /** Null while it is open. */
  verdict: labVerdictSchema.nullable(),
})

export const labTargetSchema = z.object({
  /** `http:` or `https:`. */
  url: z.string(),
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})
export type LabTarget = z.infer<typeof labTargetSchema>

export const labRunSchema = z.object({
  /** Differs from run to run. */
  id: z.string(),
  /** Name in the catalog, of a scenario from a file, or `own-service`. */
  scenario: z.string(),
  title: z.string(),
  topology: labTopologySchema,
  startedUnixNano: z.string(),
  seed: z.number(),
  /** Requests per second asked for, before the profile. */
  rate: z.number(),
  /** What the profile makes of it now. */
  currentRate: z.number(),
  profile: z.enum(labProfiles),
  journeys: z.array(labJourneySchema),
  /** The generator is held; services run and can be called. */
  paused: z.boolean(),
  /** Where requests go instead of the shop; null for the shop. */
  target: labTargetSchema.nullable(),
  /** Sent by the generator, and how they ended. */
  requests: z.number(),
  errors: z.number(),
  /** Not answered yet. */
  inFlight: z.number(),
  /** Not even sent, because too many were in flight (5000). */
  dropped: z.number(),
  /** Of the generator's requests, over the window. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** How requests ended: status codes ("200"), or what went wrong ("refused", "timeout"), most frequent first, at most 8. */
  outcomes: z.array(z.object({ outcome: z.string(), count: z.number() })),
  /** Records that the receiver took, and those it refused or that couldn't be delivered. */
  telemetry: z.object({ spans: z.number(), logs: z.number(), points: z.number(), refused: z.number() }),
  /** Why telemetry isn't delivered now; null when it is. */
  deliveryProblem: z.string().nullable(),
  /** Where the services listen, entry first: addresses for `curl`. */
  services: z.array(z.object({ name: z.string(), url: z.string() })),
  /** Requests to try, ready to paste. */
  curl: z.array(z.object({ title: z.string(), command: z.string() })),
  /** Faults possible here with their places; the same as the catalog's for a built-in scenario. */
  places: z.array(z.object({ fault: z.string(), options: z.array(z.string()), default: z.string() })),
  nodes: z.array(labNodeStateSchema),
  edges: z.array(labEdgeStateSchema),
})
export type LabRun = z.infer<typeof labRunSchema>

export const labStatusSchema = z.object({
  /** starting: services come up. stopping: requests that are under way end and telemetry is sent, a few seconds at most. */
  state: z.enum(['stopped', 'starting', 'running', 'stopping']),
  /** Why the last run ended by itself or didn't start, in a sentence; null otherwise, and again with the next start. */
  problem: z.string().nullable(),
  /** Null when stopped. */
  run: labRunSchema.nullable(),
  /** Oldest first. */
  faults: z.array(activeFaultSchema),
  /** Soonest first. */
  scheduled: z.array(scheduledFaultSchema),
  /** Of this run, newest first, at most 50. */
  annotations: z.array(labAnnotationSchema),
  mystery: labMysterySchema.nullable(),
})
export type LabStatus = z.infer<typeof labStatusSchema>

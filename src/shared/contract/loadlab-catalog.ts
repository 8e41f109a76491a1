/** What the load lab can do: its scenarios with their topology, and the faults it can inject. */

import { z } from 'zod'

/** Requests per second; `0.1` is one in ten seconds. */
export const labRateLimits = { min: 0.1, max: 200, default: 20 } as const
/** Seeds are whole numbers a person can read out to a class. */
export const labSeedLimits = { min: 0, max: 999_999 } as const
/** How many exercises a sheet has. */
export const exercisesPerSheet = 5

/**
 * steady: the rate, all the time. ramp: from a tenth of the rate to all of it in two minutes, then steady.
 * spike: the rate, and four times as much for 10 s of each minute. wave: a sine between a fifth and all of the rate, two
 * minutes long.
 */
export const labProfiles = ['steady', 'ramp', 'spike', 'wave'] as const
export type LabProfile = (typeof labProfiles)[number]

/** `load` is where requests come from: the generator itself, no service. */
const labNodeKinds = ['load', 'service', 'database', 'cache', 'queue'] as const

const labNodeSchema = z.object({
  /** Unique in its scenario; of a service, its `service.name`. */
  name: z.string(),
  kind: z.enum(labNodeKinds),
  /** What it is: `postgresql`, `redis`, `kafka`; null for services. */
  system: z.string().nullable(),
  /** `service.version` of a service; null for the others. */
  version: z.string().nullable(),
})

export const labEdgeSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** request: HTTP. query: a database or cache. publish: into a queue. consume: out of a queue, from queue to consumer. */
  kind: z.enum(['request', 'query', 'publish', 'consume']),
})
export type LabEdge = z.infer<typeof labEdgeSchema>

export const labTopologySchema = z.object({
  /** In drawing order, entry first. */
  nodes: z.array(labNodeSchema),
  edges: z.array(labEdgeSchema),
})
export type LabTopology = z.infer<typeof labTopologySchema>

export const labJourneySchema = z.object({
  name: z.string(),
  title: z.string(),
  /** Relative to the other journeys; whole numbers from 0 to 1000, not all 0. */
  weight: z.number(),
})

export const labScenarioSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  topology: labTopologySchema,
  journeys: z.array(labJourneySchema),
  /** The journey that "One request" takes. */
  showcaseJourney: z.string(),
})
export type LabScenario = z.infer<typeof labScenarioSchema>

/** How much of a fault: one number, with its unit. */
export const labStrengthSchema = z.object({
  /** share: percent of requests, 0 to 100. duration: milliseconds. level: percent of a resource. factor: times as much. */
  kind: z.enum(['share', 'duration', 'level', 'factor']),
  /** `%`, `ms` or `×`. */
  unit: z.enum(['%', 'ms', '×']),
  /** What the number means, for a label: "of requests", "added to each call". */
  label: z.string(),
  default: z.number(),
  min: z.number(),
  max: z.number(),
  step: z.number(),
  /** When not empty, the values worth offering as buttons; others between min and max are accepted all the same. */
  choices: z.array(z.number()),
})
export type LabStrength = z.infer<typeof labStrengthSchema>

/** Where a fault can be injected in one scenario. */
const faultPlacesSchema = z.object({
  scenario: z.string(),
  /** A service, a database, cache or queue, or a call written `caller:callee`. Empty: not possible in this scenario. */
  options: z.array(z.string()),
  /** One of the options; null when there is none. */
  default: z.string().nullable(),
})

export const labFaultSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** What it does, in one sentence. */
  sentence: z.string(),
  /** What a person should then see, and where. */
  see: z.string(),
  placeKind: z.enum(['service', 'dependency', 'call']),
  /** One entry for each built-in scenario; for a scenario from a file see `run.places` in the status. */
  places: z.array(faultPlacesSchema),
  /** Null: it is on or off. */
  strength: labStrengthSchema.nullable(),
  /** Whether it can be put into one request alone (`sendOne`). */
  oneRequest: z.boolean(),
  /** The kind of its annotation on the charts. */
  annotation: z.enum(['fault', 'deployment']),
})
export type LabFault = z.infer<typeof labFaultSchema>

export const labCatalogSchema = z.object({
  scenarios: z.array(labScenarioSchema),
  faults: z.array(labFaultSchema),
})
export type LabCatalog = z.infer<typeof labCatalogSchema>

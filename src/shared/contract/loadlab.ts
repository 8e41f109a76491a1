/** The load lab: a scenario of real services on loopback, load on it, faults in it, and exercises about them. */

import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { exercisesPerSheet, labCatalogSchema, labProfiles, labRateLimits, labSeedLimits } from './loadlab-catalog.ts'
import { labStatusSchema } from './loadlab-status.ts'

const rate = z.number().min(labRateLimits.min).max(labRateLimits.max)
const seed = z.number().int().min(labSeedLimits.min).max(labSeedLimits.max)
const weights = z.record(z.string(), z.number().int().min(0).max(1000))
/** 1 s to 24 h. */
const durationSeconds = z.number().min(1).max(86_400)

const placedFault = z.object({
  fault: z.string(),
  /** Left out: its default place. */
  where: z.string().optional(),
  /** Left out: its default strength. */
  strength: z.number().optional(),
  /** Left out: until somebody ends it. */
  durationSeconds: durationSeconds.optional(),
})

const labScriptSchema = z
  .array(placedFault.extend({ atSeconds: z.number().min(0).max(86_400) }))
  .max(100)
  .meta({ description: 'Faults in time, counted from now' })

const labTargetInputSchema = z.object({
  /** `http:` or `https:`, at most 2000 characters. */
  url: z.string().max(2000),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).default('GET'),
  /** At most 50. `traceparent` can't be set: each request gets a fresh one. */
  headers: z.record(z.string(), z.string()).default({}),
  /** At most 1 MiB. */
  body: z
    .string()
    .max(1024 * 1024)
    .default(''),
  /**
   * Loopback addresses need none. For any other the host name of the URL, typed or confirmed by the person; without it the
   * answer is BAD_INPUT with `data: {reason: 'not-loopback', host}`, and nothing was sent.
   */
  confirmedHost: z.string().optional(),
})

export const labStartSchema = z.object({
  /** A name of the catalog. Ignored when `definition` or `target` is given. */
  scenario: z.string().default('checkout-shop'),
  /** A scenario as the text of its JSON file; BAD_INPUT says where it is wrong in `data.position` (a path). */
  definition: z
    .string()
    .max(1024 * 1024)
    .optional(),
  rate: rate.default(labRateLimits.default),
  profile: z.enum(labProfiles).default('steady'),
  /** Weights by name; journeys left out keep the scenario's weight. */
  journeys: weights.optional(),
  seed: seed.default(1),
  /** Services run, the generator waits. */
  paused: z.boolean().default(false),
  /** A service of one's own gets the requests, and no shop is started. */
  target: labTargetInputSchema.optional(),
  script: labScriptSchema.default([]),
})

/** Left-out fields stay as they are. */
const labTrafficSchema = z.object({
  rate: rate.optional(),
  profile: z.enum(labProfiles).optional(),
  journeys: weights.optional(),
  paused: z.boolean().optional(),
})

const exerciseSchema = z.object({
  number: z.number(),
  scenario: z.string(),
  /** The story as it is told to the class, without the answer. */
  story: z.string(),
  rate: z.number(),
  /** Only when asked for. */
  answer: z.object({ service: z.string(), fault: z.string(), title: z.string(), see: z.string() }).nullable(),
})

export const exerciseSheetSchema = z.object({ seed: z.number(), exercises: z.array(exerciseSchema) })
export type ExerciseSheet = z.infer<typeof exerciseSheetSchema>

/** Commands answer with the status after them, so that a screen needs no second call. */
export const loadlab = {
  /** Constant for a version of the program. */
  catalog: oc.output(labCatalogSchema),
  get: oc.output(labStatusSchema),
  /** The status now and after each change, at most twice a second. */
  watch: oc.output(eventIterator(labStatusSchema)),
  /** Replaces a run that is there: that one is stopped first. Answers once services listen (about a second). */
  start: oc.input(labStartSchema).output(labStatusSchema),
  /** Ends requests that are under way, sends the telemetry, frees the ports; a few seconds at most. */
  stop: oc.output(labStatusSchema),
  /** BUSY when nothing runs, as for everything below that needs a run. */
  setTraffic: oc.input(labTrafficSchema).output(labStatusSchema),
  /** Starts a fault, or changes strength and duration of one that is on at this place. NOT_FOUND suggests the nearest name. */
  setFault: oc.input(placedFault).output(labStatusSchema),
  /** Ends a fault: at one place, or everywhere. All faults without a name. Also what is scheduled. */
  clearFault: oc
    .input(z.object({ fault: z.string().optional(), where: z.string().optional() }))
    .output(labStatusSchema),
  /** Adds faults in time. */
  schedule: oc.input(z.object({ script: labScriptSchema })).output(labStatusSchema),
  /**
   * One request through the shop, with or without a fault in it alone ("One request", "Inject error" is
   * `database-timeout`). Answers at once, so that its trace can be opened while it grows. When nothing runs, the checkout
   * shop is started with its generator paused.
   */
  sendOne: oc
    .input(
      z.object({
        fault: z.string().optional(),
        /** Left out: the scenario's showcase journey. */
        journey: z.string().optional(),
        /** Service times of this one request are so many times as long, so that a person sees its bars come. */
        slowdown: z.number().min(1).max(20).default(4),
      }),
    )
    .output(z.object({ traceId: z.string() })),
  /**
   * Picks a fault by seed and number and injects it without telling. Starts the exercise's scenario when it isn't running;
   * ends all other faults.
   */
  startMystery: oc
    .input(z.object({ seed, number: z.number().int().min(1).max(exercisesPerSheet).default(1) }))
    .output(labStatusSchema),
  /** Ends the exercise: `mystery.verdict` says right or wrong, and the way to the cause. The fault stays on to be looked at. */
  guess: oc.input(z.object({ service: z.string(), fault: z.string() })).output(labStatusSchema),
  /** The answer without a guess. */
  reveal: oc.output(labStatusSchema),
  /** Ends the mystery and its fault. */
  endMystery: oc.output(labStatusSchema),
  /** Five exercises, the same for everybody with the same seed. */
  sheet: oc.input(z.object({ seed, answers: z.boolean().default(false) })).output(exerciseSheetSchema),
  /** Faults off, all stored data deleted, and the same scenario, traffic and seed from the start (an open mystery too). */
  resetExercise: oc.input(z.object({ confirm: z.literal('delete all data') })).output(labStatusSchema),
}

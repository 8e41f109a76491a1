/** Exercises by seed: which fault, where and how strong, told as a story that doesn't tell. */

import type { ExerciseSheet } from '#shared/contract/loadlab.ts'
import { exercisesPerSheet, labRateLimits } from '#shared/contract/loadlab-catalog.ts'
import type { Evidence, LabVerdict } from '#shared/contract/loadlab-status.ts'
import type { ActiveFaultState } from './active-faults.ts'
import { builtInScenario } from './built-in.ts'
import { type FaultName, faultPlans, placesOf } from './fault-catalog.ts'
import { type PlacedFault, placeFault } from './place-fault.ts'
import { randomOf, shuffled, wholeBetween } from './random.ts'
import type { Scenario } from './scenario.ts'
import { unixMs, unixNanoOf } from './telemetry/clock.ts'
import { topologyOf } from './topology.ts'

/** All exercises play in the shop: who looks for a fault should know the place. */
const scenarioName = 'checkout-shop'
/** The chart shows what was before, too. */
const chartLeadMs = 60_000

export interface MysteryPlan extends PlacedFault {
  readonly seed: number
  readonly number: number
  readonly scenario: string
  readonly rate: number
  readonly story: string
}

const stories = [
  'Customers write that the shop is "somehow not right" since a few minutes ago. Nobody deployed, they say.',
  'The support desk has more calls than usual. The operations team sees nothing red, or thinks so.',
  'A dashboard moved, and somebody woke you up. Find out which service it is, and what is wrong with it.',
  'The evening peak begins, and one thing in the shop is different from yesterday.',
  'A colleague left you a note: "look at the shop, it began just now", and went home.',
]

/** The same for everybody with the same seed; the five of a sheet are five kinds. */
export function mysteryOf(seed: number, number: number): MysteryPlan {
  const scenario = builtInScenario(scenarioName)
  const random = randomOf(seed, 'exercise sheet')
  const order = shuffled(
    random,
    faultPlans.filter((plan) => placesOf(plan, scenario)),
  )
  const plan = order[number - 1] ?? order[0]
  const told = shuffled(random, stories)
  const own = randomOf(seed, `exercise ${number}`)
  const options = plan ? (placesOf(plan, scenario)?.options ?? []) : []
  // Half of the time where it shows best, otherwise anywhere.
  const where = own() < 0.5 ? undefined : options[wholeBetween(own, 0, options.length - 1)]
  const placed = placeFault({ fault: plan?.name ?? 'database-timeout', where }, scenario)
  return {
    ...placed,
    seed,
    number,
    scenario: scenario.name,
    rate: labRateLimits.default,
    story: told[number - 1] ?? stories[0] ?? '',
  }
}

export function exerciseSheet(seed: number, withAnswers: boolean): ExerciseSheet {
  return {
    seed,
    exercises: Array.from({ length: exercisesPerSheet }, (_, index) => {
      const mystery = mysteryOf(seed, index + 1)
      const plan = faultPlans.find(({ name }) => name === mystery.fault)
      const { number, scenario, story, rate, fault, where } = mystery
      const answer = { service: serviceAt(where), fault, title: plan?.title ?? fault, see: plan?.see ?? '' }
      return { number, scenario, story, rate, answer: withAnswers ? answer : null }
    }),
  }
}

/** What can be named: services, and what they depend on. */
export function suspects(scenario: Scenario): string[] {
  return topologyOf(scenario)
    .nodes.filter(({ kind }) => kind !== 'load')
    .map(({ name }) => name)
}

export function possibleFaults(scenario: Scenario): FaultName[] {
  return faultPlans.filter((plan) => placesOf(plan, scenario)).map(({ name }) => name)
}

/** Of a call the side that is called. */
function serviceAt(where: string): string {
  return where.split(':').at(-1) ?? where
}

/** Both ends of a call; of a database, cache or queue also the services that use it, whose spans show the fault. */
function rightServices(where: string, scenario: Scenario): Set<string> {
  const ends = where.split(':')
  const { nodes, edges } = topologyOf(scenario)
  const users = ends.flatMap((end) => {
    const isService = nodes.some(({ name, kind }) => name === end && kind === 'service')
    return isService ? [] : edges.flatMap(({ from, to }) => (to === end ? [from] : []))
  })
  return new Set([...ends, ...users])
}

export interface Guess {
  readonly service: string
  readonly fault: string
}

export function verdictOn(mystery: MysteryPlan, scenario: Scenario, guess: Guess | null): Omit<LabVerdict, 'trail'> {
  const { fault, where, strength } = mystery
  const serviceRight = guess !== null && rightServices(where, scenario).has(guess.service)
  const kindRight = guess !== null && guess.fault === fault
  const title = faultPlans.find(({ name }) => name === fault)?.title ?? fault
  return {
    right: serviceRight && kindRight,
    serviceRight,
    kindRight,
    guess,
    answer: { service: serviceAt(where), fault, title, where, strength },
  }
}

/** Where each fault shows first. */
const charts: Readonly<Partial<Record<FaultName, string>>> = {
  'pool-exhausted': 'db.client.connection.count',
  'cpu-burn': 'process.cpu.utilization',
  'memory-leak': 'process.memory.usage',
  'queue-backlog': 'shop.queue.size',
  'cache-down': 'db.client.operation.duration',
  'slow-query': 'db.client.operation.duration',
  'retry-storm': 'http.client.request.duration',
}

/** chart → trace → span → log, with the last example that the lab itself saw. */
export function trailOf(state: ActiveFaultState | undefined): Evidence[] {
  if (!state) return []
  const { fault, where, sinceUnixNano, evidence } = state
  const plan = faultPlans.find(({ name }) => name === fault)
  const service = evidence?.service ?? serviceAt(where)
  const range = {
    startUnixNano: String(sinceUnixNano - BigInt(chartLeadMs) * 1_000_000n),
    endUnixNano: String(unixNanoOf(unixMs())),
  }
  const chart: Evidence = {
    ...range,
    step: 'chart',
    sentence: plan?.see ?? '',
    service,
    metric: charts[fault] ?? 'http.server.request.duration',
    traceId: null,
    spanId: null,
  }
  if (!evidence) return [chart]
  const { traceId, spanId } = evidence
  const shared = { ...range, service, metric: null, traceId }
  return [
    chart,
    { ...shared, step: 'trace', sentence: 'One of the requests it happened to.', spanId: null },
    { ...shared, step: 'span', sentence: `The span of ${service} where it shows.`, spanId },
    { ...shared, step: 'log', sentence: `What ${service} wrote about it.`, spanId },
  ]
}

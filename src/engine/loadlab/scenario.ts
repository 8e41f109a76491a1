/** A scenario as data: services, what their endpoints do, their dependencies, and the journeys of its users. */

import { z } from 'zod'

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes')
const text = z.string().min(1).max(500)
/** Half of all take at most `p50Ms`, 99 of 100 at most `p99Ms`; log-normal between. */
const latency = z
  .strictObject({ p50Ms: z.number().min(0).max(60_000), p99Ms: z.number().min(0).max(60_000) })
  .refine(({ p50Ms, p99Ms }) => p99Ms >= p50Ms, 'p99Ms must not be less than p50Ms')
export type Latency = z.infer<typeof latency>

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
const path = z.string().regex(/^\/[\w\-/{}.]*$/, 'must begin with / and may hold {names}')
const share = z.number().min(0).max(1)

export type Step =
  | { readonly do: 'work'; readonly latency: Latency; readonly name?: string | undefined }
  | {
      readonly do: 'call'
      readonly service: string
      readonly method: z.infer<typeof method>
      readonly path: string
      readonly timeoutMs: number
      readonly retries: number
    }
  | {
      readonly do: 'query'
      readonly database: string
      readonly operation: string
      readonly collection: string
      readonly text: string
      readonly latency?: Latency | undefined
      readonly lock?: string | undefined
    }
  | {
      readonly do: 'lookup'
      readonly cache: string
      readonly key: string
      readonly hitShare?: number | undefined
      readonly miss: readonly Step[]
    }
  | { readonly do: 'store'; readonly cache: string; readonly key: string }
  | { readonly do: 'publish'; readonly queue: string }
  | { readonly do: 'parallel'; readonly steps: readonly Step[] }
  | { readonly do: 'repeat'; readonly times: number; readonly steps: readonly Step[] }
  | { readonly do: 'sometimes'; readonly share: number; readonly steps: readonly Step[] }
  | {
      readonly do: 'fail'
      readonly share: number
      readonly status: number
      readonly error: string
      readonly message: string
    }
  | { readonly do: 'log'; readonly severity: 'debug' | 'info' | 'warn' | 'error'; readonly text: string }

const steps: z.ZodType<readonly Step[]> = z.lazy(() => z.array(step).max(100))

const step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('work'), latency, name: text.optional() }),
  z.strictObject({
    do: z.literal('call'),
    service: name,
    method,
    path,
    timeoutMs: z.number().int().min(10).max(60_000).default(10_000),
    retries: z.number().int().min(0).max(10).default(0),
  }),
  z.strictObject({
    do: z.literal('query'),
    database: name,
    operation: text,
    collection: text,
    text: z.string().min(1).max(5000),
    latency: latency.optional(),
    lock: name.optional(),
  }),
  z.strictObject({
    do: z.literal('lookup'),
    cache: name,
    key: text,
    /** Instead of the cache's. */
    hitShare: share.optional(),
    miss: steps.default([]),
  }),
  z.strictObject({ do: z.literal('store'), cache: name, key: text }),
  z.strictObject({ do: z.literal('publish'), queue: name }),
  z.strictObject({ do: z.literal('parallel'), steps }),
  z.strictObject({ do: z.literal('repeat'), times: z.number().int().min(1).max(200), steps }),
  z.strictObject({ do: z.literal('sometimes'), share, steps }),
  z.strictObject({
    do: z.literal('fail'),
    share,
    status: z.number().int().min(400).max(599),
    error: text,
    message: text,
  }),
  z.strictObject({ do: z.literal('log'), severity: z.enum(['debug', 'info', 'warn', 'error']), text }),
])

const endpoint = z.strictObject({
  method,
  path,
  steps,
  /** When all steps succeed. */
  status: z.number().int().min(200).max(399).default(200),
  /** Body of a successful answer. */
  reply: z.record(z.string(), z.json()).default({}),
})
export type Endpoint = z.infer<typeof endpoint>

const consumer = z.strictObject({
  queue: name,
  /** Messages, or batches, handled at a time. */
  concurrency: z.number().int().min(1).max(100).default(2),
  /** More than 1: so many messages are handled in one span of a trace of its own, with a link to each message. */
  batch: z.number().int().min(1).max(500).default(1),
  /** How long a batch waits to become full. */
  batchWaitMs: z.number().int().min(1).max(60_000).default(500),
  steps,
})
export type Consumer = z.infer<typeof consumer>

const service = z.strictObject({
  name,
  version: text.default('1.0.0'),
  /** What its CPU does at a time; `work` beyond that waits. */
  cores: z.number().int().min(1).max(64).default(2),
  memoryMiB: z.number().int().min(16).max(65_536).default(256),
  /** Connections to each database it queries, by name; 10 where left out. */
  pools: z.record(name, z.number().int().min(1).max(1000)).default({}),
  endpoints: z.array(endpoint).max(50).default([]),
  consumers: z.array(consumer).max(10).default([]),
})
export type ServicePlan = z.infer<typeof service>

const database = z.strictObject({
  name,
  system: z.enum(['postgresql', 'mysql', 'mariadb', 'mongodb']).default('postgresql'),
  namespace: text,
  /** Queries that run at a time; others wait. */
  capacity: z.number().int().min(1).max(1000).default(32),
  latency,
  statementTimeoutMs: z.number().int().min(10).max(60_000).default(2000),
  /** How long a client waits for a connection of its pool. */
  poolTimeoutMs: z.number().int().min(10).max(60_000).default(2000),
})
export type DatabasePlan = z.infer<typeof database>

const cache = z.strictObject({
  name,
  system: z.enum(['redis', 'memcached', 'valkey']).default('redis'),
  latency,
  hitShare: share.default(0.9),
})
export type CachePlan = z.infer<typeof cache>

const queue = z.strictObject({
  name,
  system: z.enum(['rabbitmq', 'kafka', 'nats', 'activemq']).default('rabbitmq'),
  /** Of a publish. */
  latency,
  /** Until a subscriber may have the message. */
  delivery: latency.default({ p50Ms: 5, p99Ms: 30 }),
})
export type QueuePlan = z.infer<typeof queue>

const journey = z.strictObject({
  name,
  title: text,
  weight: z.number().int().min(0).max(1000),
  /** One of these for each arrival; `{names}` in the path become numbers. */
  requests: z
    .array(z.strictObject({ method, path, weight: z.number().min(0).max(1000).default(1) }))
    .min(1)
    .max(20),
})
export type JourneyPlan = z.infer<typeof journey>

export const scenarioSchema = z.strictObject({
  name,
  title: text,
  description: text,
  /** The first has the endpoints that journeys call. */
  services: z.array(service).min(1).max(50),
  databases: z.array(database).max(20).default([]),
  caches: z.array(cache).max(20).default([]),
  queues: z.array(queue).max(20).default([]),
  journeys: z.array(journey).min(1).max(20),
  /** The journey that "One request" takes; the first when left out. */
  showcase: name.optional(),
})
export type Scenario = z.infer<typeof scenarioSchema>
export type ScenarioInput = z.input<typeof scenarioSchema>

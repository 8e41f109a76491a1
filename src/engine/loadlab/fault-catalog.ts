/** The faults: what each does, where it can be, how strong, and what a person should then see. */

import type { LabFault, LabStrength } from '#shared/contract/loadlab-catalog.ts'
import { builtInScenarios } from './built-in.ts'
import type { Scenario } from './scenario.ts'
import { topologyOf } from './topology.ts'

type Places = (scenario: Scenario) => readonly string[]

interface FaultPlan extends Omit<LabFault, 'places'> {
  readonly name: FaultName
  readonly where: Places
  /** Preferred among the places, most wanted first. */
  readonly preferred: readonly string[]
}

export type FaultName =
  | 'database-timeout'
  | 'slow-query'
  | 'pool-exhausted'
  | 'payment-errors'
  | 'wrong-content'
  | 'added-latency'
  | 'cache-down'
  | 'retry-storm'
  | 'cpu-burn'
  | 'memory-leak'
  | 'queue-backlog'
  | 'network-cut'
  | 'bad-deployment'
  | 'lost-trace-context'
  | 'clock-skew'
  | 'dropped-spans'
  | 'noisy-logs'

const databases: Places = ({ databases }) => databases.map(({ name }) => name)
const caches: Places = ({ caches }) => caches.map(({ name }) => name)
const subscriptions: Places = ({ services }) =>
  services.flatMap(({ name, consumers }) => consumers.map(({ queue }) => `${queue}:${name}`))
const services: Places = (scenario) => scenario.services.map(({ name }) => name)
const servers: Places = ({ services }) =>
  services.filter(({ endpoints }) => endpoints.length > 0).map(({ name }) => name)
const edges =
  (kind: 'request' | 'query'): Places =>
  (scenario) => {
    const own = new Set(services(scenario))
    return topologyOf(scenario)
      .edges.filter((edge) => edge.kind === kind && own.has(edge.from))
      .map(({ from, to }) => `${from}:${to}`)
  }
const calls = edges('request')
const pools: Places = (scenario) => {
  const stores = new Set(databases(scenario))
  return edges('query')(scenario).filter((edge) => stores.has(edge.split(':')[1] ?? ''))
}
/** A service that hands the trace on: its calls and messages are where a trace can break. */
const callers: Places = (scenario) => {
  const own = new Set(services(scenario))
  const senders = topologyOf(scenario).edges.filter(
    ({ from, kind }) => own.has(from) && (kind === 'request' || kind === 'publish'),
  )
  return [...new Set(senders.map(({ from }) => from))]
}

const share = (defaultPercent: number, label: string, choices: readonly number[] = []): LabStrength => ({
  kind: 'share',
  unit: '%',
  label,
  default: defaultPercent,
  min: 1,
  max: 100,
  step: 1,
  choices: [...choices],
})
const duration = (defaultMs: number, label: string, min: number, max: number, step: number): LabStrength => ({
  kind: 'duration',
  unit: 'ms',
  label,
  default: defaultMs,
  min,
  max,
  step,
  choices: [],
})

export const faultPlans: readonly FaultPlan[] = [
  {
    name: 'database-timeout',
    title: 'Database timeout',
    sentence: 'A share of the requests waits for a query until the database cancels it after 2 s.',
    see: 'Errors rise to the share, P99 jumps over 2 s; the failed span is the database call, with error.type "timeout".',
    placeKind: 'dependency',
    where: databases,
    preferred: ['orders-db', 'shop-db', 'warehouse'],
    strength: share(30, 'of requests', [10, 30, 100]),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'slow-query',
    title: 'Slow query by lock contention',
    sentence: 'A transaction takes a lock again and again, and queries that write wait until it lets go.',
    see: 'P95 rises with no error anywhere; the long span is a database update, and the log says that it waited for a lock.',
    placeKind: 'dependency',
    where: databases,
    preferred: ['stock-db', 'shop-db', 'warehouse'],
    strength: duration(800, 'the lock is held', 50, 10_000, 50),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'pool-exhausted',
    title: 'Connection pool exhausted',
    sentence: 'A service keeps its database connections long after use, and requests queue for them.',
    see: 'Saturation of the pool rises first, then latency; at last requests fail that found no connection in 2 s.',
    placeKind: 'call',
    where: pools,
    preferred: ['checkout:orders-db', 'shop:shop-db', 'loader:warehouse'],
    strength: duration(4000, 'each connection is kept', 100, 60_000, 100),
    oneRequest: false,
    annotation: 'fault',
  },
  {
    name: 'payment-errors',
    title: 'Payment errors',
    sentence: 'A service answers 500 to a share of its requests.',
    see: 'Errors rise to the share, fast ones: latency stays or falls. The error begins at this service and travels up.',
    placeKind: 'service',
    where: servers,
    preferred: ['payment', 'shop', 'reports'],
    strength: share(25, 'of requests', [10, 25, 50, 100]),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'wrong-content',
    title: 'Wrong content, status 200',
    sentence: 'A service answers with empty data and a success status: an implicit error.',
    see: 'No status shows it: implicit errors rise while explicit ones stay; spans carry spanlight.response.valid = false.',
    placeKind: 'service',
    where: servers,
    preferred: ['catalog', 'shop', 'reports'],
    strength: share(20, 'of requests', [10, 20, 50, 100]),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'added-latency',
    title: 'Added latency with jitter',
    sentence: 'Each request to a service takes longer by this, give or take half of it.',
    see: 'All percentiles rise together, also P50; the time is spent in this service itself, under no child span.',
    placeKind: 'service',
    where: servers,
    preferred: ['inventory', 'shop', 'reports'],
    strength: duration(300, 'added', 10, 10_000, 10),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'cache-down',
    title: 'Cache down',
    sentence: 'The cache refuses connections, and what it held is read from the database.',
    see: 'Requests succeed, but the rate of database queries rises many times, and its pools fill.',
    placeKind: 'dependency',
    where: caches,
    preferred: ['cache', 'device-cache'],
    strength: null,
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'retry-storm',
    title: 'Retry storm',
    sentence: 'The called service fails most of its calls, and the caller tries again at once, without any pause.',
    see: 'The called service gets several times the requests; retries hide under parents that succeed at last.',
    placeKind: 'call',
    where: calls,
    preferred: ['checkout:payment', 'collector:reports'],
    strength: {
      kind: 'factor',
      unit: '×',
      label: 'attempts at most',
      default: 5,
      min: 2,
      max: 20,
      step: 1,
      choices: [],
    },
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'cpu-burn',
    title: 'CPU burn',
    sentence: 'Something else takes the CPU of a service, and its own work waits.',
    see: 'CPU saturation goes to the top; work takes longer and queues, the more the more load there is.',
    placeKind: 'service',
    where: services,
    preferred: ['payment', 'shop', 'enricher'],
    strength: {
      kind: 'level',
      unit: '%',
      label: 'of the CPU is taken',
      default: 90,
      min: 10,
      max: 99,
      step: 1,
      choices: [],
    },
    oneRequest: false,
    annotation: 'fault',
  },
  {
    name: 'memory-leak',
    title: 'Memory leak until restart',
    sentence: 'Memory of a service grows until it is killed and starts again.',
    see: 'Memory rises like a saw, pauses grow with it; then a short burst of refused calls and a new instance.',
    placeKind: 'service',
    where: services,
    preferred: ['cart', 'shop', 'enricher'],
    strength: duration(30_000, 'until memory is full', 1000, 600_000, 1000),
    oneRequest: false,
    annotation: 'fault',
  },
  {
    name: 'queue-backlog',
    title: 'Queue backlog',
    sentence: 'A consumer takes one message at a time and is so many times slower: messages pile up before it.',
    see: 'The size of the queue grows; requests stay fast, but the consumer spans begin later and later.',
    placeKind: 'call',
    where: subscriptions,
    preferred: ['order-events:email', 'enriched-events:loader'],
    strength: {
      kind: 'factor',
      unit: '×',
      label: 'as slow',
      default: 10,
      min: 2,
      max: 100,
      step: 1,
      choices: [],
    },
    oneRequest: false,
    annotation: 'fault',
  },
  {
    name: 'network-cut',
    title: 'Network cut between two services',
    sentence: 'Packets between two services are lost: calls end after 1 s without a connection.',
    see: 'The caller has failed client spans of 1 s with ETIMEDOUT, and the called service has no span at all.',
    placeKind: 'call',
    where: calls,
    preferred: ['checkout:inventory', 'collector:reports'],
    strength: share(100, 'of calls', [10, 50, 100]),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'bad-deployment',
    title: 'Bad deployment',
    sentence: 'A new version, slow by a missing index and with a bug, takes a share of the traffic of a service.',
    see: 'A second service.version appears: its requests are far slower and one in five fails; the old version is fine.',
    placeKind: 'service',
    where: servers,
    preferred: ['inventory', 'shop', 'reports'],
    strength: share(30, 'of requests', [10, 30, 50, 100]),
    oneRequest: true,
    annotation: 'deployment',
  },
  {
    name: 'lost-trace-context',
    title: 'Lost trace context',
    sentence: 'A service forgets the traceparent header, so that traces break in two behind it.',
    see: 'Traces end at this service; the services behind it start traces of their own, roots that nobody asked for.',
    placeKind: 'service',
    where: callers,
    preferred: ['gateway', 'collector'],
    strength: share(100, 'of requests', [10, 50, 100]),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'clock-skew',
    title: 'Clock skew of one host',
    sentence: 'The clock of one host is behind by this.',
    see: 'Its spans begin before the parent that caused them; the waterfall marks them.',
    placeKind: 'service',
    where: services,
    preferred: ['payment', 'shop', 'enricher'],
    strength: duration(400, 'behind', 1, 3_600_000, 1),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'dropped-spans',
    title: 'Dropped spans',
    sentence: 'A service loses a share of its spans before they are sent.',
    see: 'Traces have gaps: spans whose parent is missing stand under a stand-in.',
    placeKind: 'service',
    where: callers,
    preferred: ['checkout', 'collector'],
    strength: share(30, 'of spans', [10, 30, 50]),
    oneRequest: true,
    annotation: 'fault',
  },
  {
    name: 'noisy-logs',
    title: 'Noisy logs',
    sentence: 'A service writes so many debug lines for each request.',
    see: 'The log rate rises many times and buries the few lines that matter; requests are as before.',
    placeKind: 'service',
    where: services,
    preferred: ['catalog', 'shop', 'enricher'],
    strength: {
      kind: 'factor',
      unit: '×',
      label: 'lines per request',
      default: 40,
      min: 2,
      max: 500,
      step: 1,
      choices: [],
    },
    oneRequest: true,
    annotation: 'fault',
  },
]

export const faultNames: readonly FaultName[] = faultPlans.map(({ name }) => name)

/** Where a fault is possible in a scenario, and where it is when nobody says; undefined when nowhere. */
export function placesOf(
  { where, preferred }: FaultPlan,
  scenario: Scenario,
): { readonly options: readonly string[]; readonly default: string } | undefined {
  const options = where(scenario)
  const [first] = options
  if (first === undefined) return undefined
  return { options, default: preferred.find((place) => options.includes(place)) ?? first }
}

export function describeFaults(): LabFault[] {
  return faultPlans.map((plan) => {
    const { where: _where, preferred: _preferred, ...told } = plan
    const places = builtInScenarios.map((scenario) => {
      const found = placesOf(plan, scenario)
      return { scenario: scenario.name, options: [...(found?.options ?? [])], default: found?.default ?? null }
    })
    return { ...told, places }
  })
}

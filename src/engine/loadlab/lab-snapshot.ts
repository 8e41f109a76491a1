/** What a run is doing now, as the screen shows it. */

import type { LabEdgeState, LabNodeState, LabRun } from '#shared/contract/loadlab-status.ts'
import { faultPlans, placesOf } from './fault-catalog.ts'
import type { Lab } from './lab.ts'
import { edgeKey } from './runtime/flow-meter.ts'
import { formatTraceparent } from './runtime/propagation.ts'
import type { Semaphore } from './runtime/semaphore.ts'
import { nextVersion } from './runtime/service.ts'
import { loadNode, topologyOf } from './topology.ts'

/** `isSecret` hides what would tell which fault is on. */
export function snapshot(lab: Lab, isSecret: boolean): LabRun {
  const { options, world, generator } = lab
  const { scenario, target, seed } = options
  const { delivery } = world
  const { rate, profile, paused } = generator.traffic
  const load = world.meter.flow(loadNode)
  const topology = target
    ? {
        nodes: [{ name: loadNode, kind: 'load' as const, system: null, version: null }],
        edges: [],
      }
    : topologyOf(scenario)
  return {
    id: lab.id,
    scenario: target ? 'own-service' : scenario.name,
    title: target ? 'My own service' : scenario.title,
    topology,
    startedUnixNano: String(lab.startedUnixNano),
    seed,
    rate,
    currentRate: Math.round(generator.currentRate * 100) / 100,
    profile,
    journeys: target ? [] : lab.journeys.map(({ name, title, weight }) => ({ name, title, weight })),
    paused,
    target: target ?? null,
    requests: generator.requests,
    errors: generator.errors,
    inFlight: generator.inFlight,
    dropped: generator.dropped,
    p50Ms: load.p50Ms,
    p95Ms: load.p95Ms,
    outcomes: generator.outcomes,
    telemetry: { ...delivery.sent, refused: delivery.refused },
    deliveryProblem: delivery.problem,
    services: lab.services.map(({ plan }) => ({ name: plan.name, url: world.urls.get(plan.name) ?? '' })),
    curl: target ? [] : curlExamples(lab),
    places: target
      ? []
      : faultPlans.flatMap((plan) => {
          const places = placesOf(plan, scenario)
          return places ? [{ fault: plan.name, options: [...places.options], default: places.default }] : []
        }),
    nodes: topology.nodes.map(({ name }) => nodeState(lab, name, isSecret)),
    edges: topology.edges.map(({ from, to }) => edgeState(lab, from, to)),
  }
}

function nodeState(lab: Lab, name: string, isSecret: boolean): LabNodeState {
  const { world } = lab
  const { rate, errorRatio, p95Ms } = world.meter.flow(name)
  const database = world.databases.get(name)
  const queue = world.queues.get(name)
  const service = lab.services.find(({ plan }) => plan.name === name)
  return {
    name,
    rate,
    errorRatio,
    p95Ms,
    pool: database ? poolState([...database.pools.values()]) : null,
    hitRatio: world.caches.get(name)?.hitRatio ?? null,
    queued: queue ? queue.subscriptions.reduce((sum, { size }) => sum + size, 0) : null,
    cpuRatio: service ? Math.round(service.cpuRatio * 1000) / 1000 : null,
    memoryRatio: service ? Math.round(service.memoryRatio * 1000) / 1000 : null,
    trouble: isSecret ? null : troubleAt(lab, name),
  }
}

function edgeState(lab: Lab, from: string, to: string): LabEdgeState {
  const { world } = lab
  const { rate, errorRatio, p95Ms } = world.meter.flow(edgeKey(from, to))
  const pool = world.databases.get(to)?.pools.get(from)
  const subscription = world.queues.get(from)?.subscriptions.find(({ service }) => service === to)
  return {
    from,
    to,
    rate,
    errorRatio,
    p95Ms,
    pool: pool ? poolState([pool]) : null,
    queued: subscription?.size ?? null,
  }
}

function poolState(pools: readonly Semaphore[]): { used: number; max: number; waiting: number } {
  const sum = (pick: (pool: Semaphore) => number): number => pools.reduce((total, pool) => total + pick(pool), 0)
  return { used: sum(({ used }) => used), max: sum(({ max }) => max), waiting: sum(({ waiting }) => waiting) }
}

const troubles: Readonly<Record<string, string>> = {
  'database-timeout': 'timeout',
  'slow-query': 'locked',
  'pool-exhausted': 'pool',
  'payment-errors': '500',
  'wrong-content': 'wrong content',
  'added-latency': 'slow',
  'cache-down': 'down',
  'retry-storm': 'retries',
  'cpu-burn': 'CPU',
  'memory-leak': 'leak',
  'queue-backlog': 'backlog',
  'network-cut': 'cut off',
  'lost-trace-context': 'no context',
  'clock-skew': 'clock',
  'dropped-spans': 'spans lost',
  'noisy-logs': 'noise',
}

/** The last fault that was switched on here; of a call, at the side that is called. */
function troubleAt(lab: Lab, name: string): string | null {
  const service = lab.services.find(({ plan }) => plan.name === name)
  if (service?.isDown) return 'restarting'
  const state = lab.world.faults.all.findLast(({ where, secret }) => !secret && where.split(':').at(-1) === name)
  if (!state) return null
  if (state.fault === 'bad-deployment') return nextVersion(service?.plan.version ?? '')
  return troubles[state.fault] ?? null
}

/** The first request of each journey, plain and with a trace of one's own, and with a fault of its own. */
function curlExamples(lab: Lab): { title: string; command: string }[] {
  const { scenario } = lab.options
  const base = lab.world.urls.get(scenario.services[0]?.name ?? '') ?? ''
  const line = (method: string, path: string, ...more: string[]): string =>
    ['curl -i', ...(method === 'GET' ? [] : [`-X ${method}`]), ...more, `'${base}${path}'`].join(' ')
  const showcase = lab.journeys.find(({ name }) => name === scenario.showcase) ?? lab.journeys[0]
  const plain = lab.journeys.flatMap(({ title, requests }) => {
    const [request] = requests
    return request ? [{ title, command: line(request.method, request.path.replaceAll(/\{[^}]*\}/g, '41')) }] : []
  })
  const [request] = showcase?.requests ?? []
  if (!request) return plain
  const path = request.path.replaceAll(/\{[^}]*\}/g, '41')
  const traceparent = formatTraceparent('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', 1)
  return [
    ...plain,
    { title: 'In a trace of your own', command: line(request.method, path, `-H 'traceparent: ${traceparent}'`) },
    {
      title: 'With a database timeout in this request alone',
      command: line(request.method, path, `-H 'baggage: lab.fault=database-timeout'`),
    },
  ]
}

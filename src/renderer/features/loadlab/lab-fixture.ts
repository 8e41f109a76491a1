/** A small running scenario for tests: a shop that asks a payment service and two stores. */

import type { LabCatalog, LabFault } from '#shared/contract/loadlab-catalog.ts'
import type { LabEdgeState, LabNodeState, LabRun, LabStatus } from '#shared/contract/loadlab-status.ts'

const quiet = { pool: null, hitRatio: null, queued: null, cpuRatio: null, memoryRatio: null, trouble: null }

export function nodeState(name: string, change: Partial<LabNodeState> = {}): LabNodeState {
  return { name, rate: 10, errorRatio: 0, p95Ms: 38.3, ...quiet, ...change }
}

export function edgeState(from: string, to: string, change: Partial<LabEdgeState> = {}): LabEdgeState {
  return { from, to, rate: 10, errorRatio: 0, p95Ms: 38.3, pool: null, queued: null, ...change }
}

export const topology: LabRun['topology'] = {
  nodes: [
    { name: 'load', kind: 'load', system: null, version: null },
    { name: 'shop', kind: 'service', system: null, version: '1.0.0' },
    { name: 'payment', kind: 'service', system: null, version: '2.0.0' },
    { name: 'orders', kind: 'database', system: 'postgresql', version: null },
    { name: 'events', kind: 'queue', system: 'kafka', version: null },
  ],
  edges: [
    { from: 'load', to: 'shop', kind: 'request' },
    { from: 'shop', to: 'payment', kind: 'request' },
    { from: 'shop', to: 'orders', kind: 'query' },
    { from: 'payment', to: 'orders', kind: 'query' },
    { from: 'shop', to: 'events', kind: 'publish' },
    { from: 'events', to: 'payment', kind: 'consume' },
  ],
}

function fault(name: string, strength: LabFault['strength']): LabFault {
  return {
    name,
    title: name,
    sentence: '',
    see: '',
    placeKind: 'service',
    places: [],
    strength,
    oneRequest: true,
    annotation: 'fault',
  }
}

export const share = {
  kind: 'share',
  unit: '%',
  label: 'of requests',
  default: 30,
  min: 1,
  max: 100,
  step: 1,
  choices: [10, 30],
} as const

export const catalog: LabCatalog = {
  scenarios: [],
  faults: [fault('database-timeout', { ...share, choices: [...share.choices] }), fault('cache-down', null)],
}

export function statusWith(change: Partial<LabStatus>): LabStatus {
  const places = [{ fault: 'database-timeout', options: ['orders'], default: 'orders' }]
  return {
    state: 'running',
    problem: null,
    run: { topology, places } as unknown as LabRun,
    faults: [],
    scheduled: [],
    annotations: [],
    mystery: null,
    ...change,
  }
}

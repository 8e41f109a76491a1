/** The picture of a scenario: what there is, and who asks whom. */

import type { LabEdge, LabScenario, LabTopology } from '#shared/contract/loadlab-catalog.ts'
import type { Scenario, Step } from './scenario.ts'

/** Where requests come from. */
export const loadNode = 'load'

export function topologyOf(scenario: Scenario): LabTopology {
  const edges = new Map<string, LabEdge>()
  const add = (from: string, to: string, kind: LabEdge['kind']): void => {
    const key = `${from} ${to}`
    if (!edges.has(key)) edges.set(key, { from, to, kind })
  }
  const walk = (from: string, steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.do === 'call') add(from, step.service, 'request')
      else if (step.do === 'query') add(from, step.database, 'query')
      else if (step.do === 'store') add(from, step.cache, 'query')
      else if (step.do === 'publish') add(from, step.queue, 'publish')
      else if (step.do === 'lookup') {
        add(from, step.cache, 'query')
        walk(from, step.miss)
      } else if (step.do === 'parallel' || step.do === 'repeat' || step.do === 'sometimes') walk(from, step.steps)
    }
  }
  const [entry] = scenario.services
  if (entry) add(loadNode, entry.name, 'request')
  for (const { name, endpoints, consumers } of scenario.services) {
    for (const { steps } of endpoints) walk(name, steps)
    for (const { queue, steps } of consumers) {
      add(queue, name, 'consume')
      walk(name, steps)
    }
  }
  return {
    nodes: [
      { name: loadNode, kind: 'load', system: null, version: null },
      ...scenario.services.map(({ name, version }) => ({ name, kind: 'service' as const, system: null, version })),
      ...scenario.databases.map(({ name, system }) => ({ name, kind: 'database' as const, system, version: null })),
      ...scenario.caches.map(({ name, system }) => ({ name, kind: 'cache' as const, system, version: null })),
      ...scenario.queues.map(({ name, system }) => ({ name, kind: 'queue' as const, system, version: null })),
    ],
    edges: [...edges.values()],
  }
}

export function showcaseJourney(scenario: Scenario): string {
  return scenario.showcase ?? scenario.journeys[0]?.name ?? ''
}

export function describeScenario(scenario: Scenario): LabScenario {
  const { name, title, description, journeys } = scenario
  return {
    name,
    title,
    description,
    topology: topologyOf(scenario),
    journeys: journeys.map((journey) => ({ name: journey.name, title: journey.title, weight: journey.weight })),
    showcaseJourney: showcaseJourney(scenario),
  }
}

/** Reads a scenario from JSON and says where it is wrong: a path, or line and column when it is no JSON at all. */

import { SpanlightError } from '#shared/contract/errors.ts'
import { findRoute } from './routes.ts'
import { type Scenario, type Step, scenarioSchema } from './scenario.ts'

/** Throws BAD_INPUT with `data.position`. `source` is named in the message: a file, or "the scenario". */
export function parseScenario(text: string, source: string): Scenario {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw malformed(source, jsonPosition(text, reason), `it is no valid JSON (${reason})`)
  }
  const parsed = scenarioSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw malformed(source, pathText(issue?.path ?? []), issue?.message ?? 'it is no scenario')
  }
  checkNames(parsed.data, source)
  return parsed.data
}

function malformed(source: string, position: string, reason: string): SpanlightError {
  return new SpanlightError('BAD_INPUT', `${source} is wrong at ${position}: ${reason}`, { position, reason })
}

/** `services[2].endpoints[0].path` */
function pathText(path: readonly PropertyKey[]): string {
  const written = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return written.replace(/^\./, '') || 'the top'
}

function jsonPosition(text: string, reason: string): string {
  const at = /position (\d+)/.exec(reason)
  const before = text.slice(0, at ? Number(at[1]) : text.length)
  const lines = before.split('\n')
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`
}

/** Every name that is used is there, every name only once, and every call finds its endpoint. */
function checkNames(scenario: Scenario, source: string): void {
  const fail = (path: readonly PropertyKey[], reason: string): never => {
    throw malformed(source, pathText(path), reason)
  }
  const kinds = ['services', 'databases', 'caches', 'queues'] as const
  const seen = new Set<string>(['load', 'load-lab'])
  for (const kind of kinds) {
    for (const [index, { name }] of scenario[kind].entries()) {
      if (seen.has(name)) fail([kind, index, 'name'], `"${name}" is taken`)
      seen.add(name)
    }
  }
  const names = (kind: (typeof kinds)[number]): Set<string> => new Set(scenario[kind].map(({ name }) => name))
  const known = { databases: names('databases'), caches: names('caches'), queues: names('queues') }
  const need = (kind: keyof typeof known, name: string, path: readonly PropertyKey[]): void => {
    if (!known[kind].has(name)) fail(path, `there is no "${name}" among the ${kind}`)
  }
  const checkSteps = (steps: readonly Step[], path: readonly PropertyKey[]): void => {
    for (const [index, step] of steps.entries()) {
      const at = [...path, index]
      if (step.do === 'call') {
        const callee = scenario.services.find(({ name }) => name === step.service)
        if (!callee) fail([...at, 'service'], `there is no service "${step.service}"`)
        if (callee && !findRoute(callee.endpoints, step.method, step.path))
          fail([...at, 'path'], `${step.service} has no endpoint ${step.method} ${step.path}`)
      } else if (step.do === 'query') need('databases', step.database, [...at, 'database'])
      else if (step.do === 'lookup') {
        need('caches', step.cache, [...at, 'cache'])
        checkSteps(step.miss, [...at, 'miss'])
      } else if (step.do === 'store') need('caches', step.cache, [...at, 'cache'])
      else if (step.do === 'publish') need('queues', step.queue, [...at, 'queue'])
      else if (step.do === 'parallel' || step.do === 'repeat' || step.do === 'sometimes')
        checkSteps(step.steps, [...at, 'steps'])
    }
  }
  for (const [index, service] of scenario.services.entries()) {
    for (const [at, endpoint] of service.endpoints.entries())
      checkSteps(endpoint.steps, ['services', index, 'endpoints', at, 'steps'])
    for (const [at, consumer] of service.consumers.entries()) {
      need('queues', consumer.queue, ['services', index, 'consumers', at, 'queue'])
      checkSteps(consumer.steps, ['services', index, 'consumers', at, 'steps'])
    }
    for (const database of Object.keys(service.pools))
      need('databases', database, ['services', index, 'pools', database])
  }
  const entry = scenario.services[0]
  for (const [index, journey] of scenario.journeys.entries()) {
    for (const [at, request] of journey.requests.entries()) {
      if (entry && !findRoute(entry.endpoints, request.method, request.path))
        fail(
          ['journeys', index, 'requests', at, 'path'],
          `${entry.name}, the first service, has no endpoint ${request.method} ${request.path}`,
        )
    }
  }
  if (scenario.journeys.every(({ weight }) => weight === 0)) fail(['journeys'], 'all weights are 0')
  if (scenario.showcase !== undefined && !scenario.journeys.some(({ name }) => name === scenario.showcase))
    fail(['showcase'], `there is no journey "${scenario.showcase}"`)
}

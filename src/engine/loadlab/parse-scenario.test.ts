/** What is wrong in a scenario is told with its place. */

import { expect, it } from 'vitest'
import { parseScenario } from './parse-scenario.ts'
import { topologyOf } from './topology.ts'

const service = {
  name: 'front',
  endpoints: [{ method: 'GET', path: '/', steps: [{ do: 'publish', queue: 'jobs' }] }],
}
const scenario = {
  name: 'mine',
  title: 'Mine',
  description: 'Small.',
  services: [service, { name: 'back', consumers: [{ queue: 'jobs', steps: [] }] }],
  queues: [{ name: 'jobs', latency: { p50Ms: 1, p99Ms: 2 } }],
  journeys: [{ name: 'go', title: 'Go', weight: 1, requests: [{ method: 'GET', path: '/' }] }],
}
const parse = (value: unknown): unknown => parseScenario(JSON.stringify(value), 'mine.json')
const withSteps = (...steps: unknown[]): unknown => ({
  ...scenario,
  services: [{ ...service, endpoints: [{ method: 'GET', path: '/', steps }] }, scenario.services[1]],
})

it('reads a whole one, defaults filled in', () => {
  const parsed = parseScenario(JSON.stringify(scenario), 'mine.json')
  expect(parsed.services[0]).toMatchObject({ version: '1.0.0', cores: 2 })
  expect(topologyOf(parsed)).toEqual({
    nodes: expect.arrayContaining([{ name: 'jobs', kind: 'queue', system: 'rabbitmq', version: null }]),
    edges: [
      { from: 'load', to: 'front', kind: 'request' },
      { from: 'front', to: 'jobs', kind: 'publish' },
      { from: 'jobs', to: 'back', kind: 'consume' },
    ],
  })
})

it.each([
  ['no JSON', '{"name": "mine",\n  oops}', /mine\.json is wrong at line 2, column \d+: it is no valid JSON/],
  ['cut off', '{"name": ', /line 1, column \d+/],
])('%s', (_, text, said) => {
  expect(() => parseScenario(text, 'mine.json')).toThrow(said)
})

it.each([
  ['an empty object', {}, /wrong at name/],
  ['a list', [], /wrong at the top/],
  ['a name that can’t be', { ...scenario, services: [{ name: 'A B' }] }, /wrong at services\[0\]\.name/],
  ['a field that isn’t', { ...scenario, speed: 3 }, /speed/],
  ['a step that isn’t', withSteps({ do: 'dance' }), /services\[0\]\.endpoints\[0\]\.steps\[0\]\.do/],
  [
    'a percentile out of order',
    withSteps({ do: 'work', latency: { p50Ms: 5, p99Ms: 1 } }),
    /steps\[0\]\.latency: p99Ms must not be less/,
  ],
  ['an unknown service', withSteps({ do: 'call', service: 'x', method: 'GET', path: '/' }), /steps\[0\]\.service/],
  ['an unknown endpoint', withSteps({ do: 'call', service: 'front', method: 'GET', path: '/x' }), /steps\[0\]\.path/],
  [
    'an unknown database, deep inside',
    withSteps({
      do: 'repeat',
      times: 2,
      steps: [{ do: 'query', database: 'x', operation: 'SELECT', collection: 't', text: 'SELECT' }],
    }),
    /steps\[0\]\.steps\[0\]\.database: there is no "x" among the databases/,
  ],
  ['a name taken twice', { ...scenario, services: [service, service] }, /services\[1\]\.name: "front" is taken/],
  ['an unknown showcase', { ...scenario, showcase: 'x' }, /wrong at showcase/],
  [
    'weights of nothing',
    { ...scenario, journeys: [{ ...scenario.journeys[0], weight: 0 }] },
    /journeys: all weights are 0/,
  ],
])('%s', (_, value, said) => {
  expect(() => parse(value)).toThrow(said)
})

/** The shop without faults: the rate it promises, whole traces, logs that belong to them, and metrics with examples. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LabRun, labRun } from '../support/lab-run.ts'

const rate = 20
const seconds = 10

let run: LabRun
beforeAll(async () => {
  run = await labRun({ rate, seconds, seed: 7 })
}, 60_000)
afterAll(() => run[Symbol.asyncDispose]())

it('sends at the rate that was asked for, and fails less than one request in a hundred', () => {
  const { requests, errors } = run.lab.generator
  expect(Math.abs(requests / (rate * seconds) - 1)).toBeLessThan(0.05)
  expect(errors / requests).toBeLessThan(0.01)
})

it('checks out with at least thirty of a hundred requests', () => {
  const checkouts = run.number(`SELECT count(*) FROM spans WHERE service = 'storefront' AND name = 'POST /checkout'`)
  expect(checkouts / run.lab.generator.requests).toBeGreaterThanOrEqual(0.3)
})

it('stores one whole trace for each request', () => {
  expect(run.number('SELECT count(*) FROM trace')).toBe(run.lab.generator.requests)
  expect(run.number('SELECT count(*) FROM trace WHERE root_received = 0')).toBe(0)
  const orphans = run.number(`
    SELECT count(*) FROM span AS child WHERE parent_span_id IS NOT NULL AND NOT EXISTS
           (SELECT 1 FROM span AS parent WHERE parent.trace_id = child.trace_id AND parent.span_id = child.parent_span_id)`)
  expect(orphans).toBe(0)
  expect(run.lab.world.delivery.sent.spans).toBe(run.number('SELECT count(*) FROM span'))
  expect(run.lab.world.delivery.refused).toBe(0)
})

it('crosses at least six services with a checkout, consumers of the queue among them', () => {
  const checkouts = run.rows<{ services: string }>(`
    SELECT (SELECT json_group_array(DISTINCT service) FROM spans AS inner WHERE inner.trace_id = root.trace_id) AS services
      FROM spans AS root WHERE service = 'storefront' AND name = 'POST /checkout' AND status_code = 0`)
  expect(checkouts.length).toBeGreaterThan(20)
  for (const { services } of checkouts) {
    const names = JSON.parse(services) as string[]
    expect(names.length).toBeGreaterThanOrEqual(6)
    expect(names).toEqual(expect.arrayContaining(['shipping', 'email']))
  }
})

it('gives every log line of a request its trace', () => {
  expect(run.number('SELECT count(*) FROM log_record')).toBeGreaterThan(run.lab.generator.requests)
  expect(run.number('SELECT count(*) FROM log_record WHERE trace_id IS NULL OR span_id IS NULL')).toBe(0)
})

it('writes the attributes of today’s conventions', () => {
  const keysOf = (where: string): string[] => {
    const [row] = run.rows<{ attributes: string }>(`SELECT attributes FROM spans WHERE ${where} LIMIT 1`)
    return Object.keys(JSON.parse(row?.attributes ?? '{}') as object)
  }
  expect(keysOf('kind = 2')).toEqual(
    expect.arrayContaining([
      'http.request.method',
      'http.route',
      'url.path',
      'http.response.status_code',
      'server.port',
    ]),
  )
  expect(keysOf(`kind = 3 AND name = 'POST /payments'`)).toEqual(
    expect.arrayContaining(['http.request.method', 'url.full', 'server.address', 'server.port', 'service.peer.name']),
  )
  expect(keysOf(`name = 'INSERT orders'`)).toEqual(
    expect.arrayContaining(['db.system.name', 'db.namespace', 'db.operation.name', 'db.query.text']),
  )
  expect(keysOf('kind = 5')).toEqual(
    expect.arrayContaining(['messaging.system', 'messaging.operation.type', 'messaging.destination.name']),
  )
  const [resource] = run.rows<{ resource: string }>(`SELECT resource FROM spans WHERE service = 'payment' LIMIT 1`)
  expect(JSON.parse(resource?.resource ?? '{}')).toMatchObject({
    'service.name': 'payment',
    'service.version': '5.0.2',
    'service.instance.id': expect.any(String),
    'host.name': 'payment-1',
    'telemetry.sdk.name': 'opentelemetry',
  })
})

it('measures what saturation is read from, and gives durations their examples', () => {
  const names = run.rows<{ name: string }>('SELECT DISTINCT name FROM metrics').map(({ name }) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'http.server.request.duration',
      'db.client.connection.count',
      'db.client.connection.max',
      'shop.queue.size',
      'process.cpu.utilization',
      'process.memory.usage',
      'nodejs.eventloop.delay.mean',
    ]),
  )
  expect(run.number('SELECT count(*) FROM exemplar')).toBeGreaterThan(50)
  const lost = run.number(
    'SELECT count(*) FROM exemplar WHERE NOT EXISTS (SELECT 1 FROM span WHERE span.trace_id = exemplar.trace_id AND span.span_id = exemplar.span_id)',
  )
  expect(lost).toBe(0)
  // The histogram counts each request that was served.
  expect(
    run.number(`SELECT max(count) FROM metrics WHERE name = 'http.server.request.duration' AND service = 'payment'`),
  ).toBe(run.number(`SELECT count(*) FROM spans WHERE service = 'payment' AND kind = 2 AND status_code = 0`))
})

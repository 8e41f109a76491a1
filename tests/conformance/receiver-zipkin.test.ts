/** What Zipkin clients post is stored as any other span, on the HTTP port and, when set, on one of its own. */

import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { call } from '../support/http-client.ts'
import { runningEngine } from '../support/running-engine.ts'

let engine: Engine & AsyncDisposable
beforeAll(async () => {
  engine = await runningEngine()
})
afterAll(() => engine[Symbol.asyncDispose]())

const span = {
  traceId: '48485a3953bb6124',
  id: '1',
  name: 'get /',
  kind: 'SERVER',
  timestamp: 1700000000000001,
  duration: 7,
  localEndpoint: { serviceName: 'cart' },
}

const post = (body: Uint8Array | string, headers: Record<string, string> = {}, origin = engine.endpoints.http) =>
  call(origin, {
    method: 'POST',
    path: '/api/v2/spans',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

it('answers 202 once it is committed, also to what was sent before', async () => {
  const bodies = [JSON.stringify([span]), gzipSync(JSON.stringify([span, { ...span, id: '2', parentId: '1' }]))]
  const answers = [await post(bodies[0] ?? ''), await post(bodies[1] ?? '', { 'content-encoding': 'gzip' })]
  expect(answers.map(({ status, body }) => [status, body.length])).toEqual([
    [202, 0],
    [202, 0],
  ])
  const traceId = '000000000000000048485a3953bb6124'
  expect(await engine.context.readers.query('traceSummary', { traceId })).toMatchObject({
    spanCount: 2,
    rootService: 'cart',
    rootOperation: 'get /',
  })
})

it.each([
  ['what is not JSON', '[{', {}, 400],
  ['what is no span', '[1]', {}, 400],
  ['an id that is none', JSON.stringify([{ ...span, id: 'x' }]), {}, 400],
  ['another content type', 'x', { 'content-type': 'application/x-thrift' }, 415],
  ['protobuf', 'x', { 'content-type': 'application/x-protobuf' }, 415],
])('refuses %s', async (_what, body, headers, status) => {
  expect((await post(body, headers)).status).toBe(status)
})

it('listens on a port of its own while that is set', async () => {
  const { settings } = engine.context
  const { grpc, http, zipkin } = (await settings.get()).ports
  expect(zipkin).toBeNull()
  const other = await runningEngine()
  const free = (await other.context.settings.get()).ports.http
  await other[Symbol.asyncDispose]()
  expect((await settings.setPorts({ grpc, http, zipkin: free })).ports).toEqual({ grpc, http, zipkin: free })
  const origin = `http://127.0.0.1:${free}`
  expect((await post(JSON.stringify([{ ...span, id: '3' }]), {}, origin)).status).toBe(202)
  await settings.setPorts({ grpc, http })
  expect((await settings.get()).ports.zipkin).toBe(free)
  await settings.setPorts({ grpc, http, zipkin: null })
  await expect(post('[]', {}, origin)).rejects.toThrow()
})

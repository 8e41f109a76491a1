/** The contract over its WebSocket, as the app uses it: values, columns, errors, the status as it changes, cancelling. */

import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import { decodeWaterfall } from '../../src/shared/contract/waterfall.ts'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { epoch, logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type RunningServer, runningServer } from '../support/running-server.ts'

let server: RunningServer
let socket: ApiClient['socket']
let client: ApiClient['api']

beforeAll(async () => {
  server = await runningServer()
  ;({ api: client, socket } = apiClient(server))
  await server.send(
    'traces',
    tracesOf('cart', [
      { id: 1, name: 'GET' },
      { id: 2, parent: 1, start: 5n, error: true },
    ]),
  )
  await server.send('logs', logsOf('cart', [{ body: 'hello', at: 3n, trace: 1, span: 2 }]))
})
afterAll(async () => {
  socket.terminate()
  await server[Symbol.asyncDispose]()
})

const traceId = traceIdOf(1)

it('answers what the screens ask', async () => {
  expect(await client.traces.list({})).toMatchObject({ traces: [{ traceId, spanCount: 2, errorCount: 1 }] })
  expect(await client.traces.summary({ traceId })).toMatchObject({ rootService: 'cart', rootOperation: 'GET' })
  expect(await client.traces.span({ traceId, spanId: spanIdOf(2) })).toMatchObject({ status: 'error', twin: 0 })
  expect(await client.traces.find({ traceId, text: 'get' })).toEqual({ spans: [{ spanId: spanIdOf(1), twin: 0 }] })
  expect(await client.logs.list({ traceId })).toMatchObject({ logs: [{ body: 'hello' }] })
  expect((await client.logs.histogram({})).series).toMatchObject([{ level: 'info' }])
  expect(await client.services.operations({ contains: 'ge' })).toEqual({ operations: ['GET'] })
  expect((await client.health.get()).counts).toMatchObject({ spans: 2, logs: 1 })
})

it('carries a waterfall as columns', async () => {
  const blob = await client.traces.waterfall({ traceId })
  const columns = decodeWaterfall(await blob.arrayBuffer())
  expect([columns.rowCount, columns.startUnixNano, [...columns.start], [...columns.status]]).toEqual([
    2,
    epoch,
    [0, 5],
    [0, 2],
  ])
})

it('tells errors by code', async () => {
  const unknown = { traceId: traceIdOf(9) }
  await expect(client.traces.summary(unknown)).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 })
  await expect(client.traces.list({ limit: 1001 })).rejects.toMatchObject({ code: 'BAD_INPUT', status: 400 })
  await expect(client.traces.list({ cursor: 'bogus' })).rejects.toMatchObject({ code: 'BAD_INPUT', status: 400 })
})

it('says how the status changes, until nobody listens', async () => {
  const controller = new AbortController()
  const states = await client.status.watch(undefined, { signal: controller.signal })
  const first = await states.next()
  expect(first.value).toMatchObject({ counts: { spans: 2 } })
  await server.send('traces', tracesOf('pay', [{ trace: 2, id: 1 }]))
  let spans = 0
  while (spans < 3) {
    const { value, done } = await states.next()
    if (done || !value) break
    spans = value.counts.spans
  }
  expect(spans).toBe(3)
  controller.abort()
  await states.return?.().catch(() => undefined)
})

it('closes on what is larger than anything the app sends, and the server goes on', async () => {
  const other = new WebSocket(`ws://127.0.0.1:${server.port}/api/ws`, {
    headers: { authorization: `Bearer ${server.token}` },
  })
  const closed = new Promise((resolve) => other.once('close', resolve))
  other.on('error', () => undefined)
  other.once('open', () => other.send(Buffer.alloc(2 * 1024 * 1024)))
  await closed
  expect((await client.health.get()).status).toBe('ok')
})

it('survives messages that are none', async () => {
  const complaints = vi.spyOn(console, 'error').mockReturnValue()
  const other = new WebSocket(`ws://127.0.0.1:${server.port}/api/ws`, {
    headers: { authorization: `Bearer ${server.token}` },
  })
  await new Promise((resolve) => other.once('open', resolve))
  const messages = ['', 'not json', '{}', '[]', 'null']
  for (const text of messages) other.send(text)
  await vi.waitUntil(() => complaints.mock.calls.length >= messages.length)
  complaints.mockRestore()
  other.terminate()
  expect((await client.health.get()).status).toBe('ok')
})

/** What a person sets in the app: applied at once, remembered, and refused without a trace when it can't be. */

import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { selfHeader } from '../../src/shared/model/self.ts'
import { logsOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'

const send = (endpoint: string, headers: Record<string, string> = {}, path = '/v1/traces'): Promise<Response> =>
  fetch(`${endpoint}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(tracesOf('shop', [{ id: 1 }])),
  })

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

describe('ports', () => {
  it('move without a restart, the old ones close', async () => {
    await using engine = await runningEngine()
    const before = engine.endpoints
    const ports = { grpc: await freePort(), http: await freePort() }
    const settings = await engine.context.settings.setPorts(ports)
    expect(settings.ports).toEqual({ ...ports, zipkin: null })
    expect((await send(`http://127.0.0.1:${ports.http}`)).status).toBe(200)
    await expect(send(before.http)).rejects.toThrow()
    expect((await engine.context.status.health()).receivers.http).toBe(`http://127.0.0.1:${ports.http}`)
  })

  it('stay when one of the new ones is taken', async () => {
    await using engine = await runningEngine()
    await using other = await runningEngine()
    const before = engine.endpoints
    const taken = Number(new URL(other.endpoints.http).port)
    const moved = engine.context.settings.setPorts({ grpc: await freePort(), http: taken })
    await expect(moved).rejects.toMatchObject({ code: 'PORT_TAKEN' })
    expect(engine.endpoints).toEqual(before)
    expect((await send(before.http)).status).toBe(200)
  })
})

describe('retention', () => {
  it('is applied at once and remembered', async () => {
    await using engine = await runningEngine()
    const { settings } = engine.context
    expect((await settings.get()).retention).toEqual({
      maxBytes: 2 * 1024 ** 3,
      maxAgeSeconds: null,
      rollupMaxAgeSeconds: null,
    })
    const retention = { maxBytes: 64 * 1024 ** 2, maxAgeSeconds: 3600, rollupMaxAgeSeconds: null }
    await settings.setRetention(retention)
    expect((await settings.get()).retention).toEqual(retention)
  })
})

describe('what is stored', () => {
  it('is told by signal and by service', async () => {
    await using engine = await runningEngine()
    await send(engine.endpoints.http)
    await fetch(`${engine.endpoints.http}/v1/logs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(logsOf('cart', [{ body: 'one' }, { body: 'two' }])),
    })
    const storage = await engine.context.settings.storage()
    expect(storage.fileBytes).toBeGreaterThan(0)
    expect(storage.signals.map(({ signal, records }) => [signal, records])).toEqual([
      ['traces', 1],
      ['logs', 2],
      ['metrics', 0],
    ])
    expect(storage.services).toMatchObject([
      { name: 'cart', spans: 0, logs: 2, points: 0 },
      { name: 'shop', spans: 1, logs: 0, points: 0 },
    ])
    await engine.context.settings.deleteAll()
    expect((await engine.context.status.health()).counts).toEqual({ spans: 0, traces: 0, logs: 0, points: 0 })
    expect((await send(engine.endpoints.http)).status).toBe(200)
  })
})

describe('refused requests', () => {
  it('are remembered with their reason, newest first, repeats counted', async () => {
    await using engine = await runningEngine()
    await send(engine.endpoints.http, {}, '/')
    await send(engine.endpoints.http, { 'content-type': 'text/plain' })
    await send(engine.endpoints.http, { 'content-type': 'text/plain' })
    const { refusals } = await engine.context.status.ingest()
    expect(refusals).toMatchObject([
      { transport: 'http', target: 'POST /v1/traces', status: '415', count: 2 },
      { transport: 'http', target: 'POST /', status: '404', count: 1, message: expect.stringContaining('/v1/traces') },
    ])
  })

  it('include whatever a Spanlight sends about itself', async () => {
    await using engine = await runningEngine()
    expect((await send(engine.endpoints.http, { [selfHeader]: '1' })).status).toBe(403)
    expect((await engine.context.status.health()).counts.spans).toBe(0)
  })
})

describe('rates', () => {
  it('are told by service', async () => {
    await using engine = await runningEngine()
    await send(engine.endpoints.http)
    const { services, queue } = await engine.context.status.ingest()
    expect(services).toMatchObject([{ name: 'shop', spans: expect.any(Number) }])
    expect(services[0]?.spans).toBeGreaterThan(0)
    expect(queue).toMatchObject({ requests: 0, bytes: 0 })
  })
})

/** The load lab as the app drives it: over the contract, with its own process, which ends with the engine. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { LabStatus } from '../../src/shared/contract/loadlab-status.ts'
import { freePort } from '../e2e/support/free-port.ts'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { type RunningServer, runningServer } from '../support/running-server.ts'

let server: RunningServer
let socket: ApiClient['socket']
let client: ApiClient['api']

beforeAll(async () => {
  server = await runningServer()
  ;({ api: client, socket } = apiClient(server))
})
afterAll(async () => {
  socket.terminate()
  await server[Symbol.asyncDispose]()
})

const answers = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

it('has three scenarios and seventeen faults, in their order', async () => {
  const { scenarios, faults } = await client.loadlab.catalog()
  expect(scenarios.map(({ name }) => name)).toEqual(['checkout-shop', 'async-pipeline', 'chatty-monolith'])
  expect(faults).toHaveLength(17)
  expect(faults[0]?.name).toBe('database-timeout')
})

it('says what a command needs when nothing runs', async () => {
  expect(await client.loadlab.get()).toMatchObject({ state: 'stopped', run: null })
  await expect(client.loadlab.setFault({ fault: 'cpu-burn' })).rejects.toMatchObject({ code: 'BUSY' })
  expect(await client.loadlab.stop()).toMatchObject({ state: 'stopped' })
})

it('sends one request whose trace grows, with a failed database span', async () => {
  const { traceId } = await client.loadlab.sendOne({ fault: 'database-timeout', slowdown: 1 })
  const growing = await vi.waitFor(() => client.traces.summary({ traceId }), { timeout: 5000 })
  const whole = await vi.waitFor(
    async () => {
      const summary = await client.traces.summary({ traceId })
      expect(summary).toMatchObject({ rootService: 'storefront', rootOperation: 'POST /checkout' })
      expect(summary.errorCount).toBeGreaterThan(3)
      return summary
    },
    { timeout: 10_000, interval: 100 },
  )
  expect(growing.spanCount).toBeLessThan(whole.spanCount)
  expect((await client.loadlab.get()).run).toMatchObject({ paused: true, requests: 1 })
})

describe('a run', () => {
  it('starts, is watched, changes and tells numbers that fit', async () => {
    const began = performance.now()
    const started = await client.loadlab.start({ rate: 40, seed: 7 })
    expect(started).toMatchObject({ state: 'running', run: { scenario: 'checkout-shop', rate: 40, seed: 7 } })
    await vi.waitFor(async () => expect((await client.health.get()).counts.spans).toBeGreaterThan(100), {
      timeout: 10_000,
    })
    // Data is on screen within five seconds of the click.
    expect(performance.now() - began).toBeLessThan(5000)
    const seen: LabStatus[] = []
    for await (const status of await client.loadlab.watch()) {
      seen.push(status)
      if ((status.run?.requests ?? 0) > 80) break
    }
    expect(seen.length).toBeGreaterThan(1)
    const run = seen.at(-1)?.run
    const gateway = run?.nodes.find(({ name }) => name === 'gateway')
    expect(gateway?.rate).toBeGreaterThan(20)
    expect(gateway?.p95Ms).toBeGreaterThan(10)
    const edge = run?.edges.find(({ from, to }) => from === 'checkout' && to === 'orders-db')
    expect(edge).toMatchObject({ pool: { max: 20 } })
    const changed = await client.loadlab.setTraffic({ rate: 10, journeys: { browse: 0 } })
    expect(changed.run).toMatchObject({ rate: 10 })
    expect(changed.run?.journeys).toContainEqual({ name: 'browse', title: 'Browse the catalog', weight: 0 })
  })

  it('can be called by anybody, and continues their trace', async () => {
    const { run } = await client.loadlab.get()
    const [storefront] = run?.services ?? []
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const response = await fetch(`${storefront?.url}/products/41`, {
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'vendor=1' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-trace-id')).toBe(traceId)
    const found = await vi.waitFor(() => client.traces.summary({ traceId }), { timeout: 5000 })
    expect(found.spanCount).toBeGreaterThan(0)
  })

  it('starts and ends faults, and refuses what can’t be', async () => {
    const on = await client.loadlab.setFault({ fault: 'payment-errors', strength: 50, durationSeconds: 60 })
    expect(on.faults).toMatchObject([{ id: 'payment-errors@payment', strength: 50, untilUnixNano: expect.any(String) }])
    expect(on.annotations[0]).toMatchObject({ text: 'Payment errors: payment, 50 %', endUnixNano: null })
    await client.loadlab.schedule({ script: [{ fault: 'cache-down', atSeconds: 50 }] })
    await expect(client.loadlab.setFault({ fault: 'databse-timeout' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('"database-timeout"'),
    })
    await expect(client.loadlab.setFault({ fault: 'cpu-burn', strength: 400 })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    await expect(client.loadlab.setFault({ fault: 'cpu-burn', where: 'paymnt' })).rejects.toMatchObject({
      message: expect.stringContaining('"payment"'),
    })
    const off = await client.loadlab.clearFault({})
    expect(off).toMatchObject({ faults: [], scheduled: [] })
    expect(off.annotations[0]).toMatchObject({ endUnixNano: expect.any(String) })
  })

  it('hides a mystery fault, judges the guess, and shows the way to the cause', async () => {
    const { exercises } = await client.loadlab.sheet({ seed: 12, answers: true })
    expect(new Set(exercises.map(({ answer }) => answer?.fault)).size).toBe(5)
    const number = 1
    const answer = exercises[number - 1]?.answer
    const open = await client.loadlab.startMystery({ seed: 12, number })
    expect(open).toMatchObject({ faults: [], mystery: { number, of: 5, verdict: null } })
    expect(open.run?.nodes.every(({ trouble }) => trouble === null)).toBe(true)
    const before = open.annotations.length
    await client.loadlab.setTraffic({ rate: 40, journeys: { browse: 40 } })
    const told = await client.loadlab.guess({ service: answer?.service ?? '', fault: answer?.fault ?? '' })
    expect(told.mystery?.verdict).toMatchObject({ right: true, answer: { fault: answer?.fault } })
    expect(told.annotations).toHaveLength(before + 1)
    const traceId = await vi.waitFor(
      async () => {
        const trail = (await client.loadlab.get()).mystery?.verdict?.trail ?? []
        expect(trail.map(({ step }) => step)).toEqual(['chart', 'trace', 'span', 'log'])
        return trail[1]?.traceId ?? ''
      },
      { timeout: 10_000 },
    )
    await vi.waitFor(() => client.traces.summary({ traceId }), { timeout: 10_000 })
    expect(await client.loadlab.endMystery()).toMatchObject({ mystery: null, faults: [] })
  })

  it('resets the exercise: empty store, same seed, running again', async () => {
    await client.loadlab.setFault({ fault: 'noisy-logs' })
    const { run: before } = await client.loadlab.get()
    const again = await client.loadlab.resetExercise({ confirm: 'delete all data' })
    expect(again).toMatchObject({ state: 'running', faults: [], annotations: [], run: { seed: 7 } })
    expect(again.run?.id).not.toBe(before?.id)
    expect(again.run?.requests).toBeLessThan(20)
  })

  it('stops and frees its ports', async () => {
    const { run } = await client.loadlab.get()
    const urls = run?.services.map(({ url }) => url) ?? []
    expect(urls).toHaveLength(9)
    expect(await client.loadlab.stop()).toMatchObject({ state: 'stopped', run: null, problem: null })
    for (const url of urls) expect(await answers(url)).toBe(false)
  })
})

it('sends load to a service of one’s own, but not to another machine unless that is confirmed', async () => {
  const url = `http://127.0.0.1:${await freePort()}/nothing`
  await expect(client.loadlab.start({ target: { url: 'http://shop.example/' } })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { reason: 'not-loopback', host: 'shop.example' },
  })
  expect((await client.loadlab.get()).run).toBeNull()
  await client.loadlab.start({ target: { url, method: 'POST', body: '{}' }, rate: 50 })
  await vi.waitFor(
    async () => {
      const { run } = await client.loadlab.get()
      expect(run?.outcomes[0]).toMatchObject({ outcome: 'ECONNREFUSED' })
      expect(run?.errors).toBe(run?.outcomes[0]?.count)
    },
    { timeout: 5000 },
  )
  await client.loadlab.stop()
})

it('says where a scenario of one’s own is wrong', async () => {
  const definition = JSON.stringify({ name: 'mine', title: 'Mine', description: 'x', services: [{ name: 'A B' }] })
  await expect(client.loadlab.start({ definition })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    data: { position: 'services[0].name' },
  })
})

it('leaves nothing running when the engine stops in the middle', async () => {
  const other = await runningServer()
  const { loadlab } = other.engine.context
  const { run } = await loadlab.command({ name: 'start', input: startInput })
  const urls = run?.services.map(({ url }) => url) ?? []
  expect(await answers(urls[0] ?? '')).toBe(true)
  await other[Symbol.asyncDispose]()
  for (const url of urls) expect(await answers(url)).toBe(false)
})

const startInput = {
  scenario: 'checkout-shop',
  rate: 20,
  profile: 'steady' as const,
  seed: 1,
  paused: false,
  script: [],
}

/** How full resources are, from metrics as runtimes, hosts and clients name them now and named them before. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSaturation } from '../../src/engine/queries/saturation.ts'
import {
  type Saturation,
  type SaturationResource,
  saturationInputSchema,
  saturationKinds,
  saturationSchema,
} from '../../src/shared/contract/saturation.ts'
import { at, type MetricSketch, metricsOf, type PointSketch } from '../support/metric-points.ts'
import type { PlainValue } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

let store: ScratchStore
beforeEach(() => {
  store = scratchStore()
})
afterEach(() => store[Symbol.dispose]())

async function saturation(input: Record<string, unknown> = {}): Promise<Saturation> {
  const parsed = saturationInputSchema.parse({ start: at(0), end: at(40), stepSeconds: 10, ...input })
  return saturationSchema.parse(JSON.parse(JSON.stringify(await readSaturation(store.context, parsed))))
}

type Attributes = Readonly<Record<string, PlainValue>>

/** A value every ten seconds, for each set of attributes. */
function lines(...all: [values: readonly number[], attributes?: Attributes][]): PointSketch[] {
  return all.flatMap(([values, attributes = {}]) =>
    values.map((value, index) => ({ at: index * 10 + 5, start: -100, value, attributes })),
  )
}

/** A counter that grows by so much every ten seconds. */
function counter(...all: [perSecond: number, attributes?: Attributes][]): PointSketch[] {
  return lines(
    ...all.map(
      ([rate, attributes]) => [[0, 1, 2, 3, 4].map((n) => n * rate * 10), attributes] as [number[], Attributes],
    ),
  )
}

const send = (service: string, metrics: MetricSketch[], resource: Attributes = {}): unknown =>
  store.send('metrics', metricsOf(service, metrics, resource))

async function only(input: Record<string, unknown> = {}): Promise<SaturationResource> {
  const { resources } = await saturation(input)
  expect(resources.length).toBe(1)
  const [resource] = resources
  if (!resource) throw new Error('nothing found')
  return resource
}

describe('pools', () => {
  it.each([
    [
      'db.client.connection.count',
      'db.client.connection.max',
      'db.client.connection.pool.name',
      'db.client.connection.state',
    ],
    ['db.client.connections.usage', 'db.client.connections.max', 'pool.name', 'state'],
  ])('are used connections as a share of the most allowed: %s', async (usage, max, pool, state) => {
    send('orders', [
      {
        name: usage,
        unit: '{connection}',
        monotonic: false,
        sum: lines(
          [[2, 4, 8, 9], { [pool]: 'orders-db', [state]: 'used' }],
          [[8, 6, 2, 1], { [pool]: 'orders-db', [state]: 'idle' }],
        ),
      },
      { name: max, monotonic: false, sum: lines([[10, 10, 10, 10], { [pool]: 'orders-db' }]) },
    ])
    const answer = await saturation()
    expect(answer.resources).toEqual([
      {
        kind: 'pool',
        title: 'orders-db pool',
        service: 'orders',
        metric: usage,
        unit: '{connection}',
        values: [2, 4, 8, 9],
        latest: 9,
        peak: 9,
        limit: 10,
        limitMetric: max,
        share: [0.2, 0.4, 0.8, 0.9],
        latestShare: 0.9,
        peakShare: 0.9,
      },
    ])
    expect(answer.active).toMatchObject([{ kind: 'connections', title: 'orders-db connections in use', latest: 9 }])
  })

  it('without a limit have no share', async () => {
    send('a', [{ name: 'db.client.connection.count', gauge: lines([[3], { 'db.client.connection.state': 'used' }]) }])
    expect(await only()).toMatchObject({ title: 'Pool', latest: 3, limit: null, share: null, latestShare: null })
  })
})

describe('processors', () => {
  it('of a process are shares, its modes added up', async () => {
    send('a', [
      {
        name: 'process.cpu.utilization',
        gauge: lines([[0.25], { 'cpu.mode': 'user' }], [[0.5], { 'cpu.mode': 'system' }]),
      },
    ])
    expect(await only()).toMatchObject({ kind: 'cpu', title: 'CPU of the process', latestShare: 0.75, limit: 1 })
  })

  it('of a host are what is not idle, averaged over them', async () => {
    const points = [0, 1].flatMap((cpu) =>
      lines(
        [[cpu === 0 ? 0.5 : 0.25], { 'cpu.logical_number': cpu, state: 'user' }],
        [[cpu === 0 ? 0.5 : 0.75], { 'cpu.logical_number': cpu, state: 'idle' }],
      ),
    )
    send('host', [{ name: 'system.cpu.utilization', gauge: points }])
    expect((await only()).latestShare).toBeCloseTo(0.375)
  })

  it('as time are work per second, against all modes or the number of cores', async () => {
    send('host', [
      { name: 'system.cpu.time', unit: 's', sum: counter([1, { 'cpu.mode': 'user' }], [3, { 'cpu.mode': 'idle' }]) },
    ])
    const host = await only()
    expect(host).toMatchObject({ unit: '1', latest: 1, limit: 4, latestShare: 0.25, limitMetric: 'system.cpu.time' })
    send('jvm', [
      {
        name: 'process.cpu.time',
        unit: 's',
        sum: counter([0.5, { 'cpu.mode': 'user' }], [0.5, { 'cpu.mode': 'system' }]),
      },
      { name: 'jvm.cpu.count', monotonic: false, sum: lines([[2, 2, 2, 2]]) },
    ])
    expect(await only({ service: 'jvm' })).toMatchObject({
      latest: 1,
      limit: 2,
      limitMetric: 'jvm.cpu.count',
      latestShare: 0.5,
    })
  })
})

describe('memory', () => {
  it('of the JVM is told by pool, with its limit where it has one', async () => {
    const pool = (name: string): Attributes => ({ 'jvm.memory.pool.name': name, 'jvm.memory.type': 'heap' })
    send('j', [
      { name: 'jvm.memory.used', unit: 'By', monotonic: false, sum: lines([[60], pool('Old')], [[5], pool('Eden')]) },
      { name: 'jvm.memory.limit', unit: 'By', monotonic: false, sum: lines([[100], pool('Old')]) },
    ])
    expect((await saturation()).resources.map(({ title, latestShare }) => [title, latestShare])).toEqual([
      ['Old JVM memory', 0.6],
      ['Eden JVM memory', null],
    ])
  })

  it('of a host is used as a share of all states', async () => {
    send('h', [
      {
        name: 'system.memory.usage',
        unit: 'By',
        monotonic: false,
        sum: lines([[30], { state: 'used' }], [[70], { state: 'free' }]),
      },
    ])
    expect(await only()).toMatchObject({ latest: 30, limit: 100, latestShare: 0.3 })
  })

  it('of V8 is its heap, spaces added up', async () => {
    const space = (name: string): Attributes => ({ 'v8js.heap.space.name': name })
    send('n', [
      { name: 'v8js.memory.heap.used', unit: 'By', gauge: lines([[10], space('new')], [[40], space('old')]) },
      { name: 'v8js.memory.heap.limit', unit: 'By', gauge: lines([[50], space('new')], [[50], space('old')]) },
    ])
    expect(await only()).toMatchObject({ title: 'V8 heap', latest: 50, limit: 100, latestShare: 0.5 })
  })
})

describe('the rest', () => {
  it('is found by current and older names', async () => {
    send('a', [
      { name: 'system.disk.io_time', unit: 'ms', sum: counter([250, { 'system.device': 'sda' }]) },
      {
        name: 'system.network.io',
        unit: 'By',
        sum: counter([100, { 'network.io.direction': 'receive' }], [50, { 'network.io.direction': 'transmit' }]),
      },
      {
        name: 'system.filesystem.utilization',
        gauge: lines([[0.9], { 'system.filesystem.mountpoint': '/', 'system.filesystem.state': 'used' }]),
      },
      { name: 'mail.queue.size', unit: '{message}', monotonic: false, sum: lines([[30]]) },
      { name: 'mail.queue.capacity', monotonic: false, sum: lines([[40]]) },
      { name: 'nodejs.eventloop.utilization', gauge: lines([[0.6]]) },
      { name: 'nodejs.eventloop.delay.p99', unit: 's', gauge: lines([[0.02]]) },
      {
        name: 'v8js.gc.duration',
        unit: 's',
        histogram: [0, 1, 2, 3, 4].map((n) => ({ at: n * 10 + 5, start: -100, more: { count: 4 * n, sum: n } })),
      },
      { name: 'http.server.active_requests', monotonic: false, sum: lines([[7]]) },
    ])
    const { resources, active, wanted } = await saturation()
    expect(resources.map(({ kind, title, unit, latestShare }) => [kind, title, unit, latestShare])).toEqual([
      ['filesystem', '/ file system', '1', 0.9],
      ['queue', 'Queue mail', '{message}', 0.75],
      ['event_loop', 'Event loop', '1', 0.6],
      ['disk', 'sda disk busy', '1', 0.25],
      ['gc', 'Garbage collection', '1', expect.closeTo(0.1)],
      ['network', 'Network I/O', 'By/s', null],
      ['event_loop', 'Event loop delay, P99', 's', null],
    ])
    expect(resources.find(({ kind }) => kind === 'network')?.latest).toBe(150)
    expect(active).toMatchObject([{ kind: 'requests', title: 'Active requests', latest: 7 }])
    expect(wanted.map(({ kind }) => kind)).toEqual(['cpu', 'memory', 'pool'])
  })

  it('is called after the resource, in words', async () => {
    const consumer = { 'messaging.destination.name': 'orders', 'messaging.consumer.group.name': 'mail' }
    send('a', [
      { name: 'shop.queue.size', monotonic: false, sum: lines([[3], consumer]) },
      { name: 'db.client.connection.pending_requests', monotonic: false, sum: lines([[1], { 'pool.name': 'db' }]) },
      { name: 'http.client.open_connections', monotonic: false, sum: lines([[2], { 'server.address': 'pay' }]) },
    ])
    expect((await saturation()).resources.map(({ title }) => title)).toEqual([
      'pay HTTP connections',
      'db pool: waiting for a connection',
      'orders queue',
    ])
  })

  it('is told once by a service that says it in several ways', async () => {
    const gauge = (name: string): MetricSketch => ({ name, gauge: lines([[0.5]]) })
    send('a', [gauge('process.cpu.utilization'), { name: 'process.cpu.time', unit: 's', sum: counter([1]) }])
    send('b', [{ name: 'process.cpu.time', unit: 's', sum: counter([1]) }])
    send(
      'a',
      ['p99', 'max', 'mean'].map((of) => gauge(`nodejs.eventloop.delay.${of}`)),
    )
    send('b', [gauge('nodejs.eventloop.delay.mean')])
    expect((await saturation()).resources.map(({ service, metric }) => [service, metric]).sort()).toEqual([
      ['a', 'nodejs.eventloop.delay.p99'],
      ['a', 'process.cpu.utilization'],
      ['b', 'nodejs.eventloop.delay.mean'],
      ['b', 'process.cpu.time'],
    ])
  })

  it('has gaps where points are missing or no number', async () => {
    send('a', [
      {
        name: 'process.cpu.utilization',
        gauge: [
          [5, 0.5],
          [15, 0.6],
          [25, Number.NaN],
        ].map(([time = 0, value = 0]) => ({ at: time, value })),
      },
    ])
    expect((await only({ end: at(60) })).share).toEqual([0.5, 0.6, null, null, null, null])
  })

  it('tells several instances of a service apart, and says nothing of one', async () => {
    for (const id of ['one', 'two']) {
      send('a', [{ name: 'process.cpu.utilization', gauge: lines([[id === 'one' ? 0.1 : 0.2]]) }], {
        'service.instance.id': id,
      })
    }
    expect((await saturation()).resources.map(({ title }) => title)).toEqual([
      'CPU of the process · two',
      'CPU of the process · one',
    ])
  })

  it('goes on through restarts, with the name and the limit of the process that runs now', async () => {
    const memory = (id: string, from: number, values: readonly number[], limit: number): void => {
      const points = (level: (index: number) => number): PointSketch[] =>
        values.map((_, index) => ({ at: from + index * 10 + 5, start: from, value: level(index) }))
      send(
        'a',
        [
          { name: 'process.memory.usage', sum: points((index) => values[index] ?? 0), monotonic: false },
          { name: 'process.memory.limit', sum: points(() => limit), monotonic: false },
        ],
        { 'service.instance.id': id },
      )
    }
    memory('3f0c2d1e-9d4b-4b57-8a3e-0c6f4f0f9a11', 0, [10, 20], 100)
    memory('7b8a4c55-1f2e-4d6a-9b0c-5d3e2f1a0b22', 20, [40, 60], 200)
    expect(await only({ end: at(60) })).toMatchObject({
      title: 'Memory of the process',
      values: [10, 20, 40, 60, null, null],
      limit: 200,
      latestShare: 0.3,
    })
    // A second one beside it is no restart.
    memory('11111111-2222-4333-8444-555555555555', 0, [5, 5, 5, 5], 200)
    expect((await saturation()).resources.map(({ title }) => title)).toEqual([
      'Memory of the process · 7b8a4c55',
      'Memory of the process · 3f0c2d1e',
      'Memory of the process · 11111111',
    ])
  })

  it('is ranked and bounded', async () => {
    const pools = Array.from({ length: 80 }, (_, n): [number[], Attributes] => [[n / 100], { 'cpu.mode': 'user', n }])
    for (const [values] of pools) send(`s${values[0]}`, [{ name: 'process.cpu.utilization', gauge: lines([values]) }])
    const { resources, resourceCount } = await saturation()
    expect([resources.length, resourceCount]).toEqual([50, 80])
    expect(resources[0]).toMatchObject({ service: 's0.79', latestShare: 0.79 })
  })
})

describe('asking', () => {
  it('an empty store tells what to instrument', async () => {
    const { resources, active, wanted } = await saturation({ start: undefined, end: undefined })
    expect([resources, active]).toEqual([[], []])
    expect(wanted.map(({ kind }) => kind)).toEqual([...saturationKinds])
    for (const { how, metrics } of wanted) expect(how.length * metrics.length).toBeGreaterThan(0)
  })

  it('for an unknown service, or a range that ends before it starts, is refused in words', async () => {
    await expect(saturation({ service: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(saturation({ start: at(9), end: at(1) })).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  it('for one service leaves others out', async () => {
    send('a', [{ name: 'process.cpu.utilization', gauge: lines([[0.1]]) }])
    send('b', [{ name: 'process.cpu.utilization', gauge: lines([[0.2]]) }])
    expect(await only({ service: 'b' })).toMatchObject({ service: 'b', latestShare: 0.2 })
  })
})

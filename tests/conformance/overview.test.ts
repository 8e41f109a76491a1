/** The overview's answers against what was sent: accuracy, errors, views, messages, ranges, comparison, exemplars. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listAnnotations } from '../../src/engine/queries/annotations.ts'
import { listOperationSignals } from '../../src/engine/queries/operations.ts'
import { readOverview } from '../../src/engine/queries/overview.ts'
import { readExemplars } from '../../src/engine/queries/overview-exemplars.ts'
import { readHeatmap } from '../../src/engine/queries/overview-heatmap.ts'
import { listTraces } from '../../src/engine/queries/traces.ts'
import type { FoldedSpan } from '../../src/engine/rollup/fold.ts'
import { RollupWriter } from '../../src/engine/store/write-rollups.ts'
import { operationListInputSchema } from '../../src/shared/contract/operations.ts'
import { type OverviewInput, overviewInputSchema } from '../../src/shared/contract/overview.ts'
import { traceListInputSchema } from '../../src/shared/contract/traces.ts'
import { epoch, logsOf, type SpanSketch, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const second = 1_000_000_000n
const ms = 1_000_000

const overview = (store: ScratchStore, input: Partial<OverviewInput> = {}): ReturnType<typeof readOverview> =>
  readOverview(store.context, overviewInputSchema.parse(input))

function nearestRank(sorted: Float64Array, q: number): number {
  return sorted[Math.max(1, Math.ceil(q * sorted.length - 1e-9)) - 1] as number
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const distributions: Readonly<Record<string, (random: () => number) => number>> = {
  uniform: (random) => 1 * ms + random() * 500 * ms,
  'log-normal': (random) => Math.exp(17 + 1.2 * normal(random)),
  bimodal: (random) => (random() < 0.9 ? 20 * ms + random() * 5 * ms : 2_000 * ms + random() * 400 * ms),
  constant: () => 123_456_789,
}

function durationsOf(name: string, count: number, seed: number): Float64Array {
  const random = randomOf(seed)
  const draw = distributions[name] as (random: () => number) => number
  return Float64Array.from({ length: count }, () => Math.floor(draw(random)))
}

const requestSpan = (durationNs: number, index: number): FoldedSpan => ({
  serviceId: 1,
  operationId: 1,
  kind: 2,
  entry: true,
  outcome: 0,
  weight: 1,
  durationNs,
  startUnixNano: epoch + BigInt(index % 1_000) * second,
  traceId: Buffer.alloc(16, 1),
  spanId: Buffer.alloc(8, 1),
})

async function expectAccurate(durations: Float64Array): Promise<void> {
  using store = scratchStore()
  store.send('traces', tracesOf('shop', [{ id: 1, start: -5_000n * second }]))
  store.write((db) => {
    const rollups = new RollupWriter(db)
    const spans = Array.from(durations, requestSpan)
    // In many commits: merging must lose nothing.
    for (let first = 0; first < spans.length; first += 20_000) rollups.add(spans.slice(first, first + 20_000))
  })
  const sorted = durations.toSorted()
  const { totals } = await overview(store, { start: `${epoch}`, end: `${epoch + 1_000n * second}` })
  const { operations } = await listOperationSignals(
    store.context,
    operationListInputSchema.parse({ start: `${epoch}`, end: `${epoch + 1_000n * second}` }),
  )
  expect(totals.requests).toBe(durations.length)
  for (const [q, name] of [
    [0.5, 'p50Ns'],
    [0.95, 'p95Ns'],
    [0.99, 'p99Ns'],
  ] as const) {
    const exact = nearestRank(sorted, q)
    for (const found of [totals.all[name], totals.ok[name], operations[0]?.[name]]) {
      expect(Math.abs((found ?? Number.NaN) - exact) / exact).toBeLessThanOrEqual(0.01)
    }
  }
}

describe('percentiles', () => {
  it('lie within 1 % of the exact nearest rank, whatever the distribution and however many', async () => {
    const count = fc.integer({ min: 10, max: 20_000 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(distributions)), count, fc.nat(), async (name, size, seed) => {
        await expectAccurate(durationsOf(name, size, seed))
      }),
      { numRuns: 24 },
    )
  })

  it.each(Object.keys(distributions))('of a million %s latencies as well', async (name) => {
    await expectAccurate(durationsOf(name, 1_000_000, 7))
  })
})

/** Two requests of a checkout with a failing payment call, and a queue. */
function sendShop(store: ScratchStore): void {
  const server: SpanSketch = { trace: 1, id: 1, kind: 2, name: 'POST /checkout', duration: 40 * ms }
  store.send(
    'traces',
    tracesOf('shop', [
      server,
      { trace: 1, id: 2, parent: 1, kind: 3, name: 'pay', error: true, duration: 30 * ms },
      { trace: 1, id: 3, parent: 1, kind: 4, name: 'orders send', duration: 1 * ms },
      { trace: 2, id: 1, kind: 2, name: 'POST /checkout', duration: 900 * ms, error: true, start: 10n * second },
      {
        trace: 3,
        id: 1,
        kind: 2,
        name: 'POST /checkout',
        duration: 50 * ms,
        start: 20n * second,
        attributes: { 'http.response.status_code': 500n },
      },
    ]),
    tracesOf('mailer', [
      { trace: 1, id: 4, parent: 3, kind: 5, name: 'orders process', duration: 5 * ms, start: 1n * second },
      { trace: 9, id: 1, kind: 1, name: 'sweep', duration: 7 * ms, start: 30n * second },
      { trace: 9, id: 5, parent: 77, kind: 1, name: 'lost', duration: 7 * ms, start: 30n * second },
    ]),
  )
}

describe('requests', () => {
  it('are entry spans; explicit and implicit errors are told apart, and messages counted', async () => {
    using store = scratchStore()
    sendShop(store)
    const { totals, buckets, stepSeconds } = await overview(store)
    expect(stepSeconds).toBe(10)
    expect(buckets.map(({ requests }) => requests)).toEqual([2, 1, 1, 1])
    expect(totals).toMatchObject({ requests: 5, errors: 1, implicitErrors: 2, produced: 1, consumed: 1 })
    expect([totals.ok.count, totals.error.count, totals.all.count]).toEqual([2, 3, 5])
    expect(totals.errorRatio).toBeCloseTo(0.2)
    expect(buckets[1]?.error.p99Ns).toBe(900 * ms)
    expect(buckets[1]?.ok).toEqual({ count: 0, n: 0, p50Ns: null, p95Ns: null, p99Ns: null, maxNs: null })
  })

  it.each([
    ['clients', { requests: 1, errors: 1 }],
    ['producers', { requests: 1, errors: 0 }],
    ['internal', { requests: 2, errors: 0 }],
  ] as const)('make way for %s when asked', async (view, expected) => {
    using store = scratchStore()
    sendShop(store)
    expect((await overview(store, { view })).totals).toMatchObject(expected)
  })

  it('of one service or operation are its own', async () => {
    using store = scratchStore()
    sendShop(store)
    expect((await overview(store, { service: 'mailer' })).totals.requests).toBe(2)
    expect((await overview(store, { operation: 'POST /checkout' })).totals.requests).toBe(3)
    expect((await overview(store, { service: 'mailer', operation: 'sweep', kind: 'internal' })).totals.requests).toBe(1)
    await expect(overview(store, { service: 'nobody' })).rejects.toThrow('No service named nobody')
    await expect(overview(store, { operation: 'nothing' })).rejects.toThrow('No operation named nothing')
  })

  it('of sampled traces stand for as many as their probability says', async () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('shop', [
        { trace: 1, id: 1, more: { traceState: 'ot=th:c' }, duration: 100 * ms },
        { trace: 2, id: 1, duration: 1 * ms },
      ]),
    )
    const { totals } = await overview(store)
    expect([totals.requests, totals.all.n]).toEqual([5, 2])
    expect(totals.all.p50Ns).toBeCloseTo(100 * ms, -7)
  })
})

describe('ranges', () => {
  it('are widened outward to whole buckets and half-open, and the answer names them', async () => {
    using store = scratchStore()
    sendShop(store)
    const start = epoch + 5n * second
    const { buckets, ...used } = await overview(store, { start: `${start}`, end: `${start + 6n * second}` })
    expect([used.startUnixNano, used.endUnixNano, used.stepSeconds]).toEqual([
      `${epoch}`,
      `${epoch + 20n * second}`,
      10,
    ])
    expect(buckets.map(({ startUnixNano }) => startUnixNano)).toEqual([`${epoch}`, `${epoch + 10n * second}`])
    const upToBucket = await overview(store, { start: `${epoch}`, end: `${epoch + 10n * second}` })
    expect(upToBucket.totals.requests).toBe(2)
  })

  it('of ten years, and none at all, are answered with a step that fits', async () => {
    using store = scratchStore()
    expect((await overview(store)).buckets).toEqual([])
    sendShop(store)
    const years = await overview(store, { start: '0', end: `${2n ** 62n}`, stepSeconds: 1 })
    expect(years.totals.requests).toBe(5)
    expect(years.buckets.length).toBeLessThanOrEqual(3_000)
    expect(years.stepSeconds % 86_400).toBe(0)
    expect((await overview(store, { start: `${epoch}`, end: `${epoch}` })).totals.requests).toBe(0)
    await expect(overview(store, { start: '20', end: '10' })).rejects.toThrow('ends before it starts')
  })

  it('are compared with the window before, if there was one', async () => {
    using store = scratchStore()
    sendShop(store)
    const range = { start: `${epoch + 20n * second}`, end: `${epoch + 40n * second}`, compare: true }
    const { totals, previous } = await overview(store, range)
    expect([totals.requests, previous?.requests, previous?.errors]).toEqual([2, 3, 1])
    expect((await overview(store, { ...range, start: `${epoch}` })).previous).toBeNull()
    // Of a window that was received in part the rate is over that part, and a small part says nothing.
    store.send('traces', tracesOf('shop', [{ trace: 5, id: 1, kind: 2, start: 1_000n * second }]))
    const windowOf = (start: bigint, length: bigint) =>
      overview(store, { ...range, start: `${epoch + start * second}`, end: `${epoch + (start + length) * second}` })
    expect((await windowOf(60n, 100n)).previous?.ratePerSecond).toBeCloseTo(5 / 60)
    expect((await windowOf(40n, 100n)).previous).toBeNull()
  })
})

describe('the heatmap', () => {
  it('holds every request between the bounds of its row', async () => {
    using store = scratchStore()
    sendShop(store)
    const { boundsNs, counts } = await readHeatmap(store.context, overviewInputSchema.parse({}))
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(5)
    const slow = counts[1]?.indexOf(1) ?? -1
    expect(boundsNs[slow]).toBeLessThan(900 * ms)
    expect(boundsNs[slow + 1]).toBeGreaterThanOrEqual(900 * ms)
  })
})

describe('exemplars', () => {
  it('are the slowest of each bucket and one near its P99', async () => {
    using store = scratchStore()
    const spans = Array.from(
      { length: 1_000 },
      (_, index): SpanSketch => ({ trace: index + 1, id: 1, kind: 2, duration: (index + 1) * ms }),
    )
    store.send('traces', tracesOf('shop', spans.slice(0, 600)))
    store.send('traces', tracesOf('shop', spans.slice(600)))
    const { exemplars } = await readExemplars(store.context, overviewInputSchema.parse({}))
    expect(exemplars.map(({ role, traceId, spanId }) => [role, traceId, spanId])[0]).toEqual([
      'max',
      traceIdOf(1_000),
      spanIdOf(1),
    ])
    expect(exemplars[1]?.role).toBe('p99')
    expect(Math.abs((exemplars[1]?.durationNs ?? 0) / (990 * ms) - 1)).toBeLessThan(0.02)
  })
})

describe('operations', () => {
  it('come by their share of time, with rates, percentiles, Apdex and history', async () => {
    using store = scratchStore()
    sendShop(store)
    const { operations, operationCount } = await listOperationSignals(
      store.context,
      operationListInputSchema.parse({ start: `${epoch}`, end: `${epoch + 40n * second}`, history: 4 }),
    )
    expect(operationCount).toBe(3)
    expect(operations.map(({ service, operation, kind }) => `${service} ${operation} ${kind}`)).toEqual([
      'shop POST /checkout server',
      'mailer sweep internal',
      'mailer orders process consumer',
    ])
    expect(operations[0]).toMatchObject({ requests: 3, errors: 1, implicitErrors: 2, ratePerSecond: 3 / 40 })
    expect(operations[0]?.apdex).toBe(0)
    expect(operations[0]?.p99History).toEqual([
      expect.closeTo(40 * ms, -6),
      expect.closeTo(900 * ms, -7),
      expect.closeTo(50 * ms, -6),
      null,
    ])
    expect(operations.reduce((sum, { shareOfTime }) => sum + shareOfTime, 0)).toBeCloseTo(1)
  })
})

describe('traces behind requests', () => {
  it('are those with a span that matches all of it', async () => {
    using store = scratchStore()
    sendShop(store)
    const found = async (filter: object): Promise<string[]> => {
      const { traces } = await listTraces(store.context, traceListInputSchema.parse(filter))
      return traces.map(({ traceId }) => traceId).sort()
    }
    expect(await found({ of: 'requests', outcome: 'failed' })).toEqual([1, 2, 3].map(traceIdOf))
    expect(await found({ of: 'requests', outcome: 'implicit' })).toEqual([1, 3].map(traceIdOf))
    expect(await found({ outcome: 'error' })).toEqual([traceIdOf(2)])
    expect(await found({ of: 'clients', outcome: 'error' })).toEqual([traceIdOf(1)])
    expect(await found({ of: 'requests', service: 'mailer', maxDurationNs: 6 * ms })).toEqual([traceIdOf(1)])
    const later = { start: `${epoch + 1n * second}`, end: `${epoch + 10n * second}` }
    expect(await found({ of: 'requests', ...later })).toEqual([traceIdOf(1)])
    expect(await found({ of: 'requests', service: 'shop', ...later })).toEqual([])
    expect(await found({ of: 'requests', operation: 'POST /checkout', minDurationNs: 45 * ms })).toEqual([
      traceIdOf(2),
      traceIdOf(3),
    ])
  })
})

describe('annotations', () => {
  it('come from log records, and one that ends is told its end', () => {
    using store = scratchStore()
    const mark = (at: bigint, attributes: Record<string, string | bigint>): void => {
      store.send('logs', logsOf('load-lab', [{ at, attributes, more: { eventName: 'spanlight.annotation' } }]))
    }
    const fault = { 'spanlight.annotation.kind': 'fault', 'spanlight.annotation.text': 'database timeout 30 %' }
    mark(0n, fault)
    mark(60n * second, { 'spanlight.annotation.kind': 'deployment', 'spanlight.annotation.text': '2.5.0' })
    const all = (range = {}): string[] =>
      listAnnotations(store.context, range).annotations.map(
        ({ kind, text, endUnixNano }) => `${kind} ${text} ${endUnixNano}`,
      )
    expect(all()).toEqual(['fault database timeout 30 % null', 'deployment 2.5.0 null'])
    mark(0n, { ...fault, 'spanlight.annotation.end_unix_nano': `${epoch + 30n * second}` })
    expect(all()).toEqual([`fault database timeout 30 % ${epoch + 30n * second}`, 'deployment 2.5.0 null'])
    expect(all({ start: `${epoch + 20n * second}`, end: `${epoch + 40n * second}` })).toHaveLength(1)
    expect(all({ start: `${epoch + 31n * second}`, end: `${epoch + 40n * second}` })).toEqual([])
    expect(store.sql('SELECT count(*) AS logs FROM log_record')).toEqual([{ logs: 3n }])
  })
})

/** Metrics over time: every type and temporality, resets, gaps, groups, and what odd senders do. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { metricChart } from '../../src/engine/queries/metric-chart.ts'
import { metricSeries } from '../../src/engine/queries/metric-series.ts'
import { listMetrics } from '../../src/engine/queries/metrics.ts'
import {
  type MetricChart,
  type MetricGroup,
  type MetricVariant,
  metricChartInputSchema,
  metricChartSchema,
} from '../../src/shared/contract/metric-chart.ts'
import { metricListInputSchema, metricSchema } from '../../src/shared/contract/metrics.ts'
import { at, type MetricSketch, metricsOf, type PointSketch } from '../support/metric-points.ts'
import { spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

let store: ScratchStore
beforeEach(() => {
  store = scratchStore()
})
afterEach(() => store[Symbol.dispose]())

const send = (service: string, ...metrics: MetricSketch[]): unknown =>
  store.send('metrics', metricsOf(service, metrics))

async function chart(name: string, input: Record<string, unknown> = {}): Promise<MetricChart> {
  const parsed = metricChartInputSchema.parse({ name, start: at(0), end: at(60), stepSeconds: 10, ...input })
  const answer = await metricChart(store.context, parsed)
  return metricChartSchema.parse(JSON.parse(JSON.stringify(answer)))
}

async function only(
  name: string,
  input: Record<string, unknown> = {},
): Promise<MetricVariant & { first: MetricGroup }> {
  const { variants } = await chart(name, input)
  expect(variants.length).toBe(1)
  const [variant] = variants
  const first = variant?.groups[0]
  if (!variant || !first) throw new Error('no group')
  return { ...variant, first }
}

/** A value every ten seconds, beginning at five. */
const every10 = (values: readonly (number | undefined)[], point: Partial<PointSketch> = {}): PointSketch[] =>
  values.flatMap((value, index) => (value === undefined ? [] : [{ at: index * 10 + 5, value, ...point }]))

describe('gauges', () => {
  it('tell last, mean, minimum and maximum of each bucket', async () => {
    send('a', { name: 'g', gauge: [1, 4, 2, 8, 6, 9].map((value, index) => ({ at: index * 5 + 1, value })) })
    const { first, type, main } = await only('g', { end: at(30) })
    expect([type, main]).toEqual(['gauge', 'last'])
    expect(first.columns).toEqual({ last: [4, 8, 9], avg: [2.5, 5, 7.5], min: [1, 2, 6], max: [4, 8, 9] })
  })

  it('of several series are averaged', async () => {
    send('a', { name: 'g', gauge: [2, 6].map((value) => ({ at: 5, value, attributes: { n: value } })) })
    expect((await only('g', { end: at(10) })).first.columns).toEqual({ last: [4], avg: [4], min: [2], max: [6] })
  })

  it('are held while their own interval is longer than the step', async () => {
    send('a', { name: 'g', gauge: [1, 2, 3].map((value, index) => ({ at: 30 * index, value })) })
    expect((await only('g', { end: at(120) })).first.columns.last).toEqual([
      1,
      1,
      1,
      2,
      2,
      2,
      3,
      3,
      3,
      null,
      null,
      null,
    ])
  })

  it('have gaps where points are missing', async () => {
    send('a', { name: 'g', gauge: every10([1, 2, undefined, undefined, undefined, 6]) })
    expect((await only('g')).first.columns.last).toEqual([1, 2, null, null, null, 6])
  })

  it('end where no value was recorded', async () => {
    const points = every10([1, 2, undefined, undefined, 5], { attributes: { k: 1n } })
    send('a', { name: 'g', gauge: [...points, { at: 25, attributes: { k: 1n }, more: { flags: 1 } }] })
    const { first, skipped } = await only('g')
    expect(first.columns.last?.slice(0, 5)).toEqual([1, 2, null, null, 5])
    expect(skipped).toEqual([])
  })

  it('count what is no number and draw the rest', async () => {
    send('a', { name: 'g', gauge: every10([1, Number.NaN, 3, Number.POSITIVE_INFINITY, 5]) })
    const { first, skipped } = await only('g', { end: at(50) })
    expect(first.columns.last).toEqual([1, 1, 3, 3, 5])
    expect(skipped).toEqual([
      { reason: 'not a number', count: 1 },
      { reason: 'infinite', count: 1 },
    ])
  })
})

describe('counters', () => {
  const sum = (points: PointSketch[], more: Partial<MetricSketch> = {}): MetricSketch => ({
    name: 'c',
    sum: points,
    ...more,
  })
  const tens = (values: readonly (number | undefined)[], start?: number): PointSketch[] =>
    values.flatMap((value, index) =>
      value === undefined ? [] : [{ at: index * 10, value, ...(start === undefined ? {} : { start }) }],
    )

  it('of delta temporality are added up', async () => {
    send(
      'a',
      sum(
        [10, 20, 30].map((end) => ({ start: end - 10, at: end, value: end })),
        { delta: true },
      ),
    )
    const { first, main } = await only('c', { end: at(30) })
    expect(main).toBe('rate')
    expect(first).toMatchObject({ columns: { sum: [10, 20, 30], rate: [1, 2, 3] }, rank: 60 })
  })

  it('of cumulative temporality tell the increase between points', async () => {
    send('a', sum(tens([100, 110, 130, 160], -1000)))
    const { first } = await only('c', { end: at(30) })
    expect(first.columns).toEqual({ sum: [10, 20, 30], rate: [1, 2, 3] })
  })

  it('count the first point only if its start lies in the range', async () => {
    send('a', sum(tens([undefined, undefined, 40, 50], 10)))
    expect((await only('c', { end: at(30) })).first.columns.sum).toEqual([null, 40, 10])
    send('b', { name: 'old', sum: tens([undefined, undefined, 40, 50], -10) })
    expect((await only('old', { end: at(30) })).first.columns.sum).toEqual([null, null, 10])
  })

  it('begin anew with a new start, whatever the value', async () => {
    send('a', sum([...tens([100, 110], -1000), { at: 20, start: 10, value: 300 }, { at: 30, start: 10, value: 305 }]))
    expect((await only('c', { end: at(30) })).first.columns.sum).toEqual([10, 300, 5])
  })

  it('without a start begin anew when they fall', async () => {
    send('a', sum(tens([100, 110, 4, 9])))
    expect((await only('c', { end: at(30) })).first.columns.sum).toEqual([10, 4, 5])
  })

  it('have a gap where points are missing, and say what was counted meanwhile', async () => {
    send('a', sum(tens([0, 10, 20, undefined, undefined, undefined, 80, 90], -1000)))
    const { first } = await only('c', { end: at(70) })
    expect(first.columns.sum).toEqual([10, 10, null, null, null, null, 10])
    expect(first.acrossGaps).toBe(60)
  })

  it('sent less often than the step are spread over the time they cover', async () => {
    send('a', sum([0, 30, 60].map((time) => ({ at: time, start: -1000, value: time }))))
    expect((await only('c')).first.columns).toEqual({ sum: [10, 10, 10, 10, 10, 10], rate: [1, 1, 1, 1, 1, 1] })
  })

  it('that may fall are shown as they stand, added up over their series', async () => {
    const points = [1, 2].flatMap((n) => every10([5 * n, 3 * n], { attributes: { n } }))
    send('a', sum(points, { monotonic: false }))
    const { first, main } = await only('c', { end: at(20) })
    expect(main).toBe('last')
    expect(first.columns).toEqual({ last: [15, 9], avg: [15, 9] })
  })

  it('that begin while their process is known are counted when they began', async () => {
    const ok = Array.from({ length: 12 }, (_, index) => ({
      at: index * 10,
      start: -9000,
      value: index,
      attributes: { ok: true },
    }))
    const failed = [80, 90].map((time) => ({ at: time, start: -9000, value: 5, attributes: { ok: false } }))
    send('a', sum([...ok, ...failed]))
    const { first } = await only('c', { end: at(110), attr: ['ok=false'] })
    expect(first.columns.sum).toEqual([null, null, null, null, null, null, null, 5, 0, null, null])
  })

  it('of a service that restarts lose nothing', async () => {
    store.send('metrics', metricsOf('a', [sum(tens([0, 10, 20], 0))], { 'service.instance.id': 'one' }))
    store.send('metrics', metricsOf('a', [sum([{ at: 40, start: 30, value: 7 }])], { 'service.instance.id': 'two' }))
    const { first } = await only('c', { end: at(40) })
    expect(first).toMatchObject({ seriesCount: 2, columns: { sum: [10, 10, null, 7] } })
  })
})

describe('histograms', () => {
  const histogram = (points: readonly (PointSketch & { counts: number[]; bounds?: number[] })[]): PointSketch[] =>
    points.map(({ counts, bounds = [10, 20, 40], more, ...point }) => ({
      ...point,
      more: {
        count: counts.reduce((sum, count) => sum + count, 0),
        sum: 100,
        bucketCounts: counts,
        explicitBounds: bounds,
        ...more,
      },
    }))

  it('tell count, sum, percentiles with their error, and a heatmap', async () => {
    send('a', {
      name: 'h',
      unit: 'ms',
      delta: true,
      histogram: histogram([{ start: 0, at: 10, counts: [0, 10, 10, 0] }]),
    })
    const variant = await only('h', { end: at(10) })
    expect(variant.first.columns).toMatchObject({
      count: [20],
      rate: [2],
      sum: [100],
      avg: [5],
      p50: [20],
      p50Error: [10],
      p95: [38],
      p95Error: [20],
    })
    expect(variant.heatmap).toEqual({
      rows: [
        { from: 10, to: 20 },
        { from: 20, to: 40 },
      ],
      counts: [[10, 10]],
    })
    expect(variant.percentiles?.method).toContain('width of the bucket')
  })

  it('of cumulative temporality are differences, reset by start', async () => {
    send('a', {
      name: 'h',
      histogram: histogram([
        { start: -100, at: 0, counts: [5, 5, 5, 5] },
        { start: -100, at: 10, counts: [5, 9, 5, 5] },
        { start: 10, at: 20, counts: [9, 9, 9, 9] },
      ]),
    })
    expect((await only('h', { end: at(20) })).first.columns.count).toEqual([4, 36])
  })

  it('merge series with equal bounds exactly, and others on all bounds with a warning', async () => {
    const point = { start: 0, at: 10 }
    send('a', {
      name: 'h',
      delta: true,
      histogram: histogram([
        { ...point, counts: [0, 4, 0, 0], attributes: { n: 1 } },
        { ...point, counts: [0, 6, 0, 0], attributes: { n: 2 } },
      ]),
    })
    const equal = await only('h', { end: at(10) })
    expect([equal.first.columns.p50, equal.warnings]).toEqual([[15], []])
    send('a', {
      name: 'h',
      delta: true,
      histogram: histogram([{ ...point, counts: [10, 0], bounds: [15], attributes: { n: 3 } }]),
    })
    const other = await only('h', { end: at(10) })
    expect(other.first.columns.count).toEqual([20])
    expect(other.warnings).toEqual([expect.stringContaining('Bucket bounds differ')])
    expect(other.heatmap?.counts[0]?.reduce((sum, count) => sum + count)).toBeCloseTo(20)
  })

  it('whose buckets break the rules still count', async () => {
    send('a', {
      name: 'h',
      delta: true,
      histogram: histogram([
        { start: 0, at: 10, counts: [1, 2], bounds: [5, 4] },
        { start: 10, at: 20, counts: [3, 1], bounds: [5] },
        { start: 20, at: 30, counts: [3, 1], bounds: [5], more: { sum: 'NaN' } },
      ]),
    })
    const { first, skipped } = await only('h', { end: at(30) })
    expect(first.columns).toMatchObject({
      count: [3, 4, 4],
      sum: [100, 100, null],
      p50: [null, expect.any(Number), expect.any(Number)],
    })
    expect(skipped).toEqual([
      { reason: 'buckets that break the data model', count: 1 },
      { reason: 'not a number', count: 1 },
    ])
  })

  it('of exponential type merge across scales', async () => {
    const exponential = (scale: number, offset: number, counts: number[], more = {}): Record<string, unknown> => ({
      count: counts.reduce((sum, count) => sum + count, 0),
      scale,
      positive: { offset, bucketCounts: counts },
      ...more,
    })
    const point = { start: 0, at: 10 }
    send('a', {
      name: 'e',
      delta: true,
      exponentialHistogram: [
        { ...point, attributes: { n: 1 }, more: exponential(1, 2, [1, 2, 3, 4]) },
        { ...point, attributes: { n: 2 }, more: exponential(0, 1, [5, 5], { zeroCount: 2, count: 12 }) },
      ],
    })
    const { first, percentiles, heatmap } = await only('e', { end: at(10) })
    expect(first.columns).toMatchObject({ count: [22], p99: [expect.any(Number)] })
    expect(percentiles?.relativeError).toBe(1)
    expect(heatmap).toEqual({
      rows: [
        { from: 0, to: 2 },
        { from: 2, to: 4 },
        { from: 4, to: 8 },
      ],
      counts: [[2, 8, 12]],
    })
  })
})

describe('summaries', () => {
  it('tell their quantiles as sent, and what they counted', async () => {
    const quantileValues = [
      { quantile: 0.5, value: 3 },
      { quantile: 0.99, value: 9 },
    ]
    send('a', {
      name: 's',
      summary: [0, 10, 20].map((time) => ({
        at: time,
        start: -100,
        more: { count: 10 + time, sum: 2 * time, quantileValues },
      })),
    })
    const { first, main } = await only('s', { end: at(20) })
    expect(main).toBe('rate')
    expect(first.columns).toEqual({ count: [10, 10], rate: [1, 1], sum: [20, 20], avg: [2, 2] })
    expect(first.quantiles).toEqual([
      { quantile: 0.5, values: [3, 3] },
      { quantile: 0.99, values: [9, 9] },
    ])
  })
})

describe('groups', () => {
  const route = (name: string, value: number, more = {}): PointSketch => ({
    at: 5,
    value,
    attributes: { 'http.route': name, ...more },
  })

  it('are by attributes of the series or resource, in every spelling, largest first', async () => {
    store.send(
      'metrics',
      metricsOf('a', [{ name: 'g', gauge: [route('/x', 1, { 'http.method': 'GET' })] }], { 'host.name': 'h1' }),
    )
    store.send('metrics', metricsOf('b', [{ name: 'g', gauge: [route('/y', 2, { 'http.request.method': 'GET' })] }]))
    const keysBy = async (...groupBy: string[]): Promise<unknown[]> =>
      (await only('g', { groupBy })).groups.map(({ key, rank }) => [...key, rank])
    expect(await keysBy('http.route')).toEqual([
      ['/y', 2],
      ['/x', 1],
    ])
    expect(await keysBy('http.request.method')).toEqual([['GET', 1.5]])
    expect(await keysBy('service.name', 'host.name')).toEqual([
      ['b', null, 2],
      ['a', 'h1', 1],
    ])
    const { attributes } = await only('g')
    expect(attributes).toContainEqual({ key: 'service.name', values: 2 })
    expect(attributes).toContainEqual({ key: 'http.route', values: 2 })
  })

  it('are filtered by attributes and service', async () => {
    send('a', { name: 'g', gauge: [route('/x', 1, { 'http.method': 'GET' }), route('/y', 3, { n: 5n })] })
    send('b', { name: 'g', gauge: [route('/x', 7)] })
    const ranks = async (input: Record<string, unknown>): Promise<unknown> => (await only('g', input)).first.rank
    expect(await ranks({ attr: ['http.route=/x'] })).toBe(4)
    expect(await ranks({ attr: ['http.route=/x', 'service.name=b'] })).toBe(7)
    expect(await ranks({ attr: ['http.request.method=GET'] })).toBe(1)
    expect(await ranks({ attr: ['n=5'] })).toBe(3)
    expect(await ranks({ service: 'b' })).toBe(7)
    expect((await chart('g', { attr: ['http.route=/z'] })).variants).toEqual([])
  })

  it.each([
    ['gauge', { gauge: true, delta: false }],
    ['delta counter', { gauge: false, delta: true }],
    ['cumulative counter', { gauge: false, delta: false }],
  ])('beyond fifty are counted, and the largest are drawn: %s', async (_kind, shape) => {
    const points = Array.from({ length: 70 }, (_, n) => [
      { at: 1, start: -1, value: n, attributes: { n: BigInt(n) } },
      { at: 9, start: shape.delta ? 1 : -1, value: 3 * n, attributes: { n: BigInt(n) } },
    ]).flat()
    send('a', { name: 'm', delta: shape.delta, ...(shape.gauge ? { gauge: points } : { sum: points }) })
    const { groups, groupCount, seriesCount, seriesShown } = await only('m', { groupBy: 'n' })
    expect([groups.length, groupCount, seriesCount, seriesShown]).toEqual([50, 70, 70, 50])
    expect(groups.map(({ title }) => Number(title))).toEqual(Array.from({ length: 50 }, (_, index) => 69 - index))
    const few = await only('m', { groupBy: 'n', maxGroups: 2 })
    expect(few.groups.map(({ title }) => title)).toEqual(['69', '68'])
  })
})

describe('a metric that changes', () => {
  it('keeps its variants apart, the newest first', async () => {
    send('a', { name: 'm', unit: 's', gauge: every10([1]) })
    send('a', { name: 'm', unit: 'ms', gauge: every10([1000]) })
    send('a', { name: 'm', unit: 'ms', sum: every10([5, 6]) })
    const { variants } = await chart('m')
    expect(variants.map(({ type, unit }) => [type, unit])).toEqual([
      ['sum', 'ms'],
      ['gauge', 'ms'],
      ['gauge', 's'],
    ])
    expect(variants[2]?.groups[0]?.columns.last?.[0]).toBe(1)
  })
})

describe('a metric whose description changes', () => {
  it('stays one', async () => {
    for (const [index, description] of ['old words', 'new words'].entries()) {
      const request = metricsOf('a', [{ name: 'm', gauge: [{ at: 10 * index + 5, value: index + 1 }] }])
      store.send(
        'metrics',
        JSON.parse(JSON.stringify(request).replace('"name":"m"', `"name":"m","description":"${description}"`)),
      )
    }
    const { first, description, seriesCount } = await only('m', { end: at(20) })
    expect([description, seriesCount, first.columns.last]).toEqual(['new words', 2, [1, 2]])
  })
})

describe('ranges', () => {
  it('are widened outward to whole buckets, and steps until there are few enough', async () => {
    send('a', { name: 'g', gauge: every10([1]) })
    const narrow = await chart('g', { start: at(3), end: at(17), stepSeconds: 10 })
    expect([narrow.startUnixNano, narrow.endUnixNano, narrow.stepSeconds]).toEqual([at(0), at(20), 10])
    const tenYears = await chart('g', { start: at(0), end: at(10 * 365 * 86_400), stepSeconds: 1 })
    expect(tenYears.stepSeconds).toBeGreaterThan(86_400)
    expect(tenYears.variants[0]?.groups[0]?.columns.last?.length).toBeLessThanOrEqual(1000)
    const open = await chart('g', { start: undefined, end: undefined, stepSeconds: undefined })
    expect([open.startUnixNano, open.endUnixNano]).toEqual([at(5), at(6)])
  })

  it('that make no sense are refused in words', async () => {
    send('a', { name: 'g', gauge: every10([1]) })
    await expect(chart('g', { start: at(20), end: at(10) })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('ends before it starts'),
    })
    expect(() => metricChartInputSchema.parse({ name: 'g', stepSeconds: 0 })).toThrow('must be at least 1')
    await expect(chart('nothing')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('nothing'),
    })
    await expect(chart('g', { service: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('No service named nobody'),
    })
  })
})

describe('exemplars', () => {
  it('name their trace and whether it is here', async () => {
    store.send('traces', tracesOf('a', [{ trace: 1, id: 7 }]))
    const exemplar = (trace: number, time: number, asDouble: number): Record<string, unknown> => ({
      timeUnixNano: at(time),
      asDouble,
      traceId: traceIdOf(trace),
      spanId: spanIdOf(7),
    })
    send('a', {
      name: 'c',
      delta: true,
      sum: [
        {
          start: 0,
          at: 10,
          value: 3,
          more: { exemplars: [exemplar(1, 3, 0.5), exemplar(2, 4, 0.9), exemplar(3, 99, 1)] },
        },
      ],
    })
    const { exemplars } = await chart('c')
    expect(exemplars).toMatchObject([
      { timeUnixNano: at(3), value: 0.5, traceId: traceIdOf(1), spanId: spanIdOf(7), traceStored: true, service: 'a' },
      { timeUnixNano: at(4), value: 0.9, traceId: traceIdOf(2), traceStored: false },
    ])
  })

  it('are the highest and the newest when there are many', async () => {
    const exemplars = Array.from({ length: 900 }, (_, n) => ({
      timeUnixNano: at(n / 20),
      asDouble: 900 - n,
      traceId: traceIdOf(n + 1),
      spanId: spanIdOf(1),
    }))
    send('a', { name: 'c', delta: true, sum: [{ start: 0, at: 50, value: 3, more: { exemplars } }] })
    const values = (await chart('c')).exemplars.map(({ value }) => value)
    expect(values.length).toBe(200)
    expect(values).toContain(900)
  })
})

describe('one metric over REST', () => {
  it('has groups when it is asked for a step or a group', async () => {
    send('a', { name: 'g', gauge: every10([1, 2], { attributes: { n: 1 } }) })
    const plain = await metricSeries(store.context, { name: 'g', limit: 10 })
    expect(plain).toMatchObject({ seriesCount: 1, type: 'gauge' })
    expect(plain.groups).toBeUndefined()
    const grouped = await metricSeries(store.context, {
      name: 'g',
      limit: 10,
      groupBy: ['n'],
      start: at(0),
      end: at(20),
      stepSeconds: 10,
    })
    expect(grouped).toMatchObject({
      stepSeconds: 10,
      startUnixNano: at(0),
      endUnixNano: at(20),
      groupCount: 1,
      groups: [{ key: ['1'], type: 'gauge', unit: '1', columns: { last: [1, 2] } }],
    })
  })
})

describe('the list', () => {
  it('tells what the newest points say, and draws small lines on request', async () => {
    send(
      'a',
      { name: 'counter', sum: [0, 10, 20].map((time) => ({ at: time, start: -5, value: 3 * time })) },
      { name: 'gauge', gauge: [2, 4].map((value) => ({ at: 20, value, attributes: { value } })) },
      {
        name: 'histogram',
        delta: true,
        histogram: [{ start: 10, at: 20, more: { count: 4, sum: 4, bucketCounts: [4, 0], explicitBounds: [10] } }],
      },
      { name: 'level', monotonic: false, sum: [2, 4].map((value) => ({ at: 20, value, attributes: { value } })) },
    )
    const list = async (input: Record<string, unknown>) =>
      (await listMetrics(store.context, metricListInputSchema.parse(input))).metrics.map((metric) =>
        metricSchema.parse(metric),
      )
    expect((await list({})).map(({ name, last, sparkline }) => [name, last, sparkline])).toEqual([
      ['counter', { kind: 'rate', value: 3, series: 1 }, undefined],
      ['gauge', { kind: 'mean', value: 3, series: 2 }, undefined],
      ['histogram', { kind: 'p95', value: 9.5, series: 1 }, undefined],
      ['level', { kind: 'total', value: 6, series: 2 }, undefined],
    ])
    const [counter] = await list({ sparklines: 'true', start: at(0), end: at(30) })
    expect(counter?.sparkline?.values.length).toBeLessThanOrEqual(30)
    expect(counter?.sparkline?.values).toContain(3)
    expect(await list({ service: 'nobody' })).toEqual([])
  })
})

describe('a metric of too many series', () => {
  it('keeps those it has, and counts the points of others as lost', async () => {
    const point = (n: number): PointSketch => ({ at: n, value: n, attributes: { n } })
    send('a', { name: 'g', gauge: [point(1)] })
    store.write((db) => db.prepare('UPDATE metric SET series_count = 99999').run())
    send('a', { name: 'g', gauge: [point(1), point(2), point(3), point(4)] }, { name: 'other', gauge: [point(5)] })
    expect(store.sql('SELECT count(*) AS n FROM series').at(0)).toEqual({ n: 3n })
    expect(store.sql("SELECT point_count AS n FROM service WHERE name = 'a'").at(0)).toEqual({ n: 4n })
    expect(store.sql("SELECT value AS n FROM tally WHERE name = 'points'").at(0)).toEqual({ n: 4n })
    expect(store.sql('SELECT reason, count FROM ingest_loss')).toEqual([
      { reason: 'more than 100000 series of one metric', count: 2n },
    ])
  })
})

describe('plans', () => {
  it('read points and exemplars by their indexes only, and sort no series', async () => {
    const point = (n: number): PointSketch => ({
      at: n,
      start: 0,
      value: n,
      attributes: { n },
      more: { exemplars: [{ timeUnixNano: at(n), asDouble: n, traceId: traceIdOf(1), spanId: spanIdOf(1) }] },
    })
    const points = Array.from({ length: 60 }, (_, n) => point(n + 1))
    send(
      'a',
      { name: 'gauge', gauge: points },
      { name: 'counter', sum: points },
      { name: 'delta', delta: true, sum: points },
    )
    const { db } = store.context
    const statements = new Set<string>()
    const recording = new Proxy(db, {
      get: (target, name) => {
        if (name !== 'prepare') return Reflect.get(target, name) as unknown
        return (sql: string) => {
          statements.add(sql)
          return target.prepare(sql)
        }
      },
    })
    const context = { ...store.context, db: recording }
    for (const name of ['gauge', 'counter', 'delta']) {
      const input = { name, start: at(0), end: at(90), groupBy: 'n', attr: 'service.name=a' }
      await metricChart(context, metricChartInputSchema.parse(input))
      await metricChart(context, metricChartInputSchema.parse({ name }))
      await metricSeries(context, { name, limit: 10 })
    }
    await listMetrics(context, metricListInputSchema.parse({ sparklines: 'true' }))
    const steps = [...statements].flatMap((sql) => {
      const anonymous = sql.replaceAll(/@\w+/g, '?')
      const nothing = Array.from(anonymous.matchAll(/\?/g), () => null)
      const rows = db.prepare(`EXPLAIN QUERY PLAN ${anonymous}`).all(nothing) as { detail: string }[]
      return rows.map(({ detail }) => detail)
    })
    const touching = (table: string): string[] =>
      steps.filter((step) => new RegExp(`^(SCAN|SEARCH) ${table}\\b`).test(step))
    expect(touching('point').length).toBeGreaterThan(4)
    for (const step of touching('point')) {
      expect(step).toMatch(/^SEARCH point USING ((COVERING )?INDEX point_series|INTEGER PRIMARY KEY)/)
    }
    for (const step of touching('series')) {
      expect(step).toMatch(/^SEARCH series USING ((COVERING )?INDEX series_metric|INTEGER PRIMARY KEY)/)
    }
    // Whether there are exemplars at all is asked once; the first one answers.
    for (const step of touching('exemplar')) expect(step).toMatch(/INDEX exemplar_point|^SCAN exemplar$/)
  })
})

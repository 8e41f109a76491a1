/** What the official JavaScript SDK measures, grouped and added up over REST, in both temporalities. */

import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { metricChartInputSchema, metricChartSchema } from '../../src/shared/contract/metric-chart.ts'
import { type RunningServer, runningServer } from '../support/running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await runningServer()
})
afterAll(() => server[Symbol.asyncDispose]())

interface Group {
  readonly key: (string | null)[]
  readonly type: string
  readonly unit: string
  readonly columns: Record<string, (number | null)[]>
}

interface Answer {
  readonly startUnixNano: string
  readonly endUnixNano: string
  readonly stepSeconds: number
  readonly groups: Group[]
  readonly groupCount: number
  readonly message?: string
}

async function get(path: string): Promise<{ status: number; body: Answer }> {
  const answer = await server.get(`/api${path}`)
  return { status: answer.status, body: answer.json() as Answer }
}

const total = (column: readonly (number | null)[] | undefined): number =>
  (column ?? []).reduce<number>((sum, value) => sum + (value ?? 0), 0)

describe.each([
  ['cumulative', AggregationTemporalityPreference.CUMULATIVE],
  ['delta', AggregationTemporalityPreference.DELTA],
] as const)('%s', (name, temporalityPreference) => {
  it('adds up to what was measured', async () => {
    const started = BigInt(Date.now()) * 1_000_000n
    const exporter = new OTLPMetricExporter({
      url: `${server.engine.endpoints.http}/v1/metrics`,
      temporalityPreference,
    })
    const provider = new MeterProvider({
      resource: resourceFromAttributes({ 'service.name': name }),
      readers: [new PeriodicExportingMetricReader({ exporter })],
      views: [{ instrumentName: `${name}.size`, aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
    })
    const meter = provider.getMeter('test')
    const requests = meter.createCounter(`${name}.requests`, { unit: '{request}' })
    const latency = meter.createHistogram(`${name}.latency`, { unit: 'ms' })
    const size = meter.createHistogram(`${name}.size`, { unit: 'By' })
    const connections = meter.createUpDownCounter(`${name}.open`, { unit: '{connection}' })
    const rounds = 3
    for (let round = 0; round < rounds; round++) {
      for (let n = 1; n <= 100; n++) {
        requests.add(1, { 'http.route': n % 4 === 0 ? '/pay' : '/cart' })
        latency.record(n)
        size.record(n * 10)
      }
      connections.add(2)
      await provider.forceFlush()
      // The SDK's clock has milliseconds: the next points must not have the same time.
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await provider.shutdown()

    const [from, to] = [started - 5_000_000_000n, started + 60_000_000_000n]
    const range = `start=${from}&end=${to}&stepSeconds=5`
    const counter = await get(`/metrics/${name}.requests?groupBy=http.route&${range}`)
    expect(counter.body.stepSeconds).toBe(5)
    expect(counter.body.groups.map(({ key, unit }) => [...key, unit])).toEqual([
      ['/cart', '{request}'],
      ['/pay', '{request}'],
    ])
    expect(counter.body.groups.map(({ columns }) => total(columns.sum))).toEqual([
      expect.closeTo(75 * rounds, 6),
      expect.closeTo(25 * rounds, 6),
    ])

    for (const [metric, type, exact, tolerance] of [
      ['latency', 'histogram', 95, 25],
      ['size', 'exponential_histogram', 950, 30],
    ] as const) {
      const { body } = await get(`/metrics/${name}.${metric}?${range}`)
      const [group] = body.groups
      expect([group?.type, total(group?.columns.count)]).toEqual([type, expect.closeTo(100 * rounds, 6)])
      const bucket = group?.columns.p95?.findIndex((value) => value !== null) ?? -1
      const found = group?.columns.p95?.[bucket] ?? 0
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(group?.columns.p95Error?.[bucket] ?? 0)
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(tolerance)
    }

    // Without an end it is now, which the SDK's clock may be ahead of.
    const input = metricChartInputSchema.parse({ name: `${name}.size`, start: String(from), end: String(to) })
    const chart = metricChartSchema.parse(await server.engine.context.readers.query('metricChart', input))
    expect(chart.variants[0]?.percentiles?.relativeError).toBeLessThanOrEqual(0.05)
    expect(chart.variants[0]?.heatmap?.counts.flat().reduce((sum, count) => sum + count)).toBeCloseTo(100 * rounds, 6)

    const open = (await get(`/metrics/${name}.open?${range}`)).body.groups[0]
    // SDKs send up-down counters as cumulative in either preference unless told to lower memory.
    expect(open?.columns.last?.findLast((value) => value !== null)).toBe(2 * rounds)
  })
})

describe('questions that make no sense', () => {
  it.each([
    ['/metrics/delta.requests?stepSeconds=0', 400, /stepSeconds: .*at least 1/],
    ['/metrics/delta.requests?stepSeconds=1.5', 400, /stepSeconds/],
    ['/metrics/delta.requests?stepSeconds=5&start=20&end=10', 400, /ends before it starts/],
    ['/metrics/delta.requests?attr=novalue&stepSeconds=5', 400, /KEY=VALUE/],
    ['/metrics/nothing?stepSeconds=5', 404, /No metric named nothing/],
    ['/metrics/delta.requests?service=nobody&stepSeconds=5', 404, /No service named nobody/],
    ['/saturation?service=nobody', 404, /No service named nobody/],
    ['/saturation?start=20&end=10', 400, /ends before it starts/],
    ['/saturation?stepSeconds=0', 400, /at least 1/],
  ])('%s is answered with %i', async (path, status, message) => {
    const answer = await get(path)
    expect([answer.status, answer.body.message]).toEqual([status, expect.stringMatching(message)])
  })

  it('ten years in steps of a second get wider steps', async () => {
    const tenYears = 10n * 365n * 86_400n * 1_000_000_000n
    const now = BigInt(Date.now()) * 1_000_000n
    const { status, body } = await get(`/metrics/delta.requests?stepSeconds=1&start=${now - tenYears}&end=${now}`)
    expect(status).toBe(200)
    expect(body.stepSeconds).toBe(7 * 86_400)
    expect(body.groups[0]?.columns.sum?.length).toBeLessThanOrEqual(1000)
  })
})

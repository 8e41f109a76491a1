import { describe, expect, it } from 'vitest'
import type { Saturation, SaturationResource } from '#shared/contract/saturation.ts'
import { coverageOf } from './coverage.ts'
import { latencyFixture, overviewFixture } from './overview-fixture.ts'
import { saturationTile, signalTiles } from './tiles-rows.ts'

const ms = 1e6
const all = (n: number, p99Ns: number) => ({ all: latencyFixture({ count: n, n, p99Ns }) })

describe('the tiles of latency, traffic and errors', () => {
  const overview = overviewFixture(
    [
      { requests: 50, ...all(50, 340 * ms) },
      { requests: 50, errors: 4, implicitErrors: 1, ...all(50, 1_840 * ms) },
    ],
    {
      totals: {
        requests: 100,
        errors: 4,
        implicitErrors: 1,
        errorRatio: 0.04,
        implicitErrorRatio: 0.01,
        ratePerSecond: 5,
        ...all(100, 1_840 * ms),
      },
      previous: { requests: 100, errorRatio: 0, implicitErrorRatio: 0, ratePerSecond: 5, ...all(100, 340 * ms) },
    },
  )

  it('show figure, change and course', () => {
    const [latency, traffic, errors] = signalTiles(overview, 'requests')
    expect(latency).toMatchObject({ value: '1.84 s', change: { text: '▲ 1.50 s', isBad: true }, caution: undefined })
    expect(latency.spark).toEqual([340 * ms, 1_840 * ms])
    expect(traffic).toMatchObject({ value: '5 req/s', change: { text: '± 0 %' } })
    expect(errors).toMatchObject({ value: '5 %', change: { text: '▲ 5 pts', isBad: true }, sparkColor: 'var(--error)' })
    expect(errors.spark).toEqual([0, 0.1])
  })

  it('tell method, n and error bound', () => {
    const [latency] = signalTiles(overview, 'requests')
    expect(latency.method.join(' ')).toMatch(/P99 of 100\srequests: 1\.84\ss, off by at most 0\.8\s%\..*nearest rank/)
  })

  it('say when there are too few, or none', () => {
    const few = overviewFixture([{}], {
      totals: { requests: 3, errorRatio: 0, implicitErrorRatio: 0, ...all(3, 7 * ms) },
    })
    expect(signalTiles(few, 'clients')[0].caution).toMatch(/^only 3\scalls$/)
    expect(signalTiles(few, 'clients')[0].method.join(' ')).toContain('too few')
    const [latency, , errors] = signalTiles(overviewFixture([{}]), 'requests')
    expect([latency.value, errors.value]).toEqual(['–', '–'])
  })

  it('count what sampled spans stand for, and say so', () => {
    const sampled = overviewFixture([{}], {
      totals: { requests: 400, all: latencyFixture({ count: 400, n: 100, p99Ns: ms }) },
    })
    expect(signalTiles(sampled, 'requests')[0].method.join(' ')).toContain('stand for 400')
  })
})

describe('coverageOf', () => {
  it('leaves out the time before anything was received', () => {
    const begun = overviewFixture([{}, {}, { requests: 5 }, {}])
    expect(coverageOf(begun)).toEqual({ seconds: 20, sinceUnixNano: BigInt(begun.startUnixNano) + 20_000_000_000n })
  })

  it('is the whole range when something is known of the time before, or nothing at all', () => {
    expect(coverageOf(overviewFixture([{}, { requests: 5 }], { previous: { requests: 1 } })).seconds).toBe(20)
    expect(coverageOf(overviewFixture([{}, {}])).seconds).toBe(20)
  })
})

describe('the saturation tile', () => {
  const resource: SaturationResource = {
    kind: 'pool',
    title: 'orders-db pool',
    service: 'checkout',
    metric: 'db.client.connection.count',
    unit: '{connection}',
    values: [3, 9],
    latest: 9,
    peak: 9,
    limit: 10,
    limitMetric: 'db.client.connection.max',
    share: [0.3, 0.9],
    latestShare: 0.9,
    peakShare: 0.9,
  }
  const answer = (resources: SaturationResource[]): Saturation => ({
    startUnixNano: '0',
    endUnixNano: '0',
    stepSeconds: 10,
    resources,
    resourceCount: resources.length,
    active: [],
    activeCount: 0,
    wanted: [],
    warnings: [],
  })

  it('is of the fullest resource, against the same one before', () => {
    const before = answer([{ ...resource, latestShare: 0.3 }])
    expect(saturationTile(answer([resource]), before)).toMatchObject({
      name: 'Saturation · orders-db pool',
      service: 'checkout',
      value: '90 %',
      change: { text: '▲ 60 pts', isBad: true },
      spark: [0.3, 0.9],
    })
  })

  it('says when nothing is reported, or nothing with a limit', () => {
    expect(saturationTile(answer([]), undefined)).toMatchObject({ value: '–' })
    const endless = { ...resource, share: null, latestShare: null, peakShare: null, limit: null }
    expect(saturationTile(answer([endless]), undefined).method.join(' ')).toContain('none with a limit')
  })
})

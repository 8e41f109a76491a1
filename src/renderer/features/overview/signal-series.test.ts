import { describe, expect, it } from 'vitest'
import { timeGrid } from '../../ui/chart/time-grid.ts'
import { fixtureStart, latencyFixture, overviewFixture } from './overview-fixture.ts'
import { alignTo, errorSeries, percentileSeries, trafficSeries } from './signal-series.ts'

const later = fixtureStart + 3_600_000_000_000n
const active = (kind: 'requests' | 'connections', values: (number | null)[]) => ({
  kind,
  values,
  title: 'active',
  service: 'cart',
  metric: 'http.server.active_requests',
  unit: '{request}',
  latest: null,
  peak: null,
})

describe('percentile series', () => {
  const overview = overviewFixture([
    { ok: latencyFixture({ p99Ns: 5 }), error: latencyFixture({ p99Ns: 9 }), all: latencyFixture({ p99Ns: 8 }) },
    {},
  ])
  it('are of all, successful or failed requests, with gaps where there are none', () => {
    const p99 = (outcome: 'all' | 'ok' | 'failed') => percentileSeries(overview, outcome)[2]?.values
    expect([p99('all'), p99('ok'), p99('failed')]).toEqual([
      [8, null],
      [5, null],
      [9, null],
    ])
  })
})

describe('traffic series', () => {
  it('are per second, and leave out a bucket that is still filling', () => {
    const overview = overviewFixture([{ requests: 50 }, { requests: 10 }])
    expect(trafficSeries(overview, 'requests', [], later)[0]?.values).toEqual([5, 1])
    expect(trafficSeries(overview, 'requests', [], fixtureStart + 12_000_000_000n)[0]?.values).toEqual([5, null])
  })

  it('tell messages and active requests only where there are any', () => {
    const overview = overviewFixture([{ requests: 1, produced: 20 }], { totals: { requests: 1, produced: 20 } })
    const names = (lines: ReturnType<typeof active>[]) =>
      trafficSeries(overview, 'requests', lines, later).map(({ id }) => id)
    expect(names([])).toEqual(['requests', 'produced'])
    expect(names([active('connections', [3])])).toEqual(['requests', 'produced', 'active connections'])
    const both = trafficSeries(
      overview,
      'requests',
      [active('requests', [3, null]), active('requests', [4, null]), active('connections', [9])],
      later,
    )
    expect(both.at(-1)).toMatchObject({ id: 'active requests', values: [7, null] })
  })
})

describe('error series', () => {
  it('are shares, explicit and implicit apart, with gaps where there were no requests', () => {
    const overview = overviewFixture([{ requests: 10, errors: 2, implicitErrors: 1 }, {}])
    expect(errorSeries(overview).map(({ values }) => values)).toEqual([
      [0.2, null],
      [0.1, null],
    ])
  })
})

describe('alignTo', () => {
  it('moves values to the buckets of another grid', () => {
    const from = timeGrid('0', 10, 3)
    expect(alignTo(timeGrid('10000000000', 10, 3), from, [1, 2, 3])).toEqual([2, 3, null])
  })
})

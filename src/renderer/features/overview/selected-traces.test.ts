import { describe, expect, it } from 'vitest'
import type { OverviewExemplar } from '#shared/contract/overview.ts'
import { exemplarDots, slowestWithin } from './exemplar-dots.ts'
import { heatmapAxis, heatmapText } from './heatmap-rows.ts'
import { fixtureStart, instantFixture, overviewFixture } from './overview-fixture.ts'
import { countSelected, countSelectedCells, tracesOf, zoomedOut } from './selected-traces.ts'

const selection = { startUnixNano: instantFixture(10), endUnixNano: instantFixture(30) }
const heatmap = {
  startUnixNano: instantFixture(0),
  endUnixNano: instantFixture(30),
  stepSeconds: 10,
  boundsNs: [1e6, 1e7, 1e8],
  counts: [
    [5, 1],
    [4, 2],
    [3, 0],
  ],
}

describe('a selection', () => {
  it('holds the requests of its buckets', () => {
    const overview = overviewFixture([{ requests: 1 }, { requests: 2 }, { requests: 4 }, { requests: 8 }])
    expect(countSelected(overview, selection, ({ requests }) => requests)).toBe(6)
  })

  it('holds the requests of its cells', () => {
    expect(countSelectedCells(heatmap, { ...selection, minValue: 1e7, maxValue: 1e8 })).toBe(2)
    expect(countSelectedCells(heatmap, selection)).toBe(9)
  })

  it('leads to exactly those traces', () => {
    const filter = { view: 'requests', service: 'cart', operation: 'GET /' } as const
    expect(tracesOf({ filter, selection, outcome: 'failed', isSlowestFirst: true })).toEqual({
      of: 'requests',
      outcome: 'failed',
      service: 'cart',
      operation: 'GET /',
      min: undefined,
      max: undefined,
      range: undefined,
      start: instantFixture(10),
      end: instantFixture(30),
      order: 'slowest',
    })
  })

  it('of a heatmap excludes its lower edge and includes its upper one, to the nanosecond', () => {
    const search = tracesOf({
      filter: { view: 'clients' },
      selection: { ...selection, minValue: 981_351_932.4, maxValue: 5_524_610_409.9 },
    })
    expect(search).toMatchObject({ of: 'clients', min: '981351933ns', max: '5.524610409s' })
    expect(
      tracesOf({ filter: { view: 'clients' }, selection: { ...selection, minValue: 0, maxValue: 100 } }).min,
    ).toBeUndefined()
  })
})

describe('zoomedOut', () => {
  it('doubles the range around its middle', () => {
    expect(zoomedOut(1_000n, 2_000n, 1_000_000n)).toEqual({ start: '500', end: '2500' })
  })

  it('does not reach beyond now, nor before the epoch', () => {
    expect(zoomedOut(1_000n, 2_000n, 2_200n)).toEqual({ start: '200', end: '2200' })
    expect(zoomedOut(100n, 2_100n, 2_100n)).toEqual({ start: '0', end: '2100' })
  })
})

describe('exemplars', () => {
  const exemplar = (
    second: number,
    durationNs: number,
    outcome: OverviewExemplar['outcome'] = 'ok',
  ): OverviewExemplar => ({
    startUnixNano: instantFixture(second),
    timeUnixNano: instantFixture(second),
    role: 'max',
    outcome,
    traceId: `trace ${second}`,
    spanId: 'span',
    durationNs,
  })
  const all = [exemplar(10, 5e9), exemplar(11, 4e9), exemplar(400, 3e9, 'error'), exemplar(800, 1e9)]
  const range = { startUnixNano: fixtureStart, endUnixNano: fixtureStart + 900_000_000_000n }

  it('are drawn slowest first, and never on top of each other', () => {
    expect(exemplarDots(all, 'all', range).map(({ value }) => value)).toEqual([5e9, 3e9, 1e9])
    expect(exemplarDots(all, 'failed', range).map(({ value, color }) => [value, color])).toEqual([
      [3e9, 'var(--error)'],
    ])
  })

  it('give a selection its slowest one', () => {
    expect(slowestWithin(all, 'all', selection)?.durationNs).toBe(5e9)
    expect(slowestWithin(all, 'failed', selection)).toBeUndefined()
    expect(slowestWithin(all, 'all', { ...selection, minValue: 1e9, maxValue: 4.5e9 })?.durationNs).toBe(4e9)
  })
})

describe('the heatmap in words', () => {
  it('tells the fullest cell and the slowest requests', () => {
    expect(heatmapText(heatmap, 'requests')).toMatch(
      /Most requests in a cell: 5 of 1\sms to 10\sms at .* Slowest: 1 of 10\sms to 100\sms at /,
    )
    expect(heatmapText({ ...heatmap, boundsNs: [], counts: [[], []] }, 'requests')).toMatch(/No requests\.$/)
  })

  it('has an axis even for durations of zero, and for none', () => {
    expect(heatmapAxis([0, 1e6, 2e6]).min).toBeGreaterThan(0)
    expect(heatmapAxis([]).ticks.length).toBeGreaterThan(0)
  })
})

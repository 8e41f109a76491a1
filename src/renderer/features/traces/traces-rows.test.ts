import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TraceSummary } from '#shared/contract/traces.ts'
import { durationShare, extentOf, listTraces, traceRowReader } from './traces-rows.ts'

function trace(id: string, changed: Partial<TraceSummary> = {}): TraceSummary {
  return {
    traceId: id.padStart(32, '0'),
    rootService: 'shop',
    rootOperation: 'GET /',
    rootReceived: true,
    startTimeUnixNano: '1795336500000000000',
    durationNs: 1_000_000,
    spanCount: 1,
    errorCount: 0,
    services: ['shop'],
    ...changed,
  }
}

const now = new Date(1_795_336_600_000)

describe('rows', () => {
  test('bars are shares of the longest; zero and negative durations have none', () => {
    const { longestNs } = extentOf([trace('a', { durationNs: 50 }), trace('b', { durationNs: 200 })], now)
    expect([50, 200, 0, -5].map((durationNs) => durationShare(durationNs, longestNs))).toEqual([0.25, 1, 0, 0])
    expect(durationShare(0, extentOf([trace('a', { durationNs: 0 })], now).longestNs)).toBe(0)
  })

  test('the first column has room for dates exactly when one has a date', () => {
    const starts = fc.integer({ min: -200_000, max: 200_000 }).map((seconds) => now.getTime() + seconds * 1_000)
    fc.assert(
      fc.property(fc.array(starts, { maxLength: 4 }), (millis) => {
        const traces = millis.map((start) => trace('a', { startTimeUnixNano: `${start}000000` }))
        const row = traceRowReader(now)
        expect(extentOf(traces, now).isDated).toBe(traces.some((each) => row(each).start.includes(' ')))
      }),
    )
  })

  test('a row is built once per summary', () => {
    const row = traceRowReader(now)
    const summary = trace('a')
    expect(row(summary)).toBe(row(summary))
  })

  test('names show nothing unseen, and are never blank', () => {
    const row = traceRowReader(now)(trace('a', { rootOperation: ' ', services: ['a\u202eb', ''] }))
    expect(row.rootOperation).toBe('(no name)')
    expect(row.allServices).toBe('a\\u202eb, (no service name)')
  })

  test("the root's service stands first, all are counted, not all are listed", () => {
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`)
    const row = traceRowReader(now)(trace('a', { rootService: 's11', services: names }))
    expect(row.services).toEqual(['s11', 's0', 's1', 's2', 's3', 's4'])
    expect(row.serviceCount).toBe('12')
    expect(row.allServices).toBe(['s11', ...names.slice(0, 11)].join(', '))
  })
})

describe('the list', () => {
  const a = trace('a')
  const b = trace('b')
  const c = trace('c')

  test('pages follow each other, a trace on two of them stands once', () => {
    expect(listTraces([a, b], [[b, c]], [a, b])).toEqual({ traces: [a, b, c], unseen: 0 })
  })

  test('new traces are counted, not shown', () => {
    expect(listTraces([b], [[c]], [a, b])).toEqual({ traces: [b, c], unseen: 1 })
  })

  test('figures on show keep up', () => {
    const grown = { ...b, spanCount: 9 }
    expect(listTraces([b], [], [grown]).traces).toEqual([grown])
  })

  test('a trace that came into view by paging is not new', () => {
    expect(listTraces([a], [[b]], [a, b]).unseen).toBe(0)
  })
})

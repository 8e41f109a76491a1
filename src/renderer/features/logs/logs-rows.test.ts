import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Log } from '#shared/contract/logs.ts'
import { compareRows, toLogRow } from './log-row.ts'
import {
  arrivalsLabel,
  keepNewest,
  type LogWindow,
  mergeRows,
  openWindow,
  stepRow,
  withArrivals,
  withOlderPage,
} from './logs-rows.ts'

function log(id: number, time: bigint | number, rest: Partial<Log> = {}): Log {
  return {
    id,
    timeUnixNano: String(time),
    severityNumber: 9,
    severityText: 'info',
    body: `record ${id}`,
    serviceName: 'checkout',
    traceId: null,
    spanId: null,
    eventName: '',
    attributes: {},
    ...rest,
  }
}

const ids = (window: Pick<LogWindow, 'rows'>) => window.rows.map((row) => row.id)

/** Records of a store: ids in order of arrival, times in any order and often equal. */
const records = fc
  .array(fc.bigInt({ min: 0n, max: 30n }), { maxLength: 60 })
  .map((times) => times.map((time, id) => log(id, time)))

/** What the engine answers: the newest `limit` of `logs` that lie before `older` and after `afterId`. */
function ask(logs: readonly Log[], limit: number, older: LogWindow['older'] = {}, afterId = -1) {
  const from = older?.cursor === undefined ? 0 : Number(older.cursor)
  const end = older?.end === undefined ? undefined : BigInt(older.end)
  const found = logs
    .filter((record) => record.id > afterId && (end === undefined || BigInt(record.timeUnixNano) < end))
    .toSorted((a, b) => compareRows(toLogRow(b), toLogRow(a)))
  const page = found.slice(from, from + limit)
  return { logs: page, nextCursor: from + limit < found.length ? String(from + limit) : null }
}

const inOrder = (logs: readonly Log[]) => logs.map(toLogRow).toSorted(compareRows)

describe('paging', () => {
  it('older pages add up to everything, in order, each record once', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 9 }), (logs, limit) => {
        let window = openWindow(ask(logs, limit))
        while (window.older) window = withOlderPage(window, ask(logs, limit, window.older))
        expect(window.rows).toEqual(inOrder(logs))
      }),
    )
  })

  it('rows let go come back by scrolling up', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 20 }), (logs, kept) => {
        let window = keepNewest(openWindow(ask(logs, 1000)), kept)
        expect(window.rows.length).toBeLessThanOrEqual(kept)
        while (window.older) window = withOlderPage(window, ask(logs, 5, window.older))
        expect(window.rows).toEqual(inOrder(logs))
      }),
    )
  })

  it('compares instants by value, not by text', () => {
    expect(ids(openWindow({ logs: [log(1, 99), log(2, 100), log(3, 9)], nextCursor: null }))).toEqual([3, 1, 2])
  })
})

describe('live tail', () => {
  it('puts late records where their time belongs and counts every new one once', () => {
    fc.assert(
      fc.property(records, fc.nat({ max: 60 }), (logs, split) => {
        const before = logs.slice(0, split)
        const opened = openWindow(ask(before, 1000))
        const caughtUp = withArrivals(opened, ask(logs, 1000, {}, opened.newestId).logs)
        expect(caughtUp.rows).toEqual(inOrder(logs))
        expect(caughtUp.arrived).toBe(logs.length - before.length)
        expect(withArrivals(caughtUp, ask(logs, 1000).logs)).toBe(caughtUp)
        expect(caughtUp.newestId).toBe(logs.length - 1)
      }),
    )
  })

  it('says how many are waiting', () => {
    expect(arrivalsLabel(12, false)).toBe('12 new')
    expect(arrivalsLabel(10_000, true)).toBe('10,000+ new')
  })
})

describe('mergeRows', () => {
  it('gives back the same list when nothing is added', () => {
    const rows = inOrder([log(1, 1), log(2, 2), log(3, 3)])
    expect(mergeRows(rows, rows.slice(1))).toBe(rows)
    expect(mergeRows(rows, [])).toBe(rows)
  })
})

describe('stepRow', () => {
  const rows = inOrder([log(1, 1), log(2, 2), log(3, 3)])
  it('begins at the newest and stops at the ends', () => {
    expect(stepRow(rows, undefined, -1)?.id).toBe(3)
    expect(stepRow(rows, 2, -1)?.id).toBe(1)
    expect(stepRow(rows, 1, -1)?.id).toBe(1)
    expect(stepRow(rows, 2, 10)?.id).toBe(3)
    expect(stepRow([], undefined, 1)).toBeUndefined()
  })
})

describe('toLogRow', () => {
  it('stands in for a missing body by the event name, then the exception', () => {
    expect(toLogRow(log(1, 1, { body: null, eventName: 'user.signed_in' }))).toMatchObject({
      line: 'user.signed_in',
      lineIsBody: false,
    })
    expect(toLogRow(log(1, 1, { body: null, attributes: { 'exception.message': 'boom' } })).line).toBe('boom')
  })

  it('marks records that carry an exception', () => {
    expect(toLogRow(log(1, 1)).exceptionType).toBeUndefined()
    expect(toLogRow(log(1, 1, { attributes: { 'exception.message': 'boom' } })).exceptionType).toBe('')
  })
})

/** Pruning by size and age: what goes, what stays, and that everything counted stays true. */

import { describe, expect, it } from 'vitest'
import { readStoreStatus } from '../../src/engine/queries/status.ts'
import { traceSummary } from '../../src/engine/queries/trace-summary.ts'
import { listTraces } from '../../src/engine/queries/traces.ts'
import { deleteAll } from '../../src/engine/store/delete-all.ts'
import { ImportedRanges } from '../../src/engine/store/imported-ranges.ts'
import { prunedForAge, prunedForSize } from '../../src/engine/store/retention.ts'
import { writeSetting } from '../../src/engine/store/settings.ts'
import { epoch, spanIdOf, traceIdOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const second = 1_000_000_000n
const now = epoch + 1_000_000n * second
const filler = 'x'.repeat(400)
const resource = (service: string) => ({
  attributes: [{ key: 'service.name', value: { stringValue: service } }],
})
const at = (seconds: number): string => (epoch + BigInt(seconds) * second).toString()

/** Traces of four spans and one log each, one trace a second, numbered from `first`. */
function sendTraces(store: ScratchStore, first: number, count: number, service = 'shop'): void {
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  store.send('traces', {
    resourceSpans: [
      {
        resource: resource(service),
        scopeSpans: [
          {
            spans: numbers.flatMap((trace) =>
              [1, 2, 3, 4].map((id) => ({
                traceId: traceIdOf(trace),
                spanId: spanIdOf(id),
                ...(id === 1 ? {} : { parentSpanId: spanIdOf(1) }),
                name: `work ${id}`,
                startTimeUnixNano: at(trace),
                endTimeUnixNano: at(trace + 1),
                attributes: [{ key: 'filler', value: { stringValue: filler } }],
                links: [{ traceId: traceIdOf(trace + 1), spanId: spanIdOf(1) }],
                status: { code: id === 4 ? 2 : 0 },
              })),
            ),
          },
        ],
      },
    ],
  })
  sendLogs(store, first, count, service, true)
}

function sendLogs(store: ScratchStore, first: number, count: number, service: string, inTraces: boolean): void {
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  store.send('logs', {
    resourceLogs: [
      {
        resource: resource(service),
        scopeLogs: [
          {
            logRecords: numbers.map((number) => ({
              timeUnixNano: at(number),
              body: { stringValue: `log ${number} ${filler}` },
              ...(inTraces ? { traceId: traceIdOf(number), spanId: spanIdOf(1) } : {}),
            })),
          },
        ],
      },
    ],
  })
}

function sendPoints(store: ScratchStore, first: number, count: number): void {
  const dataPoints = Array.from({ length: count }, (_, index) => ({
    timeUnixNano: at(first + index),
    asInt: String(index),
    attributes: [{ key: 'series', value: { stringValue: `${(first + index) % 5} ${filler}` } }],
  }))
  store.send('metrics', {
    resourceMetrics: [
      { resource: resource('shop'), scopeMetrics: [{ metrics: [{ name: 'load', gauge: { dataPoints } }] }] },
    ],
  })
}

function count(store: ScratchStore, table: string): number {
  return Number((store.sql(`SELECT count(*) AS n FROM ${table}`)[0] as { n: bigint }).n)
}

function usedBytes(store: ScratchStore): number {
  const pragma = (name: string): number => Number(store.context.db.pragma(name, { simple: true }))
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}

/** Everything that is counted agrees with the rows that are there. */
function expectTrueCounts(store: ScratchStore): void {
  const { counts } = readStoreStatus(store.context, undefined)
  expect(counts).toEqual({
    spans: count(store, 'span'),
    traces: count(store, 'trace'),
    logs: count(store, 'log_record'),
    points: count(store, 'point'),
  })
  expect(
    store.sql(`SELECT name, span_count, log_count, point_count, error_count FROM service WHERE
      span_count != (SELECT count(*) FROM span JOIN operation ON operation.id = operation_id WHERE operation.service_id = service.id)
      OR error_count != (SELECT count(*) FROM span JOIN operation ON operation.id = operation_id WHERE operation.service_id = service.id AND status_code = 2)
      OR log_count != (SELECT count(*) FROM log_record WHERE log_record.service_id = service.id)
      OR point_count != (SELECT count(*) FROM point JOIN series ON series.id = series_id WHERE series.service_id = service.id)`),
  ).toEqual([])
  expect(store.sql('SELECT 1 FROM span WHERE trace_id NOT IN (SELECT trace_id FROM trace)')).toEqual([])
  expect(store.sql('SELECT 1 FROM log_text_docsize WHERE id NOT IN (SELECT id FROM log_record)')).toEqual([])
  expect(
    store.sql(`SELECT 1 FROM metric WHERE series_count != (SELECT count(*) FROM series WHERE metric_id = metric.id)
      OR point_count != (SELECT count(*) FROM point JOIN series ON series.id = series_id WHERE metric_id = metric.id)`),
  ).toEqual([])
}

const losses = (store: ScratchStore) => readStoreStatus(store.context, undefined).losses

describe('by age', () => {
  it('removes what is older, whole traces with their logs, and counts it', () => {
    using store = scratchStore()
    sendTraces(store, 1, 20)
    sendTraces(store, 5_000, 20)
    sendPoints(store, 1, 10)
    const removed = store.retain({ maxBytes: 1e12, maxAgeSeconds: 1_000_000 - 1_000, rollupMaxAgeSeconds: null }, now)
    expect(removed).toBe(20 * 4 + 20 + 10)
    expectTrueCounts(store)
    expect(readStoreStatus(store.context, undefined).counts).toMatchObject({
      spans: 80,
      traces: 20,
      logs: 20,
      points: 0,
    })
    expect(losses(store)).toEqual([
      { signal: 'traces', reason: prunedForAge, count: 80 },
      { signal: 'logs', reason: prunedForAge, count: 20 },
      { signal: 'metrics', reason: prunedForAge, count: 10 },
    ])
    expect(store.sql('SELECT 1 FROM span_link WHERE trace_id NOT IN (SELECT trace_id FROM trace)')).toEqual([])
    expect(store.sql('SELECT 1 FROM series')).toEqual([])
  })

  it('counts what a file brought from when it came', () => {
    using store = scratchStore()
    const policy = { maxBytes: 1e12, maxAgeSeconds: 100_000, rollupMaxAgeSeconds: null }
    sendTraces(store, 1, 30)
    sendPoints(store, 12, 5)
    store.write((db) => {
      const ranges = new ImportedRanges(db)
      ranges.note('a', BigInt(at(10)), BigInt(at(14)), now)
      ranges.note('b', BigInt(at(13)), BigInt(at(19)), now)
    })
    const later = now + 50_000n * second
    store.retain(policy, later)
    const left = () =>
      store.sql('SELECT start_unix_nano FROM trace ORDER BY 1').map((row) => Object.values(row ?? {})[0])
    expect(left()).toEqual(Array.from({ length: 10 }, (_, index) => BigInt(at(10 + index))))
    expect(readStoreStatus(store.context, undefined).counts).toMatchObject({ logs: 10, points: 5 })
    expectTrueCounts(store)
    store.retain(policy, now + 110_000n * second)
    expect(left()).toEqual([])
    expect(readStoreStatus(store.context, undefined).counts).toMatchObject({ spans: 0, logs: 0, points: 0 })
  })

  it('says of a link to a pruned trace when and why it went', () => {
    using store = scratchStore()
    sendTraces(store, 1, 1)
    store.retain({ maxBytes: 1e12, maxAgeSeconds: 60, rollupMaxAgeSeconds: null }, now)
    expect(() => traceSummary(store.context, { traceId: traceIdOf(1) })).toThrow(
      /was deleted at 20.*older than the age/,
    )
  })

  it('takes a trace that is larger than a round in several', () => {
    using store = scratchStore()
    const spans = Array.from({ length: 4_000 }, (_, index) => ({
      traceId: traceIdOf(7),
      spanId: spanIdOf(index + 1),
      startTimeUnixNano: at(1),
      endTimeUnixNano: at(2),
    }))
    store.send('traces', { resourceSpans: [{ resource: resource('shop'), scopeSpans: [{ spans }] }] })
    expect(store.retain({ maxBytes: 1e12, maxAgeSeconds: 60, rollupMaxAgeSeconds: null }, now)).toBeGreaterThanOrEqual(
      4_000,
    )
    expectTrueCounts(store)
    expect(count(store, 'span')).toBe(0)
  })
})

describe('by size', () => {
  it('removes the oldest until the pages in use fit', async () => {
    using store = scratchStore()
    sendTraces(store, 1, 1_500)
    const maxBytes = Math.round(usedBytes(store) / 2)
    store.retain({ maxBytes, maxAgeSeconds: null, rollupMaxAgeSeconds: null }, now)
    expect(usedBytes(store)).toBeLessThanOrEqual(maxBytes)
    expect(usedBytes(store)).toBeGreaterThan(maxBytes * 0.7)
    expectTrueCounts(store)
    const { traces } = await listTraces(store.context, { of: 'trace', order: 'newest', limit: 1000 })
    expect(traces[0]?.traceId).toBe(traceIdOf(1_500))
    expect(store.sql(`SELECT 1 FROM trace WHERE trace_id = x'${traceIdOf(1)}'`)).toEqual([])
    expect(losses(store).map(({ reason }) => reason)).toEqual([prunedForSize, prunedForSize])
  })

  it('leaves each signal its share when another floods the store', () => {
    using store = scratchStore()
    sendTraces(store, 1, 200)
    sendPoints(store, 1, 300)
    const quiet = { spans: count(store, 'span'), points: count(store, 'point') }
    const maxBytes = usedBytes(store) * 3
    for (let round = 0; round < 6; round++) sendLogs(store, 10_000 + round * 1_000, 1_000, 'noisy', false)
    expect(usedBytes(store)).toBeGreaterThan(maxBytes)
    store.retain({ maxBytes, maxAgeSeconds: null, rollupMaxAgeSeconds: null }, now)
    expect(usedBytes(store)).toBeLessThanOrEqual(maxBytes)
    expect({ spans: count(store, 'span'), points: count(store, 'point') }).toEqual(quiet)
    expectTrueCounts(store)
  })

  it('gives freed pages back to the disk', () => {
    using store = scratchStore()
    sendTraces(store, 1, 6_000)
    const pages = (): number => Number(store.context.db.pragma('page_count', { simple: true }))
    const before = pages()
    expect(before).toBeGreaterThan(4_096)
    store.write(deleteAll)
    store.retain({ maxBytes: 1e12, maxAgeSeconds: null, rollupMaxAgeSeconds: null }, now)
    expect(pages()).toBeLessThan(before)
  })
})

describe('delete all', () => {
  it('leaves nothing but settings, and a store that takes the same data again', () => {
    using store = scratchStore()
    sendTraces(store, 1, 20)
    sendPoints(store, 1, 10)
    const before = readStoreStatus(store.context, undefined).counts
    store.write((db) => {
      writeSetting(db, 'title', 'Kept')
      deleteAll(db)
    })
    expect(readStoreStatus(store.context, undefined)).toEqual({
      counts: { spans: 0, traces: 0, logs: 0, points: 0 },
      losses: [],
      title: 'Kept',
      newestUnixNano: null,
    })
    sendTraces(store, 1, 20)
    sendPoints(store, 1, 10)
    expect(readStoreStatus(store.context, undefined).counts).toEqual(before)
    expectTrueCounts(store)
  })
})

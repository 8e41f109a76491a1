/** Rollups against the spans they are folded from: late, repeated, pruned, sampled, computed anew, in every width. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readOverview } from '../../src/engine/queries/overview.ts'
import { readStorage } from '../../src/engine/queries/storage.ts'
import { hidingRequests } from '../../src/engine/rollup/hidden-errors.ts'
import { migrate } from '../../src/engine/store/migrate.ts'
import { migrations } from '../../src/engine/store/migrations/index.ts'
import { RollupRebuild } from '../../src/engine/store/rollup-rebuild.ts'
import { defaultRetention } from '../../src/engine/store/settings.ts'
import { overviewInputSchema } from '../../src/shared/contract/overview.ts'
import { epoch, type SpanSketch, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const second = 1_000_000_000n
const epochSeconds = Number(epoch / second)
const widths = [10, 60, 600]

const span = fc.record(
  {
    trace: fc.integer({ min: 1, max: 6 }),
    id: fc.integer({ min: 1, max: 8 }),
    parent: fc.option(fc.oneof(fc.constant(99), fc.integer({ min: 1, max: 8 })), { nil: undefined }),
    service: fc.constantFrom('cart', 'pay'),
    name: fc.constantFrom('GET', 'PUT'),
    kind: fc.integer({ min: 0, max: 5 }),
    start: fc.integer({ min: -2_000, max: 2_000 }),
    duration: fc.integer({ min: -5, max: 4_000_000_000 }),
    end: fc.constantFrom('fine', 'error', 'implicit'),
    th: fc.constantFrom('', 'ot=th:8', 'ot=th:c'),
  },
  { noNullPrototype: true },
)
type Drawn = typeof span extends fc.Arbitrary<infer T> ? T : never
const commits = fc.array(fc.array(span, { maxLength: 12 }), { maxLength: 6 })

function request(spans: readonly Drawn[]): unknown {
  const resourceSpans = spans.flatMap(({ service, start, end, th, parent, ...rest }) => {
    const attributes = end === 'implicit' ? { 'spanlight.response.valid': false } : {}
    const more = { traceState: th }
    const from = BigInt(start) * second
    const sketch: SpanSketch = { ...rest, start: from, error: end === 'error', attributes, more }
    return tracesOf(service, [parent === undefined ? sketch : { ...sketch, parent }]).resourceSpans
  })
  return { resourceSpans }
}

function send(store: ScratchStore, spans: readonly Drawn[]): void {
  if (spans.length > 0) store.send('traces', request(spans))
}

/** What the rows themselves say, summed by SQL. */
function fromRows(store: ScratchStore): unknown[] {
  return widths.flatMap((width) =>
    store.sql(`
      SELECT ${width} AS width_s, start_unix_nano / 1000000000 / ${width} * ${width} AS start_unix_s, operation_id,
             parent_span_id IS NULL OR kind IN (2, 5) AS entry, outcome, count(*) AS n,
             sum(CASE trace_state WHEN 'ot=th:8' THEN 2.0 WHEN 'ot=th:c' THEN 4.0 ELSE 1.0 END) AS count,
             min(max(0, duration_ns)) AS min_ns, max(0, max(duration_ns)) AS max_ns
        FROM span JOIN operation ON operation.id = operation_id
       GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5`),
  )
}

/** Outcomes as the whole trace tells them, whatever the order its spans came in. */
function expectTrueOutcomes(store: ScratchStore): void {
  const rows =
    store.sql(`SELECT span.id, hex(trace_id) AS trace, hex(span_id) AS span_key, hex(parent_span_id) AS parent_key, kind,
                                 status_code, outcome, attributes ->> '$."spanlight.response.valid"' AS valid
                            FROM span JOIN operation ON operation.id = operation_id ORDER BY trace, twin`) as {
      trace: string
      span_key: string
      parent_key: string
      kind: bigint
      status_code: bigint
      outcome: bigint
      valid: bigint | null
    }[]
  for (const spans of Map.groupBy(rows, ({ trace }) => trace).values()) {
    const hiding = new Set(
      hidingRequests(
        spans.map(({ span_key, parent_key, kind, status_code }) => ({
          spanKey: span_key,
          parentKey: parent_key === '' ? null : parent_key,
          kind: Number(kind),
          statusCode: Number(status_code),
        })),
      ),
    )
    for (const { span_key, status_code, valid, outcome } of spans) {
      // Of twins the first one hides.
      const hides = hiding.delete(span_key)
      expect(Number(outcome)).toBe(status_code === 2n ? 1 : valid === 0n || hides ? 2 : 0)
    }
  }
}

interface Extremes {
  readonly min_ns: bigint
  readonly max_ns: bigint
}

/**
 * Rows without what was shortest and longest, and these apart: where a request moved to another outcome later they are known
 * only as well as the sketch knows them.
 */
function withoutExtremes(rows: readonly unknown[]): { rows: unknown[]; extremes: Extremes[] } {
  const extremes: Extremes[] = []
  const rest = rows.map((row) => {
    const { min_ns, max_ns, ...others } = row as Extremes
    extremes.push({ min_ns, max_ns })
    return others
  })
  return { rows: rest, extremes }
}

function expectSameCells(found: readonly unknown[], expected: readonly unknown[]): void {
  const [left, right] = [withoutExtremes(found), withoutExtremes(expected)]
  expect(left.rows).toEqual(right.rows)
  for (const [index, { min_ns, max_ns }] of left.extremes.entries()) {
    const exact = right.extremes[index]
    for (const [one, other] of [
      [min_ns, exact?.min_ns],
      [max_ns, exact?.max_ns],
    ]) {
      expect(Math.abs(Number(one) - Number(other))).toBeLessThanOrEqual(1 + 0.02 * Number(other))
    }
  }
}

const folded = (store: ScratchStore): unknown[] =>
  store.sql(`SELECT width_s, start_unix_s, operation_id, entry, outcome, n, count, min_ns, max_ns FROM rollup
              ORDER BY width_s, start_unix_s, operation_id, entry, outcome`)

const everything = (store: ScratchStore): unknown[] => [
  ...store.sql(`SELECT width_s, start_unix_s, operation_id, entry, outcome, n, count, sum_ns, min_ns, max_ns, hex(sketch)
                  FROM rollup ORDER BY 1, 2, 3, 4, 5`),
  ...store.sql(`SELECT width_s, service_id, start_unix_s, kind, entry, outcome, n, count, sum_ns, min_ns, max_ns, hex(sketch)
                  FROM service_rollup ORDER BY 1, 2, 3, 4, 5, 6`),
]

describe('rollups', () => {
  it('hold every stored span once, in the right bucket of every width, retries and late ones included', () => {
    fc.assert(
      fc.property(commits, (all) => {
        using store = scratchStore()
        for (const spans of all) send(store, spans)
        for (const spans of all) send(store, spans)
        expectTrueOutcomes(store)
        expectSameCells(folded(store), fromRows(store))
      }),
      { numRuns: 100 },
    )
  })

  it('computed anew from rows are the same, and so is what is counted about them', () => {
    fc.assert(
      fc.property(commits, (all) => {
        using store = scratchStore()
        for (const spans of all) send(store, spans)
        const before = everything(store)
        const sizes = readStorage(store.context, undefined).rollups
        store.write((db) =>
          db.exec('UPDATE span SET outcome = 0; UPDATE rollup SET n = 7; UPDATE service_rollup SET n = 7'),
        )
        store.rebuildRollups()
        expectSameCells(everything(store), before)
        expect(folded(store)).toEqual(fromRows(store))
        expect({ ...readStorage(store.context, undefined).rollups, bytes: 0 }).toEqual({ ...sizes, bytes: 0 })
      }),
      { numRuns: 40 },
    )
  })

  it('take a span that lasts as long as time itself, and find it again when they are computed anew', () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('cart', [{ id: 1, more: { startTimeUnixNano: '0', endTimeUnixNano: `${2n ** 63n - 1n}` } }]),
    )
    const longest = () => store.sql('SELECT n, max_ns FROM rollup WHERE width_s = 600')
    const expected = [{ n: 1n, max_ns: 2n ** 63n - 1024n }]
    expect(longest()).toEqual(expected)
    store.rebuildRollups()
    expect(longest()).toEqual(expected)
  })

  it('of a service are the sum of its operations, and those of all services the sum of theirs', () => {
    fc.assert(
      fc.property(commits, (all) => {
        using store = scratchStore()
        for (const spans of all) send(store, spans)
        const sums = (from: string): unknown[] =>
          store.sql(`SELECT width_s, start_unix_s, kind, entry, outcome, sum(n) AS n, sum(count) AS count, sum(sum_ns) AS sum_ns
                       FROM ${from} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`)
        const operations = sums(
          '(SELECT rollup.*, max(operation.kind, 1) AS kind FROM rollup JOIN operation ON operation.id = operation_id)',
        )
        expect(sums('service_rollup WHERE service_id = 0')).toEqual(operations)
        expect(sums('service_rollup WHERE service_id <> 0')).toEqual(operations)
      }),
      { numRuns: 30 },
    )
  })

  it('stay when the spans they were folded from are pruned, and when they are computed anew afterwards', async () => {
    using store = scratchStore()
    const spans = Array.from(
      { length: 200 },
      (_, index): SpanSketch => ({ trace: index + 1, id: 1, kind: 2, start: BigInt(index * 30) * second }),
    )
    store.send('traces', tracesOf('shop', spans))
    const before = everything(store)
    const now = epoch + 6_000n * second
    store.retain({ ...defaultRetention, maxAgeSeconds: 3_000 }, now)
    expect(store.sql('SELECT count(*) AS spans FROM span')).toEqual([{ spans: 100n }])
    expect(everything(store)).toEqual(before)
    store.rebuildRollups()
    const overview = await readOverview(store.context, overviewInputSchema.parse({ stepSeconds: 600 }))
    expect(overview.totals.requests).toBe(200)
  })

  it('of fine widths go when newer data makes them old, and the answer says which step is left', async () => {
    using store = scratchStore()
    const hours = (count: number): bigint => BigInt(count * 3600) * second
    store.send(
      'traces',
      tracesOf('shop', [
        { trace: 1, id: 1, start: 0 },
        { trace: 2, id: 1, start: hours(3) },
      ]),
    )
    store.retainRollups(defaultRetention, epoch + hours(4))
    const at = (start: bigint, stepSeconds: number): ReturnType<typeof readOverview> =>
      readOverview(
        store.context,
        overviewInputSchema.parse({ start: `${epoch + start}`, end: `${epoch + start + 60n * second}`, stepSeconds }),
      )
    expect([(await at(0n, 10)).stepSeconds, (await at(hours(3), 10)).stepSeconds]).toEqual([60, 10])
    expect((await at(0n, 10)).totals.requests).toBe(1)
    store.send('traces', tracesOf('shop', [{ trace: 3, id: 1, start: hours(72) }]))
    store.retainRollups(defaultRetention, epoch + hours(72))
    expect((await at(0n, 10)).stepSeconds).toBe(600)
    expect((await at(0n, 10)).totals.requests).toBe(1)
    expect(store.sql('SELECT * FROM ingest_loss')).toEqual([])
  })

  it('leave after their own age, counted as a loss', () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('shop', [
        { trace: 1, id: 1 },
        { trace: 2, id: 1, start: 90_000n * second },
      ]),
    )
    store.retainRollups({ ...defaultRetention, rollupMaxAgeSeconds: 3_600 }, epoch + 90_000n * second)
    const starts = store.sql('SELECT DISTINCT start_unix_s FROM rollup WHERE width_s = 600') as {
      start_unix_s: bigint
    }[]
    expect(starts.map(({ start_unix_s }) => Number(start_unix_s))).toEqual([
      Math.floor((epochSeconds + 90_000) / 600) * 600,
    ])
    expect(store.sql('SELECT signal, reason, count FROM ingest_loss')).toEqual([
      { signal: 'rollups', reason: 'rollups pruned: older than their age limit', count: 3n },
    ])
    expect(store.sql('SELECT count(*) AS spans FROM span')).toEqual([{ spans: 2n }])
  })

  it('never take more than their share of the file, however many operations there are', () => {
    using store = scratchStore()
    const spans = Array.from(
      { length: 4_000 },
      (_, index): SpanSketch => ({
        trace: index + 1,
        id: 1,
        name: `GET /order/${index}`,
        start: BigInt(index) * second,
      }),
    )
    store.send('traces', tracesOf('shop', spans))
    const maxBytes = 2_000_000
    store.retainRollups({ ...defaultRetention, maxBytes }, epoch + 4_000n * second)
    const { bytes, rows } = readStorage(store.context, undefined).rollups
    expect(bytes).toBeLessThanOrEqual(maxBytes / 5)
    const [counted] = store.sql(
      'SELECT (SELECT count(*) FROM rollup) + (SELECT count(*) FROM service_rollup) AS rows',
    ) as { rows: bigint }[]
    expect(rows).toBe(Number(counted?.rows))
  })

  it('ignore clocks that run ahead when they decide what is old', () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('shop', [
        { trace: 1, id: 1 },
        { trace: 2, id: 1, start: 10_000_000n * second },
      ]),
    )
    store.retainRollups(defaultRetention, epoch + 60n * second)
    expect(store.sql('SELECT count(*) AS rows FROM rollup WHERE width_s = 10')).toEqual([{ rows: 2n }])
  })

  it('of a file from before there were any are computed when it is opened', () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('shop', [
        { trace: 1, id: 1, kind: 2 },
        { trace: 1, id: 2, parent: 1, kind: 3, error: true },
      ]),
    )
    const before = everything(store)
    store.write((db) => {
      for (const table of ['rollup', 'service_rollup', 'rollup_state', 'apdex_threshold', 'annotation'])
        db.exec(`DROP TABLE ${table}`)
      db.exec('DROP VIEW rollups; ALTER TABLE span DROP COLUMN outcome; PRAGMA user_version = 3')
      // Only the step that brings rollups: what later steps bring is there already.
      migrate(db, store.file, migrations.slice(0, 4))
      const rebuild = new RollupRebuild(db)
      expect(rebuild.isUnderWay).toBe(true)
    })
    store.finishRebuild()
    expectSameCells(everything(store), before)
    expect(store.sql('SELECT outcome FROM span ORDER BY id')).toEqual([{ outcome: 2n }, { outcome: 1n }])
  })
})

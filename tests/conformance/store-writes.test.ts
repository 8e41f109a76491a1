/** What commits leave in the store: spans once each, summaries and counts that are always right. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readStoreStatus } from '../../src/engine/queries/status.ts'
import { epoch, logsOf, type SpanSketch, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { readable } from '../support/row-text.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const rows = (store: ScratchStore, query: string): unknown => readable(store.sql(query))
const counts = (store: ScratchStore): unknown => readStoreStatus(store.context, undefined).counts
const losses = (store: ScratchStore): unknown => readStoreStatus(store.context, undefined).losses

interface ServiceSpan extends SpanSketch {
  readonly service: string
  readonly trace: number
  readonly name: string
  readonly kind: number
  readonly start: number
  readonly duration: number
  readonly error: boolean
}

/** Few ids, names and times: retries, twins and late roots come by themselves. */
const anySpan: fc.Arbitrary<ServiceSpan> = fc.record(
  {
    service: fc.constantFrom('cart', 'pay', 'mail'),
    trace: fc.integer({ min: 1, max: 4 }),
    id: fc.integer({ min: 1, max: 5 }),
    parent: fc.integer({ min: 1, max: 5 }),
    name: fc.constantFrom('GET', 'SELECT'),
    kind: fc.integer({ min: 2, max: 3 }),
    start: fc.integer({ min: 0, max: 4 }),
    duration: fc.integer({ min: -3, max: 20 }),
    error: fc.boolean(),
  },
  { requiredKeys: ['service', 'trace', 'id', 'name', 'kind', 'start', 'duration', 'error'], noNullPrototype: true },
)
/** Commits of requests of spans. */
const commits = fc.array(fc.array(fc.array(anySpan, { maxLength: 25 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 5,
})

const requestOf = (spans: readonly ServiceSpan[]): unknown => ({
  resourceSpans: spans.flatMap((span) => tracesOf(span.service, [span]).resourceSpans),
})

/** The spans that ought to be kept, in order: the same ids with the same operation and start are a retry. */
function keptOf(spans: readonly ServiceSpan[]): { span: ServiceSpan; twin: number }[] {
  const kept: { span: ServiceSpan; twin: number }[] = []
  for (const span of spans) {
    const same = kept.filter((other) => other.span.trace === span.trace && other.span.id === span.id)
    const isRetry = same.some(({ span: other }) =>
      (['service', 'name', 'kind', 'start'] as const).every((field) => other[field] === span[field]),
    )
    if (!isRetry) kept.push({ span, twin: same.length })
  }
  return kept
}

function groups<T>(items: readonly T[], keyOf: (item: T) => number | string): T[][] {
  return [...Map.groupBy(items, keyOf).values()]
}

const endOf = ({ start, duration }: ServiceSpan): number => start + Math.max(0, duration)

function expectedTraces(spans: readonly ServiceSpan[]): Record<string, unknown>[] {
  return groups(spans, ({ trace }) => trace)
    .map((members) => {
      const roots = members.filter(({ parent }) => parent === undefined)
      const [root] = (roots.length > 0 ? roots : members).toSorted((a, b) => a.start - b.start || a.id - b.id)
      return {
        trace_id: traceIdOf(members[0]?.trace ?? 0),
        start: Math.min(...members.map(({ start }) => start)),
        duration_ns: Math.max(...members.map(endOf)) - Math.min(...members.map(({ start }) => start)),
        span_count: members.length,
        error_count: members.filter(({ error }) => error).length,
        root_received: roots.length > 0 ? 1 : 0,
        root_span_id: spanIdOf(root?.id ?? 0),
        root_start: root?.start,
        services: [...new Set(members.map(({ service }) => service))].sort().join(),
      }
    })
    .sort((a, b) => (a.trace_id < b.trace_id ? -1 : 1))
}

const storedTraces = `SELECT trace_id, start_unix_nano - ${epoch} AS start, duration_ns, span_count, error_count,
  root_received, root_span_id, root_start_unix_nano - ${epoch} AS root_start,
  (SELECT group_concat(name, ',' ORDER BY name) FROM service WHERE id IN (SELECT value FROM json_each(service_ids))) AS services
  FROM trace ORDER BY trace_id`

describe('spans', () => {
  it('of any commits leave what a naive model expects: spans, twins, summaries, counts', () => {
    fc.assert(
      fc.property(commits, (all) => {
        using store = scratchStore()
        for (const requests of all) store.send('traces', ...requests.map(requestOf))
        const kept = keptOf(all.flat(2))
        const spans = kept.map(({ span }) => span)
        const identity = ({ span, twin }: { span: ServiceSpan; twin: number }): string =>
          [span.trace, span.id, twin, span.service, span.name, span.kind, span.start, span.duration].join(' ')
        const stored = store.sql(
          `SELECT trace_id, span_id, twin, service.name AS service, operation.name, kind, start_unix_nano - ${epoch} AS start, duration_ns
             FROM span JOIN operation ON operation.id = operation_id JOIN service ON service.id = service_id`,
        ) as Record<string, unknown>[]
        expect(
          stored
            .map((row) =>
              [
                Number(`0x${Buffer.from(row.trace_id as Uint8Array).toString('hex')}`),
                Number(`0x${Buffer.from(row.span_id as Uint8Array).toString('hex')}`),
                ...[row.twin, row.service, row.name, row.kind, row.start, row.duration_ns].map(String),
              ].join(' '),
            )
            .sort(),
        ).toEqual(kept.map(identity).sort())

        expect(rows(store, storedTraces)).toEqual(expectedTraces(spans))
        // Of spans that tie for the root, the one of the operation known first stands for the trace.
        expect(
          store.sql(
            `SELECT 1 FROM trace WHERE root_operation_id != (SELECT min(operation_id) FROM span
               WHERE span.trace_id = trace.trace_id AND span_id = root_span_id AND start_unix_nano = root_start_unix_nano
                 AND (parent_span_id IS NULL) = root_received)`,
          ),
        ).toEqual([])
        expect(counts(store)).toEqual({
          spans: spans.length,
          traces: new Set(spans.map(({ trace }) => trace)).size,
          logs: 0,
          points: 0,
        })
        expect(
          rows(
            store,
            `SELECT name, span_count, error_count, last_seen_unix_nano - ${epoch} AS seen FROM service WHERE span_count > 0 ORDER BY name`,
          ),
        ).toEqual(
          groups(spans, ({ service }) => service)
            .map((members) => ({
              name: members[0]?.service,
              span_count: members.length,
              error_count: members.filter(({ error }) => error).length,
              seen: Math.max(...members.map(({ start }) => start)),
            }))
            .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1)),
        )
        expect(losses(store)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('say what a commit added, and nothing for a retry', () => {
    using store = scratchStore()
    const request = tracesOf('cart', [{ id: 1 }, { id: 2, parent: 1 }, { trace: 2, id: 1 }])
    expect(store.send('traces', request).added).toMatchObject({ spans: 3, traces: 2, logs: 0 })
    const again = store.send('traces', request, request)
    expect(again.added).toMatchObject({ spans: 0, traces: 0, logs: 0 })
    expect(again.outcomes).toEqual([
      { kind: 'committed', rejected: 0, message: '' },
      { kind: 'committed', rejected: 0, message: '' },
    ])
  })

  it('beyond 256 under the same ids are refused and counted', () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf(
        'cart',
        Array.from({ length: 300 }, (_, start) => ({ id: 1, start })),
      ),
    )
    expect(rows(store, 'SELECT count(*) AS n, max(twin) AS last FROM span')).toEqual([{ n: 256, last: 255 }])
    expect(losses(store)).toEqual([{ signal: 'traces', reason: 'more than 256 spans under the same ids', count: 44 }])
    expect(counts(store)).toMatchObject({ spans: 256 })
  })

  it('are found from the spans their links point to', () => {
    using store = scratchStore()
    const link = { traceId: traceIdOf(7), spanId: spanIdOf(9) }
    const request = tracesOf('cart', [{ id: 1, more: { links: [link, link, { traceId: 'ab', spanId: '' }] } }])
    store.send('traces', request)
    store.send('traces', request)
    expect(rows(store, 'SELECT * FROM span_link')).toEqual([
      { linked_trace_id: traceIdOf(7), linked_span_id: spanIdOf(9), trace_id: traceIdOf(1), span_id: spanIdOf(1) },
    ])
  })

  it('share resources, scopes and operations that are equal', () => {
    using store = scratchStore()
    for (const id of [1, 2, 3]) store.send('traces', tracesOf('cart', [{ id }], { 'host.name': 'a' }))
    store.send('traces', tracesOf('cart', [{ id: 4 }], { 'host.name': 'b' }))
    expect(rows(store, 'SELECT count(*) AS n FROM resource UNION ALL SELECT count(*) FROM scope')).toEqual([
      { n: 2 },
      { n: 1 },
    ])
    expect(rows(store, 'SELECT count(*) AS n FROM operation')).toEqual([{ n: 1 }])
  })
})

describe('log records', () => {
  const request = logsOf('cart', [
    { body: 'one', at: 5 },
    { body: 'two', at: 7 },
  ])

  it('of the very same request are stored once, in one commit or several', () => {
    using store = scratchStore()
    expect(store.send('logs', request, request).added).toMatchObject({ logs: 2 })
    expect(store.send('logs', request).outcomes).toEqual([{ kind: 'committed', rejected: 0, message: '' }])
    expect(counts(store)).toMatchObject({ logs: 2 })
    expect(store.sql("SELECT rowid FROM log_text WHERE log_text MATCH 'two'")).toHaveLength(1)
  })

  it('of another request are stored, though they read the same', () => {
    using store = scratchStore()
    store.send('logs', request, { ...request, sentAgain: true })
    expect(counts(store)).toMatchObject({ logs: 4 })
    expect(rows(store, `SELECT log_count, last_seen_unix_nano - ${epoch} AS seen FROM service`)).toEqual([
      { log_count: 4, seen: 7 },
    ])
  })

  it('are dated by their time, else by when they were observed, else by when they came', () => {
    using store = scratchStore()
    const before = BigInt(Date.now()) * 1_000_000n
    store.send(
      'logs',
      logsOf('cart', [
        { body: 'timed', at: 1, more: { observedTimeUnixNano: '99' } },
        { body: 'observed', more: { timeUnixNano: '0', observedTimeUnixNano: '99' } },
        { body: 'neither', more: { timeUnixNano: 0 } },
      ]),
    )
    const [timed, observed, neither] = store.sql('SELECT at_unix_nano AS at FROM log_record ORDER BY id') as {
      at: bigint
    }[]
    expect([timed?.at, observed?.at]).toEqual([epoch + 1n, 99n])
    expect(neither?.at).toBeGreaterThanOrEqual(before)
  })
})

describe('losses', () => {
  it('are counted by signal and reason, and add up', () => {
    using store = scratchStore()
    const bad = tracesOf('cart', [{ id: 1 }, { id: 0 }, { id: 2, more: { traceId: '' } }, { id: 0 }])
    const { outcomes } = store.send('traces', bad, 'no object')
    expect(outcomes).toMatchObject([
      { kind: 'committed', rejected: 3, message: '2 rejected: invalid span id; 1 rejected: invalid trace id' },
      { kind: 'invalid', message: expect.stringContaining('JSON object') },
    ])
    expect(store.send('logs', logsOf('cart', [{ more: { traceId: 'abcd' } }])).outcomes).toMatchObject([
      { kind: 'invalid', message: '1 rejected: invalid trace id' },
    ])
    store.send('traces', tracesOf('cart', [{ id: 3 }, { id: 0 }]))
    expect(losses(store)).toEqual([
      { signal: 'traces', reason: 'invalid span id', count: 3 },
      { signal: 'logs', reason: 'invalid trace id', count: 1 },
      { signal: 'traces', reason: 'invalid trace id', count: 1 },
      { signal: 'traces', reason: 'malformed request', count: 1 },
    ])
    expect(counts(store)).toMatchObject({ spans: 2, traces: 1, logs: 0 })
  })
})

describe('the views for people', () => {
  it('show hex ids, exact times and JSON', () => {
    using store = scratchStore()
    store.send('traces', tracesOf('cart', [{ id: 255, name: 'GET /', duration: 1_500_000, attributes: { n: 5n } }]))
    store.send('logs', logsOf('cart', [{ body: 'hello', at: 42, trace: 1 }]))
    expect(
      rows(store, 'SELECT trace_id, span_id, parent_span_id, service, name, start, duration_ms, attributes FROM spans'),
    ).toEqual([
      {
        trace_id: traceIdOf(1),
        span_id: spanIdOf(255),
        parent_span_id: null,
        service: 'cart',
        name: 'GET /',
        start: '2023-11-14T22:13:20.000000000Z',
        duration_ms: 1.5,
        attributes: '{"n":5}',
      },
    ])
    expect(rows(store, 'SELECT time, service, body, trace_id FROM logs')).toEqual([
      { time: '2023-11-14T22:13:20.000000042Z', service: 'cart', body: 'hello', trace_id: traceIdOf(1) },
    ])
  })
})

/** Finding log records: text search, filters, both orders, live tail, and a histogram that adds up. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logDetails } from '../../src/engine/queries/log-details.ts'
import { logHistogram } from '../../src/engine/queries/log-histogram.ts'
import { listLogs } from '../../src/engine/queries/logs.ts'
import { logFilterSchema, logListInputSchema } from '../../src/shared/contract/logs.ts'
import { severityLevel } from '../../src/shared/model/severity.ts'
import { epoch, logsOf, spanIdOf, traceIdOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

type Filter = Record<string, unknown>

const list = (store: ScratchStore, filter: Filter = {}): ReturnType<typeof listLogs> =>
  listLogs(store.context, logListInputSchema.parse(filter))

const bodies = async (store: ScratchStore, filter: Filter = {}): Promise<unknown[]> =>
  (await list(store, filter)).logs.map(({ body }) => body)

const histogram = (store: ScratchStore, filter: Filter = {}, buckets = 10): ReturnType<typeof logHistogram> =>
  logHistogram(store.context, { ...logFilterSchema.parse(filter), buckets })

interface Sketch {
  readonly n: number
  readonly at: number
  readonly severity: number
  readonly service: string
  readonly trace: number | undefined
  readonly word: string
}

const words = ['apple', 'apply', 'banana', 'pine apple']
const sketches = fc
  .array(
    fc.record(
      {
        at: fc.integer({ min: 0, max: 8 }),
        severity: fc.integer({ min: 0, max: 24 }),
        service: fc.constantFrom('cart', 'pay'),
        trace: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        word: fc.constantFrom(...words),
      },
      { noNullPrototype: true },
    ),
    { maxLength: 50 },
  )
  .map((all) => all.map((each, index): Sketch => ({ ...each, n: index + 1 })))

function fill(store: ScratchStore, all: readonly Sketch[]): void {
  const resourceLogs = all.flatMap(({ n, at, severity, service, trace, word }) => {
    const inTrace = trace === undefined ? {} : { trace, span: n }
    return logsOf(service, [{ body: `${word} ${n}`, at, severity, ...inTrace }]).resourceLogs
  })
  if (all.length > 0) store.send('logs', { resourceLogs })
}

const filters = fc.record(
  {
    service: fc.constantFrom('cart', 'pay'),
    minSeverity: fc.constantFrom(0, 1, 9, 17, 24),
    q: fc.constantFrom('apple', 'appl', '"pine apple"', '-banana', 'pine -apple', 'apple -pine'),
    traceId: fc.integer({ min: 1, max: 3 }).map(traceIdOf),
    start: fc.integer({ min: 0, max: 8 }),
    end: fc.integer({ min: 0, max: 9 }),
  },
  { requiredKeys: [], noNullPrototype: true },
)
type Wanted = typeof filters extends fc.Arbitrary<infer Value> ? Value : never

const texts: Record<string, (word: string) => boolean> = {
  apple: (word) => word.includes('apple'),
  appl: (word) => word.includes('appl'),
  '"pine apple"': (word) => word === 'pine apple',
  '-banana': (word) => word !== 'banana',
  'pine -apple': () => false,
  'apple -pine': (word) => word === 'apple',
}

function matches(each: Sketch, wanted: Wanted): boolean {
  return (
    (wanted.service === undefined || each.service === wanted.service) &&
    each.severity >= (wanted.minSeverity ?? 0) &&
    (wanted.q === undefined || texts[wanted.q]?.(each.word) === true) &&
    (wanted.traceId === undefined || (each.trace !== undefined && traceIdOf(each.trace) === wanted.traceId)) &&
    each.at >= (wanted.start ?? 0) &&
    each.at < (wanted.end ?? 99)
  )
}

function filterOf(wanted: Wanted): Filter {
  const instant = (offset: number | undefined): Filter[string] =>
    offset === undefined ? undefined : String(epoch + BigInt(offset))
  return { ...wanted, start: instant(wanted.start), end: instant(wanted.end) }
}

const numberOf = (body: unknown): number => Number(/\d+$/.exec(String(body))?.[0])

async function everyPage(store: ScratchStore, filter: Filter, limit: number): Promise<number[]> {
  const visited: number[] = []
  let cursor: string | undefined
  do {
    const page = await list(store, { ...filter, limit, cursor })
    expect(page.logs.length).toBeLessThanOrEqual(limit)
    visited.push(...page.logs.map(({ body }) => numberOf(body)))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return visited
}

describe('the list', () => {
  it('has what matches in its order, and its pages of any size visit each record once', async () => {
    const wantedPages = fc.record({
      all: sketches,
      wanted: filters,
      order: fc.constantFrom('newest' as const, 'oldest' as const),
      limit: fc.integer({ min: 1, max: 12 }),
      after: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
    })
    await fc.assert(
      fc.asyncProperty(wantedPages, async ({ all, wanted, order, limit, after }) => {
        using store = scratchStore()
        fill(store, all)
        const matching = all.filter((each) => matches(each, wanted))
        const oldestFirst = matching.toSorted((a, b) => a.at - b.at || a.n - b.n).map(({ n }) => n)
        const expected = order === 'oldest' ? oldestFirst : oldestFirst.toReversed()
        const filter = filterOf(wanted)
        expect((await bodies(store, { ...filter, order, limit: 1000 })).map(numberOf)).toEqual(expected)
        expect(await everyPage(store, { ...filter, order }, limit)).toEqual(expected)
        if (after !== undefined) {
          const arrived = matching.filter(({ n }) => n > after).map(({ n }) => n)
          expect(await everyPage(store, { ...filter, order, afterId: after }, limit)).toEqual(arrived)
        }
      }),
      { numRuns: 80 },
    )
  })

  it('of an empty store or an unknown service is empty', async () => {
    using store = scratchStore()
    expect(await list(store)).toEqual({ logs: [], nextCursor: null })
    fill(store, [{ n: 1, at: 0, severity: 9, service: 'cart', trace: undefined, word: 'apple' }])
    expect(await list(store, { service: 'nobody' })).toEqual({ logs: [], nextCursor: null })
    expect(await list(store, { traceId: traceIdOf(9) })).toEqual({ logs: [], nextCursor: null })
  })

  it('of many records is walked in slices to its end', async () => {
    using store = scratchStore()
    const wanted = new Set([1, 2500, 4999])
    const body = (index: number): string => (wanted.has(index) ? `needle ${index}` : `hay ${index}`)
    store.send(
      'logs',
      logsOf(
        'cart',
        Array.from({ length: 5000 }, (_, index) => ({ body: body(index), at: index })),
      ),
    )
    expect(await everyPage(store, { q: 'needle' }, 2)).toEqual([4999, 2500, 1])
    expect(await everyPage(store, { q: 'needle', order: 'oldest' }, 1)).toEqual([1, 2500, 4999])
  })

  it('that takes long ends with CANCELLED once nobody wants it', async () => {
    using store = scratchStore()
    store.send(
      'logs',
      logsOf(
        'cart',
        Array.from({ length: 5000 }, (_, index) => ({ body: `hay ${index}`, at: index })),
      ),
    )
    const controller = new AbortController()
    const context = { db: store.context.db, signal: controller.signal }
    const listing = listLogs(context, logListInputSchema.parse({ q: 'needle' }))
    const counting = logHistogram(context, { q: 'needle', buckets: 10 })
    controller.abort()
    await expect(listing).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(counting).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('narrows to one span', async () => {
    using store = scratchStore()
    store.send(
      'logs',
      logsOf('cart', [
        { body: 'in 1', trace: 1, span: 1 },
        { body: 'in 2', trace: 1, span: 2 },
      ]),
    )
    expect(await bodies(store, { traceId: traceIdOf(1), spanId: spanIdOf(2) })).toEqual(['in 2'])
  })

  it('takes severities by name', async () => {
    using store = scratchStore()
    store.send(
      'logs',
      logsOf(
        'cart',
        [8, 9, 13, 17, 21].map((severity, at) => ({ body: `${severity}`, severity, at })),
      ),
    )
    expect(await bodies(store, { minSeverity: 'info' })).toEqual(['21', '17', '13', '9'])
    expect(await bodies(store, { minSeverity: 'fatal' })).toEqual(['21'])
    expect(await bodies(store, { minSeverity: '13' })).toEqual(['21', '17', '13'])
  })
})

describe('text search', () => {
  async function finds(text: string, q: string): Promise<boolean> {
    using store = scratchStore()
    store.send('logs', logsOf('cart', [{ body: text }, { body: 'something else entirely' }]))
    return (await bodies(store, { q })).includes(text)
  }

  it.each([
    ['connection refused by peer', 'refused connection', true],
    ['connection refused by peer', 'conn', true],
    ['connection refused by peer', 'onnection', false],
    ['connection refused by peer', 'REFUSED', true],
    ['connection refused by peer', '"refused by"', true],
    ['connection refused by peer', '"by refused"', false],
    ['connection refused by peer', '"refused b"', false],
    ['connection refused by peer', '-refused', false],
    ['connection refused by peer', '-"by peer"', false],
    ['connection refused by peer', '-"peer by" connection', true],
    ['connection refused by peer', 'connection -timeout', true],
    ['connection refused by peer', 'connection timeout', false],
    ['connection refused by peer', '"refused by', true],
    ['user-agent: curl/8.1', 'user-agent', true],
    ['user-agent: curl/8.1', 'curl/8', true],
    ['user-agent: curl/8.1', 'curl/9', false],
    ['Größe überschritten', 'grosse', false],
    ['Größe überschritten', 'große', true],
    ['Größe überschritten', 'ÜBER', true],
    ['order 12345 shipped', '123', true],
    ['NOT AND OR NEAR', 'NOT OR', true],
  ])('in "%s" for %s: %s', async (text, q, expected) => {
    expect(await finds(text, q)).toBe(expected)
  })

  const syntax = [
    '"',
    '""',
    '"""',
    '-',
    '--',
    '-"',
    '*',
    '**',
    'a*',
    '^',
    '^a',
    '(',
    ')',
    '()',
    '(a OR',
    'a AND',
    'NOT',
    'NOT a',
    'OR OR',
    'NEAR(a b)',
    'NEAR(',
    'a:b',
    'text:a',
    'rowid:1',
    '{a b}:c',
    '+',
    'a + b',
    "'",
    "'; DROP TABLE span; --",
    '\\',
    '\0',
    'a\0b',
    '"a\0b"',
    '\u0000\u0001',
    '%',
    '_',
    '.',
    'a.b',
    '😀',
    'ﬀ',
    'ª',
    '½',
    '\ud800',
    'a\ud800',
    '\u200b',
    '-a -b',
    '-',
  ]

  it('takes every kind of query syntax as text', async () => {
    using store = scratchStore()
    store.send('logs', logsOf('cart', [{ body: 'anything' }]))
    for (const q of syntax) expect([q, (await bodies(store, { q })).length]).toEqual([q, expect.any(Number)])
  })

  it('takes anything as text', async () => {
    using store = scratchStore()
    store.send('logs', logsOf('cart', [{ body: 'some words here' }]))
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '-',
            '*',
            '^',
            '(',
            ')',
            ' ',
            'AND',
            'OR',
            'NOT',
            'NEAR',
            ':',
            '{',
            '}',
            '+',
            'a',
            '\0',
            ',',
          ),
        )
        .map((parts) => parts.join('')),
    )
    await fc.assert(
      fc.asyncProperty(hostile, async (q) => {
        await bodies(store, { q })
        await histogram(store, { q })
      }),
      { numRuns: 300 },
    )
  })

  it('takes as many words as fit', async () => {
    using store = scratchStore()
    const body = Array.from({ length: 500 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join(' ')
    store.send('logs', logsOf('cart', [{ body }]))
    expect(await bodies(store, { q: body.slice(0, 1000) })).toEqual([body])
    expect(await bodies(store, { q: body.slice(0, 600).replaceAll(' ', ' -').slice(1) })).toEqual([])
  })

  it('finds an exception by its type and message, and a record by its event name', async () => {
    using store = scratchStore()
    const attributes = { 'exception.type': 'TypeError', 'exception.message': 'x is not a function' }
    store.send(
      'logs',
      logsOf('cart', [
        { body: 'failed', attributes },
        { body: 'clicked', more: { eventName: 'ui.click' } },
      ]),
    )
    expect(await bodies(store, { q: 'TypeError function' })).toEqual(['failed'])
    expect(await bodies(store, { q: 'ui.click' })).toEqual(['clicked'])
  })

  it('finds words anywhere in a structured body', async () => {
    using store = scratchStore()
    const body = {
      kvlistValue: { values: [{ key: 'user', value: { arrayValue: { values: [{ stringValue: 'ada' }] } } }] },
    }
    store.send('logs', logsOf('cart', [{ more: { body } }]))
    expect(await bodies(store, { q: 'ada user' })).toEqual([{ user: ['ada'] }])
  })
})

describe('the histogram', () => {
  it('adds up to the list, level by level and in the right places', async () => {
    const wantedCounts = fc.record({ all: sketches, wanted: filters, buckets: fc.integer({ min: 1, max: 20 }) })
    await fc.assert(
      fc.asyncProperty(wantedCounts, async ({ all, wanted, buckets }) => {
        using store = scratchStore()
        fill(store, all)
        const { startUnixNano, stepNs, series } = await histogram(store, filterOf(wanted), buckets)
        const expected = new Map<string, number[]>()
        for (const each of all.filter((each) => matches(each, wanted))) {
          const level = severityLevel(each.severity)
          const counts = expected.get(level) ?? new Array<number>(buckets).fill(0)
          const bucket = Math.floor(Number(epoch + BigInt(each.at) - BigInt(startUnixNano)) / stepNs)
          counts[bucket] = (counts[bucket] ?? 0) + 1
          expected.set(level, counts)
        }
        expect(new Map(series.map(({ level, counts }) => [level, counts]))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('of many records counts each slice once', async () => {
    using store = scratchStore()
    const all = Array.from({ length: 5000 }, (_, index) => ({ body: 'x', at: index % 700, severity: index % 25 }))
    store.send('logs', logsOf('cart', all))
    const { series } = await histogram(store, {}, 80)
    expect(series.flatMap(({ counts }) => counts).reduce((sum, count) => sum + count, 0)).toBe(5000)
  })

  it('of nothing is empty', async () => {
    using store = scratchStore()
    expect(await histogram(store)).toEqual({ startUnixNano: '0', stepNs: 1, series: [] })
    expect((await histogram(store, { service: 'nobody' })).series).toEqual([])
  })

  it('reaches to the last instant there is', async () => {
    using store = scratchStore()
    const last = 2n ** 63n - 1n
    store.send('logs', logsOf('cart', [{ body: 'end of time', more: { timeUnixNano: String(last) } }, { body: 'now' }]))
    const { series } = await histogram(store, {}, 4)
    expect(series).toEqual([{ level: 'info', counts: [1, 0, 0, 1] }])
    expect(await bodies(store, { order: 'oldest' })).toEqual(['now', 'end of time'])
  })
})

describe('the details of a record', () => {
  it('are all there is about it', () => {
    using store = scratchStore()
    store.send(
      'logs',
      logsOf('cart', [
        {
          body: 'x',
          trace: 1,
          span: 2,
          more: { observedTimeUnixNano: '7', flags: 1, droppedAttributesCount: 3, eventName: 'e' },
        },
      ]),
    )
    expect(logDetails(store.context, { id: 1 })).toMatchObject({
      id: 1,
      body: 'x',
      observedTimeUnixNano: '7',
      flags: 1,
      droppedAttributesCount: 3,
      eventName: 'e',
      resource: { 'service.name': 'cart' },
      scope: { name: 'test', version: '', attributes: {} },
    })
    expect(() => logDetails(store.context, { id: 2 })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

/** Finding traces: every filter alone and together, every order, and pages that miss and repeat nothing. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listTraces } from '../../src/engine/queries/traces.ts'
import {
  type TraceListInput,
  type TraceOrder,
  traceListInputSchema,
  traceOrders,
} from '../../src/shared/contract/traces.ts'
import { epoch, type PlainValue, type SpanSketch, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

type Filter = Partial<Omit<TraceListInput, 'attr'>> & { attr?: string | string[] }

const list = (store: ScratchStore, filter: Filter = {}): ReturnType<typeof listTraces> =>
  listTraces(store.context, traceListInputSchema.parse(filter))

/** Trace numbers in the order found. */
async function found(store: ScratchStore, filter: Filter = {}): Promise<number[]> {
  return (await list(store, filter)).traces.map(({ traceId }) => Number(`0x${traceId}`))
}

interface Sketch {
  readonly trace: number
  readonly start: number
  readonly duration: number
  readonly errors: number
  readonly service: string
  readonly operation: string
  readonly flavour: number
}

const sketch = fc.record(
  {
    start: fc.integer({ min: 0, max: 6 }),
    duration: fc.integer({ min: 0, max: 6 }),
    errors: fc.integer({ min: 0, max: 2 }),
    service: fc.constantFrom('cart', 'pay'),
    operation: fc.constantFrom('GET', 'PUT'),
    flavour: fc.integer({ min: 1, max: 3 }),
  },
  { noNullPrototype: true },
)
/** Many ties in every order. */
const sketches = fc
  .array(sketch, { maxLength: 40 })
  .map((all) => all.map((each, index): Sketch => ({ ...each, trace: index + 1 })))

function fill(store: ScratchStore, all: readonly Sketch[]): void {
  const resourceSpans = all.flatMap(({ trace, start, duration, errors, service, operation, flavour }) => {
    const spans: SpanSketch[] = [
      { trace, id: 1, name: operation, start, duration, attributes: { flavour: BigInt(flavour) } },
      ...Array.from({ length: errors }, (_, index) => ({ trace, id: index + 2, start, duration: 0, error: true })),
    ]
    return tracesOf(service, spans).resourceSpans
  })
  store.send('traces', { resourceSpans })
}

const sortKeys: Record<TraceOrder, (each: Sketch) => number[]> = {
  newest: ({ start, trace }) => [start, trace],
  slowest: ({ duration, trace }) => [duration, trace],
  errors: ({ errors, start, trace }) => [errors, start, trace],
}

function sorted(all: readonly Sketch[], order: TraceOrder): number[] {
  const compare = (a: Sketch, b: Sketch): number => {
    const [left, right] = [sortKeys[order](a), sortKeys[order](b)]
    const at = left.findIndex((part, index) => part !== right[index])
    return at < 0 ? 0 : (right[at] ?? 0) - (left[at] ?? 0)
  }
  return all.toSorted(compare).map(({ trace }) => trace)
}

const filters = fc.record(
  {
    service: fc.constantFrom('cart', 'pay'),
    operation: fc.constantFrom('GET', 'PUT'),
    attr: fc.integer({ min: 1, max: 3 }).map((flavour) => `flavour=${flavour}`),
    minDurationNs: fc.integer({ min: 0, max: 6 }),
    maxDurationNs: fc.integer({ min: 0, max: 6 }),
    errors: fc.boolean(),
    start: fc.integer({ min: 0, max: 6 }),
    end: fc.integer({ min: 0, max: 7 }),
  },
  { requiredKeys: [], noNullPrototype: true },
)

type Wanted = typeof filters extends fc.Arbitrary<infer Value> ? Value : never

function matches(each: Sketch, wanted: Wanted): boolean {
  return (
    (wanted.service === undefined || each.service === wanted.service) &&
    (wanted.operation === undefined || each.operation === wanted.operation) &&
    (wanted.attr === undefined || wanted.attr === `flavour=${each.flavour}`) &&
    each.duration >= (wanted.minDurationNs ?? 0) &&
    each.duration <= (wanted.maxDurationNs ?? 99) &&
    (!wanted.errors || each.errors > 0) &&
    each.start >= (wanted.start ?? 0) &&
    each.start < (wanted.end ?? 99)
  )
}

const instant = (offset: number | undefined): string | undefined =>
  offset === undefined ? undefined : String(epoch + BigInt(offset))

describe('the list', () => {
  it('has what matches, best first, and its pages of any size visit each trace once', async () => {
    const wantedPages = fc.record({
      all: sketches,
      wanted: filters,
      order: fc.constantFrom(...traceOrders),
      limit: fc.integer({ min: 1, max: 12 }),
    })
    await fc.assert(
      fc.asyncProperty(wantedPages, async ({ all, wanted, order, limit }) => {
        using store = scratchStore()
        fill(store, all)
        const filter: Filter = { ...wanted, start: instant(wanted.start), end: instant(wanted.end), order }
        const expected = sorted(
          all.filter((each) => matches(each, wanted)),
          order,
        )
        expect(await found(store, { ...filter, limit: 1000 })).toEqual(expected)

        const visited: number[] = []
        let cursor: string | undefined
        do {
          const page = await list(store, { ...filter, limit, ...(cursor === undefined ? {} : { cursor }) })
          expect(page.traces.length).toBeLessThanOrEqual(limit)
          visited.push(...page.traces.map(({ traceId }) => Number(`0x${traceId}`)))
          cursor = page.nextCursor ?? undefined
        } while (cursor !== undefined)
        expect(visited).toEqual(expected)
      }),
      { numRuns: 120 },
    )
  })

  it('of an empty store, an unknown service or operation is empty', async () => {
    using store = scratchStore()
    expect(await list(store)).toEqual({ traces: [], nextCursor: null })
    fill(store, [{ trace: 1, start: 0, duration: 1, errors: 0, service: 'cart', operation: 'GET', flavour: 1 }])
    expect(await found(store, { service: 'nobody' })).toEqual([])
    expect(await found(store, { operation: 'nothing' })).toEqual([])
    expect(await found(store, { service: 'cart', operation: 'nothing' })).toEqual([])
    expect(await found(store, { service: 'cart', operation: 'GET' })).toEqual([1])
  })

  it('finds a trace by a service that is not its root, and an operation of that service only', async () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('front', [{ id: 1, name: 'GET' }]),
      tracesOf('back', [{ id: 2, parent: 1, name: 'SELECT' }]),
    )
    expect(await found(store, { service: 'back' })).toEqual([1])
    expect(await found(store, { service: 'back', operation: 'SELECT' })).toEqual([1])
    expect(await found(store, { service: 'front', operation: 'SELECT' })).toEqual([])
    expect((await list(store)).traces).toMatchObject([{ rootService: 'front', services: ['back', 'front'] }])
  })

  it('of many traces is walked in slices to its end, whatever is skipped between', async () => {
    using store = scratchStore()
    const wanted = new Set([1, 2500, 4999])
    const spans = Array.from({ length: 5000 }, (_, index) => ({
      trace: index + 1,
      id: 1,
      start: index,
      attributes: { wanted: wanted.has(index + 1) },
    }))
    store.send('traces', tracesOf('cart', spans))
    expect(await found(store, { attr: 'wanted=true' })).toEqual([4999, 2500, 1])
    const first = await list(store, { attr: 'wanted=true', limit: 2 })
    expect(await found(store, { attr: 'wanted=true', limit: 2, cursor: String(first.nextCursor) })).toEqual([1])
  })

  it('that takes long ends with CANCELLED once nobody wants it', async () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf(
        'cart',
        Array.from({ length: 5000 }, (_, index) => ({ trace: index + 1, id: 1 })),
      ),
    )
    const controller = new AbortController()
    const context = { db: store.context.db, signal: controller.signal }
    const listing = listTraces(context, traceListInputSchema.parse({ attr: 'never=there' }))
    controller.abort()
    await expect(listing).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('attributes', () => {
  async function findsBy(attributes: Record<string, PlainValue>, filter: string): Promise<boolean> {
    using store = scratchStore()
    store.send('traces', tracesOf('cart', [{ id: 1 }, { id: 2, parent: 1, attributes }, { trace: 2, id: 1 }]))
    const traces = await found(store, { attr: filter })
    expect(traces.filter((trace) => trace !== 1)).toEqual([])
    return traces.length === 1
  }

  it.each<[Record<string, PlainValue>, string]>([
    [{ k: 'text' }, 'k=text'],
    [{ k: '' }, 'k='],
    [{ k: 'a=b=c' }, 'k=a=b=c'],
    [{ k: ' spaced ' }, 'k= spaced '],
    [{ k: 5n }, 'k=5'],
    [{ k: -5n }, 'k=-5'],
    [{ k: 9_223_372_036_854_775_807n }, 'k=9223372036854775807'],
    [{ k: 5 }, 'k=5'],
    [{ k: 5 }, 'k=5.0'],
    [{ k: 0.25 }, 'k=0.25'],
    [{ k: 1e21 }, 'k=1e+21'],
    [{ k: '5' }, 'k=5'],
    [{ k: true }, 'k=true'],
    [{ k: 'true' }, 'k=true'],
    [{ k: 'it\'s "quoted" \\ back\nline\ttab\u0001' }, 'k=it\'s "quoted" \\ back\nline\ttab\u0001'],
    [{ k: 'Grüße 漢字 😀' }, 'k=Grüße 漢字 😀'],
    [{ 'http.route': '/a' }, 'http.route=/a'],
    [{ 'say "hi"': 'x' }, 'say "hi"=x'],
    [{ 'back\\slash': 'x' }, 'back\\slash=x'],
    [{ 'ключ 漢': 'x' }, 'ключ 漢=x'],
    [{ "it's": 'x' }, "it's=x"],
    [{ '$.a[0]': 'x' }, '$.a[0]=x'],
    [{ $bytes: 'x' }, '$bytes=x'],
    [{ 'new\nline': 'x' }, 'new\nline=x'],
    [{ '[0]': 'x' }, '[0]=x'],
    [{ '#': 'x' }, '#=x'],
  ])('%o are found by %s', async (attributes, filter) => {
    expect(await findsBy(attributes, filter)).toBe(true)
  })

  it.each<[Record<string, PlainValue>, string]>([
    [{ k: 'text' }, 'k=tex'],
    [{ k: 'text' }, 'k=TEXT'],
    [{ k: 'text' }, 'K=text'],
    [{ k: 5n }, 'k=5.5'],
    [{ k: '5.0' }, 'k=5'],
    [{ k: false }, 'k=true'],
    [{ k: 'a' }, 'other=a'],
    [{ 'a.b': 'x' }, 'a=x'],
    [{ k: 'null' }, 'j=null'],
  ])('%o are not found by %s', async (attributes, filter) => {
    expect(await findsBy(attributes, filter)).toBe(false)
  })

  it('are found by any key and value', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    const key = text.filter((each) => !each.includes('=') && each !== 'service.name')
    await fc.assert(
      fc.asyncProperty(key, text, async (name, value) => {
        expect(await findsBy({ [name]: value }, `${name}=${value}`)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('that semantic conventions renamed are found under both names', async () => {
    expect(await findsBy({ 'http.method': 'GET' }, 'http.request.method=GET')).toBe(true)
    expect(await findsBy({ 'http.response.status_code': 500n }, 'http.status_code=500')).toBe(true)
    expect(await findsBy({ 'db.statement': 'SELECT 1' }, 'db.query.text=SELECT 1')).toBe(true)
  })

  it('of the resource count for every span of it, and several must all hold', async () => {
    using store = scratchStore()
    store.send('traces', tracesOf('cart', [{ trace: 1, id: 1, attributes: { k: 'a' } }], { 'host.name': 'one' }))
    store.send('traces', tracesOf('cart', [{ trace: 2, id: 1, attributes: { k: 'a' } }], { 'host.name': 'two' }))
    expect(await found(store, { attr: 'host.name=one' })).toEqual([1])
    expect(await found(store, { attr: ['k=a', 'host.name=two'] })).toEqual([2])
    expect(await found(store, { attr: ['k=b', 'host.name=two'] })).toEqual([])
    expect(await found(store, { attr: 'service.name=cart' })).toEqual([2, 1])
  })
})

describe('trace ids', () => {
  it('keep their leading zeros', async () => {
    using store = scratchStore()
    store.send('traces', tracesOf('cart', [{ trace: 1, id: 1 }]))
    expect((await list(store)).traces[0]?.traceId).toBe(traceIdOf(1))
  })
})

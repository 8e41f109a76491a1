/** One trace: finding text in it, the details of a span, and the columns of its waterfall. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanAsOtlp } from '../../src/engine/export/otlp-traces.ts'
import { findInTrace } from '../../src/engine/queries/trace-find.ts'
import { spanDetails } from '../../src/engine/queries/trace-span.ts'
import { traceSummary } from '../../src/engine/queries/trace-summary.ts'
import { traceWaterfall } from '../../src/engine/queries/waterfall.ts'
import { decodeWaterfall, RowFlag, type WaterfallColumns } from '../../src/shared/contract/waterfall.ts'
import { epoch, keyValues, type SpanSketch, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'

const traceId = traceIdOf(1)

describe('find in trace', () => {
  const finds = async (store: ScratchStore, text: string): Promise<string[]> =>
    (await findInTrace(store.context, { traceId, text })).spans.map(
      ({ spanId, twin }) => `${Number(`0x${spanId}`)}.${twin}`,
    )

  it('reads names, services, ids, status, attributes, events, links and resources', async () => {
    using store = scratchStore()
    const event = { name: 'cache-miss', timeUnixNano: String(epoch), attributes: keyValues({ shard: 'blue' }) }
    store.send(
      'traces',
      tracesOf('front', [
        { id: 1, name: 'GET /Cart' },
        { id: 2, more: { status: { code: 2, message: 'Deadline exceeded' } } },
        { id: 3, attributes: { 'db.system': 'postgres', rows: 4711n } },
        { id: 4, more: { events: [event] } },
        { id: 5, more: { links: [{ traceId: 'fe'.repeat(16), spanId: 'dc'.repeat(8) }] } },
        { id: 0xabcdef, name: 'other' },
        { trace: 2, id: 9, name: 'GET /Cart' },
      ]),
      tracesOf('backend', [{ id: 7 }], { 'host.name': 'node-7' }),
    )
    expect(await finds(store, 'get /cart')).toEqual(['1.0'])
    expect(await finds(store, 'DEADLINE')).toEqual(['2.0'])
    expect(await finds(store, 'postgres')).toEqual(['3.0'])
    expect(await finds(store, 'db.system')).toEqual(['3.0'])
    expect(await finds(store, '4711')).toEqual(['3.0'])
    expect(await finds(store, 'cache-miss')).toEqual(['4.0'])
    expect(await finds(store, 'BLUE')).toEqual(['4.0'])
    expect(await finds(store, 'fefefe')).toEqual(['5.0'])
    expect(await finds(store, 'ABCDEF')).toEqual([`${0xabcdef}.0`])
    expect(await finds(store, 'backend')).toEqual(['7.0'])
    expect(await finds(store, 'node-7')).toEqual(['7.0'])
    expect(await finds(store, 'nowhere')).toEqual([])
  })

  it('finds attribute text as it was sent, with quotes, backslashes, lines and any script', async () => {
    using store = scratchStore()
    const texts = [
      'say "hi"',
      'C:\\temp',
      'two\nlines',
      'tab\there',
      'ÉCLAIR',
      'éclair',
      '漢字😀',
      '100% _safe_',
      '[]{}',
      '\u0001',
    ]
    store.send(
      'traces',
      tracesOf(
        'cart',
        texts.map((text, index) => ({ id: index + 1, attributes: { k: text } })),
      ),
    )
    for (const [index, text] of texts.entries()) {
      expect([text, await finds(store, text)]).toEqual([text, [`${index + 1}.0`]])
    }
  })

  it('finds attribute text of any kind', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(text, text, text, async (before, needle, after) => {
        using store = scratchStore()
        store.send('traces', tracesOf('cart', [{ id: 1, attributes: { k: before + needle + after } }]))
        expect(await finds(store, needle)).toEqual(['1.0'])
      }),
      { numRuns: 50 },
    )
  })

  it('tells twins apart and walks many spans', async () => {
    using store = scratchStore()
    const spans: SpanSketch[] = Array.from({ length: 3000 }, (_, index) => ({
      id: index + 1,
      name: index % 1000 === 7 ? 'needle' : 'hay',
    }))
    store.send(
      'traces',
      tracesOf('cart', [...spans, { id: 8, name: 'needle twin', start: 1 }, { id: 9, name: 'x', start: 1 }]),
    )
    expect(await finds(store, 'needle')).toEqual(['8.0', '8.1', '1008.0', '2008.0'])
  })

  it('ends with CANCELLED once nobody wants it', async () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf(
        'cart',
        Array.from({ length: 3000 }, (_, index) => ({ id: index + 1 })),
      ),
    )
    const controller = new AbortController()
    const finding = findInTrace({ db: store.context.db, signal: controller.signal }, { traceId, text: 'x' })
    controller.abort()
    await expect(finding).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe('span details', () => {
  it('are all there is about the span', () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf(
        'cart',
        [
          { id: 1, name: 'GET', kind: 2 },
          {
            id: 2,
            parent: 1,
            name: 'SELECT',
            kind: 3,
            start: 5n,
            duration: -2n,
            attributes: { text: 'x', int: 5n, large: 2n ** 62n, double: 0.5, bool: true, nan: Number.NaN },
            more: {
              traceState: 'a=b',
              flags: 0x301,
              droppedAttributesCount: 1,
              droppedEventsCount: 2,
              droppedLinksCount: 3,
              status: { code: 2, message: 'no' },
              events: [{ timeUnixNano: '7', name: 'e', attributes: keyValues({ n: 1n }), droppedAttributesCount: 4 }],
              links: [{ traceId, spanId: spanIdOf(1), traceState: 'c=d', attributes: keyValues({ why: 'x' }) }],
            },
          },
        ],
        { 'host.name': 'h' },
      ),
    )
    const key = { traceId, spanId: spanIdOf(2), twin: 0 }
    expect(spanDetails(store.context, key)).toEqual({
      ...key,
      parentSpanId: spanIdOf(1),
      traceState: 'a=b',
      flags: 0x301,
      service: 'cart',
      name: 'SELECT',
      kind: 'client',
      startTimeUnixNano: String(epoch + 5n),
      endTimeUnixNano: String(epoch + 3n),
      durationNs: -2,
      status: 'error',
      statusMessage: 'no',
      attributes: { text: 'x', int: 5, large: String(2n ** 62n), double: 0.5, bool: true, nan: 'NaN' },
      resource: { 'service.name': 'cart', 'host.name': 'h' },
      scope: { name: 'test', version: '', attributes: {} },
      events: [{ name: 'e', timeUnixNano: '7', attributes: { n: 1 }, droppedAttributesCount: 4 }],
      links: [
        {
          traceId,
          spanId: spanIdOf(1),
          traceState: 'c=d',
          attributes: { why: 'x' },
          droppedAttributesCount: 0,
          stored: true,
        },
      ],
      linkedFrom: [],
      droppedAttributesCount: 1,
      droppedEventsCount: 2,
      droppedLinksCount: 3,
    })
    expect(spanAsOtlp(store.context, key)).toMatchObject({
      resourceSpans: [{ scopeSpans: [{ spans: [{ spanId: spanIdOf(2), traceState: 'a=b' }] }] }],
    })
  })

  it('show links both ways, and whether the other end is here', () => {
    using store = scratchStore()
    const links = [
      { traceId: traceIdOf(2), spanId: spanIdOf(20) },
      { traceId: traceIdOf(3), spanId: spanIdOf(30) },
    ]
    store.send(
      'traces',
      tracesOf('cart', [
        { id: 1, more: { links } },
        { trace: 2, id: 20 },
      ]),
    )
    expect(spanDetails(store.context, { traceId, spanId: spanIdOf(1), twin: 0 }).links).toMatchObject([
      { traceId: traceIdOf(2), stored: true },
      { traceId: traceIdOf(3), stored: false },
    ])
    expect(spanDetails(store.context, { traceId: traceIdOf(2), spanId: spanIdOf(20), twin: 0 }).linkedFrom).toEqual([
      { traceId, spanId: spanIdOf(1) },
    ])
  })

  it('tell twins apart, and say when there is no such span', () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('cart', [
        { id: 1, name: 'first' },
        { id: 1, name: 'second' },
      ]),
    )
    const nameOf = (twin: number): string => spanDetails(store.context, { traceId, spanId: spanIdOf(1), twin }).name
    expect([nameOf(0), nameOf(1)]).toEqual(['first', 'second'])
    expect(() => nameOf(2)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(() => traceSummary(store.context, { traceId: traceIdOf(5) })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
  })
})

describe('the waterfall', () => {
  const columnsOf = async (store: ScratchStore): Promise<WaterfallColumns> =>
    decodeWaterfall(Uint8Array.from(await traceWaterfall(store.context, { traceId })).buffer)

  const sketch = fc.record(
    {
      id: fc.integer({ min: 1, max: 8 }),
      parent: fc.integer({ min: 1, max: 10 }),
      name: fc.constantFrom('GET', 'SELECT'),
      kind: fc.integer({ min: 0, max: 5 }),
      service: fc.constantFrom('cart', 'pay'),
      start: fc.integer({ min: 0, max: 1_000_000_000 }),
      duration: fc.integer({ min: -5, max: 1_000_000_000 }),
      error: fc.boolean(),
      events: fc.array(fc.record({ at: fc.integer({ min: -5, max: 50 }), exception: fc.boolean() }), { maxLength: 2 }),
    },
    { requiredKeys: ['id', 'name', 'kind', 'service', 'start', 'duration', 'error', 'events'], noNullPrototype: true },
  )

  it('has every stored span in one row, exactly as it is stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sketch, { minLength: 1, maxLength: 25 }), async (all) => {
        using store = scratchStore()
        const resourceSpans = all.flatMap(({ service, events, ...span }) => {
          const eventsJson = events.map(({ at, exception }) => ({
            timeUnixNano: String(epoch + BigInt(at)),
            name: exception ? 'exception' : 'log',
          }))
          return tracesOf(service, [{ ...span, more: { events: eventsJson } }]).resourceSpans
        })
        store.send('traces', { resourceSpans })
        const columns = await columnsOf(store)
        const rows = Array.from({ length: columns.rowCount }, (_, row) => {
          const operation = columns.operations[columns.operation[row] ?? -1]
          const events = [...columns.eventRow.entries()].filter(([, eventRow]) => eventRow === row)
          return {
            missing: ((columns.flags[row] ?? 0) & RowFlag.missingParent) !== 0,
            text: [
              Buffer.from(columns.spanIds.subarray(row * 8, row * 8 + 8)).toString('hex'),
              columns.twins[row],
              columns.services[operation?.service ?? -1],
              operation?.name,
              operation?.kind,
              columns.startUnixNano + BigInt(columns.start[row] ?? 0),
              columns.duration[row],
              columns.status[row],
              events
                .map(
                  ([event]) =>
                    `${columns.startUnixNano + BigInt(columns.eventOffset[event] ?? 0)}:${columns.eventIsException[event]}`,
                )
                .join(),
            ].join(' '),
          }
        })
        const stored = store.sql(
          `SELECT lower(hex(span_id)) AS id, twin, service.name AS service, operation.name AS name, kind, start_unix_nano, duration_ns,
                  status_code, (SELECT group_concat((value ->> 'timeUnixNano') || ':' || (value ->> 'name' = 'exception')) FROM json_each(events)) AS events
             FROM span JOIN operation ON operation.id = operation_id JOIN service ON service.id = service_id`,
        ) as Record<string, unknown>[]
        expect(
          rows
            .filter(({ missing }) => !missing)
            .map(({ text }) => text)
            .sort(),
        ).toEqual(
          stored
            .map((row) =>
              Object.values(row)
                .map((value) => value ?? '')
                .join(' '),
            )
            .sort(),
        )
        const summary = traceSummary(store.context, { traceId })
        expect([columns.startUnixNano.toString(), columns.durationNs]).toEqual([
          summary.startTimeUnixNano,
          summary.durationNs,
        ])
        expect(columns.traceId).toBe(traceId)
        for (const [row, parent] of columns.parent.entries()) {
          expect(parent).toBeLessThan(row)
          expect(columns.depth[row]).toBe(parent < 0 ? 0 : (columns.depth[parent] ?? 0) + 1)
        }
        const twinned = Map.groupBy(stored, ({ id }) => id)
        for (let row = 0; row < columns.rowCount; row++) {
          const id = Buffer.from(columns.spanIds.subarray(row * 8, row * 8 + 8)).toString('hex')
          const isTwin = ((columns.flags[row] ?? 0) & RowFlag.twin) !== 0
          if (!rows[row]?.missing) expect(isTwin).toBe((twinned.get(id)?.length ?? 0) > 1)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('marks orphans, exceptions and links', async () => {
    using store = scratchStore()
    const events = [{ timeUnixNano: String(epoch), name: 'exception' }]
    const links = [{ traceId: traceIdOf(2), spanId: spanIdOf(1) }]
    store.send('traces', tracesOf('cart', [{ id: 2, parent: 9, name: 'orphan', more: { events, links } }]))
    const { flags, spanIds, rowCount, operation } = await columnsOf(store)
    expect(rowCount).toBe(2)
    expect((flags[0] ?? 0) & RowFlag.missingParent).toBeTruthy()
    expect(spanIds[7]).toBe(9)
    expect(operation[0]).toBe(operation[1])
    expect((flags[1] ?? 0) & RowFlag.exception).toBeTruthy()
    expect((flags[1] ?? 0) & RowFlag.links).toBeTruthy()
  })

  it('of twenty thousand spans keeps nanoseconds exact', async () => {
    using store = scratchStore()
    const spans = Array.from({ length: 20_000 }, (_, index) => ({
      id: index + 1,
      ...(index === 0 ? {} : { parent: Math.ceil(index / 3) }),
      start: BigInt(index) * 1_000_000_007n,
      duration: 13n,
    }))
    store.send('traces', tracesOf('cart', spans))
    const { rowCount, start, spanIds, startUnixNano } = await columnsOf(store)
    expect(rowCount).toBe(20_000)
    expect(startUnixNano).toBe(epoch)
    const wrong = Array.from(start).findIndex((offset, row) => {
      const id = Buffer.from(spanIds.subarray(row * 8, row * 8 + 8)).readBigUInt64BE()
      return BigInt(offset) !== (id - 1n) * 1_000_000_007n
    })
    expect(wrong).toBe(-1)
  })

  it('of a trace nobody sent is NOT_FOUND', async () => {
    using store = scratchStore()
    await expect(columnsOf(store)).rejects.toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

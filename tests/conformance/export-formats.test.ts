/** Formats of other tools are as those tools document them, and say what was stored. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shop } from '../../scripts/sample-shop.ts'
import { openReader } from '../../src/engine/store/database.ts'
import { mergeNotes } from '../../src/engine/store/merge-notes.ts'
import { runNoteCommand } from '../../src/engine/store/write-notes.ts'
import { defaultRedaction } from '../../src/shared/contract/exports.ts'
import { jsonBytes, traceRequest } from '../support/arbitrary-otlp.ts'
import { overlaps, readChromeTrace } from '../support/chrome-trace.ts'
import { exportedBytes, exportedText } from '../support/exported.ts'
import { jaegerFile } from '../support/jaeger-schema.ts'
import { epoch, keyValues, logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { scratchStore } from '../support/scratch-store.ts'

const ms = 1_000_000n

function shopStore() {
  const store = scratchStore()
  const { resourceSpans, resourceLogs, checkoutTraceId } = shop(Number(epoch / ms))
  store.send('traces', { resourceSpans })
  store.send('logs', { resourceLogs })
  return { store, checkoutTraceId }
}

describe('jaeger', () => {
  it('is what Jaeger documents, for whatever was received', async () => {
    using store = scratchStore()
    const requests = fc.sample(traceRequest, 40)
    store.ingest(
      ...requests.map((request) => ({
        signal: 'traces' as const,
        encoding: 'json' as const,
        bytes: jsonBytes(request),
      })),
    )
    const text = await exportedText(store.context, 'jaeger')
    // A span that ends before it starts has a negative duration in Jaeger as well.
    const { data } = jaegerFile.parse(JSON.parse(text.replaceAll('"duration":-', '"duration":')))
    expect(data.length).toBeGreaterThan(10)
  })

  it('has parents, links, tags, logs, status and process of each span', async () => {
    using store = scratchStore()
    store.send('traces', {
      resourceSpans: [
        {
          resource: { attributes: keyValues({ 'service.name': 'shop', 'host.name': 'h1' }) },
          scopeSpans: [
            {
              scope: { name: 'lib', version: '2' },
              spans: [
                {
                  traceId: traceIdOf(1),
                  spanId: spanIdOf(2),
                  parentSpanId: spanIdOf(1),
                  name: 'pay',
                  kind: 3,
                  startTimeUnixNano: '1700000000000001500',
                  endTimeUnixNano: '1700000000000004000',
                  attributes: keyValues({ big: 2n ** 63n - 1n, ratio: 0.5, ok: true }),
                  events: [{ timeUnixNano: '1700000000000002000', name: 'retry', attributes: keyValues({ n: 1n }) }],
                  links: [{ traceId: traceIdOf(9), spanId: spanIdOf(9) }],
                  status: { code: 2, message: 'declined' },
                },
              ],
            },
          ],
        },
      ],
    })
    const text = await exportedText(store.context, 'jaeger')
    expect(text).toContain('"value":9223372036854775807')
    const [trace] = jaegerFile.parse(JSON.parse(text)).data
    expect(trace?.processes).toEqual({
      p1: { serviceName: 'shop', tags: [{ key: 'host.name', type: 'string', value: 'h1' }] },
    })
    expect(trace?.spans[0]).toMatchObject({
      startTime: 1_700_000_000_000_001,
      duration: 3,
      references: [
        { refType: 'CHILD_OF', traceID: traceIdOf(1), spanID: spanIdOf(1) },
        { refType: 'FOLLOWS_FROM', traceID: traceIdOf(9), spanID: spanIdOf(9) },
      ],
      logs: [
        {
          timestamp: 1_700_000_000_000_002,
          fields: [
            { key: 'event', type: 'string', value: 'retry' },
            { key: 'n', type: 'int64', value: 1 },
          ],
        },
      ],
    })
    expect(trace?.spans[0]?.tags).toEqual(
      expect.arrayContaining([
        { key: 'ratio', type: 'float64', value: 0.5 },
        { key: 'span.kind', type: 'string', value: 'client' },
        { key: 'error', type: 'bool', value: true },
        { key: 'otel.status_description', type: 'string', value: 'declined' },
        { key: 'otel.scope.name', type: 'string', value: 'lib' },
      ]),
    )
  })
})

describe('chrome', () => {
  it('draws every span once, nested within its thread, for random concurrent traces', async () => {
    const sketch = fc.record({
      parent: fc.nat({ max: 11 }),
      service: fc.constantFrom('a', 'b'),
      start: fc.nat({ max: 20 }),
      duration: fc.nat({ max: 20 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(sketch, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        async (traces) => {
          using store = scratchStore()
          for (const [number, spans] of traces.entries()) {
            for (const service of ['a', 'b']) {
              const own = spans.flatMap((span, index) =>
                span.service !== service
                  ? []
                  : [
                      {
                        trace: number + 1,
                        id: index + 1,
                        // Parents come before, so that there are no cycles.
                        ...(span.parent < index ? { parent: span.parent + 1 } : {}),
                        name: 'work',
                        start: epoch + BigInt(span.start + number * 3) * 1000n + BigInt(index),
                        duration: BigInt(span.duration) * 1000n,
                      },
                    ],
              )
              if (own.length > 0) store.send('traces', tracesOf(service, own))
            }
          }
          const { events, slices } = readChromeTrace(await exportedText(store.context, 'chrome'))
          expect(slices).toHaveLength(traces.flat().length)
          expect(overlaps(slices)).toEqual([])
          for (const arrow of events.filter(({ ph }) => ph === 's')) {
            const end = events.find((event) => event.ph === 'f' && event.id === (arrow as { id: number }).id)
            expect(end?.pid).not.toBe(arrow.pid)
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  it('names services as processes, and draws arrows into the services called', async () => {
    const { store, checkoutTraceId } = shopStore()
    using _ = store
    const { events, slices } = readChromeTrace(
      await exportedText(store.context, 'chrome', { traceIds: [checkoutTraceId] }),
    )
    const names = events.flatMap((event) =>
      event.ph === 'M' && event.name === 'process_name' ? [event.args.name] : [],
    )
    expect(names).toEqual(expect.arrayContaining(['storefront', 'checkout', 'billing']))
    const arrows = events.filter(({ ph }) => ph === 'f')
    expect(arrows.length).toBeGreaterThanOrEqual(names.length - 1)
    // An arrow ends where the slice it leads to begins.
    for (const { pid, tid, ts } of arrows as { pid: number; tid: number; ts: number }[])
      expect(slices.some((slice) => slice.pid === pid && slice.tid === tid && slice.ts === ts)).toBe(true)
    expect(events.filter((event) => event.ph === 'i' && event.cat === 'log').length).toBeGreaterThan(5)
  })
})

describe('zipkin', () => {
  it('has an array of spans with the kinds, times and errors of each', async () => {
    const { store, checkoutTraceId } = shopStore()
    using _ = store
    const spans = JSON.parse(await exportedText(store.context, 'zipkin', { traceIds: [checkoutTraceId] })) as {
      name: string
      localEndpoint: unknown
    }[]
    expect(spans.find(({ name }) => name === 'POST /buy')).toMatchObject({
      traceId: checkoutTraceId,
      kind: 'SERVER',
      duration: 5_071_000,
      localEndpoint: { serviceName: 'storefront' },
      tags: { 'http.request.method': 'POST', error: '' },
    })
  })
})

describe('csv', () => {
  it('has one table with a line per record, and nothing a spreadsheet would run', async () => {
    using store = scratchStore()
    const evil = '=HYPERLINK("http://x")'
    store.send('traces', tracesOf('shop', [{ trace: 1, id: 1, name: evil, duration: 1_500_000n }]))
    store.send('logs', logsOf('shop', [{ body: '-1+1', trace: 1 }]))
    const [head, row, ...rest] = (await exportedText(store.context, 'csv')).split('\r\n')
    expect(head).toMatch(/^trace_id,span_id,parent_span_id,service,name,/)
    expect(row).toContain(`,"'=HYPERLINK(""http://x"")",internal,2023-11-14T22:13:20.000000000Z,1.5,`)
    expect(rest).toEqual([''])
    expect(await exportedText(store.context, 'csv', { signals: ['logs'] })).toContain(`,'-1+1,`)
    await expect(exportedText(store.context, 'csv', { signals: ['traces', 'logs'] })).rejects.toThrow(
      /holds one signal/,
    )
  })
})

describe('markdown', () => {
  it('tells root, times, errors and logs of a trace, and nothing in it is markup', async () => {
    const { store, checkoutTraceId } = shopStore()
    using _ = store
    const text = await exportedText(store.context, 'markdown', { traceIds: [checkoutTraceId] })
    expect(text).toMatch(/^### storefront: POST \/buy, 5\.07 s, 4 errors\n/)
    expect(text).toContain(`- Trace \`${checkoutTraceId}\``)
    expect(text).toContain('| service | operation | spans | time | share |')
    expect(text).toMatch(/canceling statement due to statement timeout/)
    expect(text).toContain('**Logs** (10 of')
    store.send('traces', tracesOf('<img>', [{ trace: 7, id: 1, name: '| @all `x`\n# y', duration: 1n }]))
    const hostile = await exportedText(store.context, 'markdown', { traceIds: [traceIdOf(7)] })
    expect(hostile).toMatch(/^### \\<img\\>: \\\| @\u200ball \\`x\\` \\# y, 1 ns\n/)
  })

  it('begins with the notes on the trace, as text and without what is secret', async () => {
    const { store, checkoutTraceId: traceId } = shopStore()
    using _ = store
    for (const note of ['ask *jo@example.com*\nnow', '- costs $5 &amp; more', '1. first', '-- ', '2.5 s'])
      store.write((db) => runNoteCommand(db, { name: 'addNote', subject: { traceId }, text: note }))
    const text = await exportedText(store.context, 'markdown', { traceIds: [traceId] }, defaultRedaction)
    const [, notes = ''] = /\n\*\*Notes\*\*\n\n([\s\S]+)\n\n\*\*Where the time went/.exec(text) ?? []
    expect(notes.split('\n')).toEqual([
      expect.stringMatching(/^- ask \\\*[^\n]+\\\* now$/),
      String.raw`- \- costs \$5 \&amp; more`,
      String.raw`- 1\. first`,
      String.raw`- \--`,
      String.raw`- 2\.5 s`,
    ])
    expect(text).not.toContain('jo@')
  })
})

describe('a session', () => {
  it('has the notes on its traces as they were written, redacted, also where it has only their logs', async () => {
    const { store, checkoutTraceId: traceId } = shopStore()
    using _ = store
    const spanId = 'f'.repeat(16)
    const note = { traceId: Buffer.from(traceId, 'hex'), spanId: Buffer.from(spanId, 'hex'), at: 5n, end: null }
    const texts = { about: 'of jo@example.com', text: 'ask jo@example.com' }
    store.write((db) => mergeNotes(db, [{ ...note, ...texts, created: 7n, changed: 8n }]))
    const folder = mkdtempSync(join(tmpdir(), 'spanlight-test-'))
    for (const [index, signals] of [['traces', 'logs'], ['logs']].entries()) {
      const file = join(folder, `${index}.db`)
      const selection = { traceIds: [traceId], signals }
      writeFileSync(file, await exportedBytes(store.context, 'session', selection, defaultRedaction))
      const db = openReader(file)
      const [kept] = db.prepare('SELECT * FROM note').all() as Record<string, unknown>[]
      expect(kept).toMatchObject({ trace_id: note.traceId, span_id: note.spanId, at_unix_nano: 5n })
      expect(kept).toMatchObject({ created_unix_nano: 7n, changed_unix_nano: 8n })
      expect(kept?.text).toMatch(/^ask \[email:[0-9a-f]{10}\]$/)
      expect(kept?.about).toBe(String(kept?.text).replace('ask', 'of'))
      expect(db.prepare('SELECT count(*) > 0 FROM span').pluck().get()).toBe(BigInt(signals.includes('traces')))
      db.close()
    }
    rmSync(folder, { recursive: true })
  })
})

describe('a selection', () => {
  it('takes whole traces by filter with their logs, and each signal by its own filter', async () => {
    const { store } = shopStore()
    using _ = store
    const lines = async (selection: unknown) =>
      (await exportedText(store.context, 'otlp-jsonl', selection)).trimEnd().split('\n')
    const failed = await lines({ traces: { errors: true } })
    expect(failed.some((line) => line.startsWith('{"resourceLogs"'))).toBe(true)
    expect(failed.join('')).not.toContain('"GET /items/{name}"')
    const logs = await lines({ logs: { minSeverity: 'error', q: 'sorry' } })
    expect(logs).toHaveLength(1)
    expect(logs[0]).toContain('showing the sorry page')
  })

  it('of nothing, and of a trace that is not there, says so', async () => {
    using store = scratchStore()
    await expect(exportedText(store.context, 'otlp-jsonl')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(exportedText(store.context, 'jaeger', { traceIds: [traceIdOf(5)] })).rejects.toThrow(
      /No trace 0{31}5 is stored here/,
    )
    await expect(exportedText(store.context, 'jaeger', { signals: ['logs'] })).rejects.toThrow(/holds traces/)
  })
})

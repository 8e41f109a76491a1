/** An exported HTML file answers as the engine does, is small, and nothing in it can become a part of its page. */

import { statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanAsOtlp } from '../../src/engine/export/otlp-traces.ts'
import { listLogs } from '../../src/engine/queries/logs.ts'
import { findInTrace } from '../../src/engine/queries/trace-find.ts'
import { spanDetails } from '../../src/engine/queries/trace-span.ts'
import { traceSummary } from '../../src/engine/queries/trace-summary.ts'
import { traceWaterfall } from '../../src/engine/queries/waterfall.ts'
import { embeddedDetails } from '../../src/renderer/client/embedded/embedded-spans.ts'
import { findEmbedded } from '../../src/renderer/client/embedded/find-embedded.ts'
import { searchLogs } from '../../src/renderer/client/embedded/search-logs.ts'
import { defaultRedaction } from '../../src/shared/contract/exports.ts'
import { decodeWaterfall } from '../../src/shared/contract/waterfall.ts'
import { jsonBytes, logsRequest, traceRequest } from '../support/arbitrary-otlp.ts'
import { exportedText } from '../support/exported.ts'
import { openExportedPage, pageWithoutData } from '../support/exported-page.ts'
import { logsOf, spanIdOf, traceIdOf, tracesOf } from '../support/otlp.ts'
import { scratchStore } from '../support/scratch-store.ts'

const page = join(import.meta.dirname, '../../out/html-export/page.html')
const hostile = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]>',
  '__CSP_NONCE__',
  '<!--data-->',
  '\u2028\u2029\u0000\t\n',
  '$& $1',
]

describe('the page', () => {
  it('is under 400 KB without data', () => {
    const { size } = statSync(page)
    console.log(`The page of an HTML file: ${(size / 1000).toFixed(0)} KB.`)
    expect(size).toBeLessThan(400_000)
  })

  it('may run two scripts and load nothing', async () => {
    using store = scratchStore()
    store.send('traces', tracesOf('shop', [{ id: 1 }]))
    const html = await exportedText(store.context, 'html')
    const policy = /http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
    const nonce = /style-src 'nonce-([^']+)'/.exec(policy)?.[1]
    expect(policy.replace(`'nonce-${nonce}'`, 'NONCE').replaceAll(/'sha256-[^']+'/g, 'HASH')).toBe(
      "default-src 'none'; script-src HASH HASH; style-src NONCE; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
    )
    expect(html).not.toContain('__')
    expect(html).not.toMatch(/\b(src|href)="(?!data:)/)
  })
})

describe('its data', () => {
  it('equals what the engine answers', async () => {
    await fc.assert(
      fc.asyncProperty(traceRequest, logsRequest, async (traces, logs) => {
        using store = scratchStore()
        store.ingest(
          { signal: 'traces', encoding: 'json', bytes: jsonBytes(traces) },
          { signal: 'logs', encoding: 'json', bytes: jsonBytes(logs) },
        )
        const keys = store.sql(
          'SELECT lower(hex(trace_id)) AS traceId, lower(hex(span_id)) AS spanId, twin FROM span',
        ) as { traceId: string; spanId: string; twin: bigint }[]
        fc.pre(keys.length > 0)
        const file = await openExportedPage(await exportedText(store.context, 'html'))
        for (const { traceId, spanId, twin } of keys) {
          const key = { traceId, spanId, twin: Number(twin) }
          const spans = await file.trace(traceId).spans()
          const span = spans.get(`${spanId}.${twin}`)
          if (span === undefined) throw new Error(`span ${spanId} is missing`)
          const { linkedFrom, ...details } = embeddedDetails(span, { twin: key.twin, isHere: file.holds })
          const { linkedFrom: expected, ...engine } = spanDetails(store.context, key)
          expect(details).toEqual({ ...engine, otlp: spanAsOtlp(store.context, key) })
          expect(new Set(linkedFrom)).toEqual(new Set(expected))
        }
        for (const traceId of new Set(keys.map((key) => key.traceId))) {
          const { about, columns, logs: embedded } = file.trace(traceId)
          const { logCount, ...summary } = about
          expect(summary).toEqual(traceSummary(store.context, { traceId }))
          const waterfall = await traceWaterfall(store.context, { traceId })
          expect(decodeWaterfall(await columns())).toEqual(decodeWaterfall(waterfall.buffer as ArrayBuffer))
          const list = await listLogs(store.context, { traceId, order: 'oldest', limit: 1000 })
          expect((await embedded()).map(({ id: _, ...log }) => log)).toEqual(list.logs.map(({ id: _, ...log }) => log))
          expect(logCount).toBe(list.logs.length)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('is found by the same texts', async () => {
    using store = scratchStore()
    store.send(
      'traces',
      tracesOf('shop', [
        { id: 1, name: 'POST /buy', attributes: { 'order.id': 'A "quoted" 42', price: 12n } },
        { id: 2, parent: 1, name: 'Überweisung', error: true },
        { id: 3, parent: 1, more: { events: [{ timeUnixNano: '5', name: 'Retry', attributes: [] }] } },
      ]),
    )
    store.send(
      'logs',
      logsOf('shop', [
        { trace: 1, span: 1, body: 'Order A-42 was not paid' },
        { trace: 1, span: 2, body: 'Bezahlung überfällig', attributes: { 'exception.type': 'TimeoutError' } },
        { trace: 1, body: 'paid at last' },
      ]),
    )
    const traceId = traceIdOf(1)
    const file = await openExportedPage(await exportedText(store.context, 'html'))
    const spans = await file.trace(traceId).spans()
    for (const text of ['buy', 'SHOP', '"quoted"', '42', 'Überweisung', 'retry', 'failed', spanIdOf(2), 'nothing']) {
      const { spans: expected } = await findInTrace(store.context, { traceId, text })
      expect(await findEmbedded(spans, text, undefined), text).toEqual(expected)
    }
    const logs = await file.trace(traceId).logs()
    const bodies = (found: readonly { readonly body: unknown }[]) => found.map(({ body }) => body)
    for (const q of [
      'paid',
      'pai',
      'paid -order',
      '"not paid"',
      '"paid not"',
      'A-42',
      'uberfallig',
      'timeout',
      '-"',
      '',
    ]) {
      const { logs: expected } = await listLogs(store.context, { traceId, q, order: 'oldest', limit: 100 })
      expect(bodies(searchLogs(logs, q)), q).toEqual(bodies(expected))
    }
  })

  it('never becomes a part of the page', async () => {
    const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 30 }))
    const empty = await pageOf('')
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(pageWithoutData(await pageOf(value))).toBe(pageWithoutData(empty))
      }),
      { numRuns: 15, examples: hostile.map((value): [string] => [value]) },
    )

    async function pageOf(value: string): Promise<string> {
      using store = scratchStore()
      store.send('traces', tracesOf(value, [{ id: 1, name: value, attributes: { [`k${value}`]: value } }]))
      store.send('logs', logsOf(value, [{ trace: 1, body: value }]))
      const html = await exportedText(store.context, 'html')
      const file = await openExportedPage(html)
      const [log] = await file.trace(traceIdOf(1)).logs()
      expect(log?.body).toBe(value)
      return html
    }
  })

  it('is redacted everywhere alike', async () => {
    using store = scratchStore()
    const mail = 'jane.doe@example.com'
    store.send('traces', tracesOf('shop', [{ id: 1, name: `mail ${mail}`, attributes: { to: mail } }]))
    store.send('logs', logsOf('shop', [{ trace: 1, span: 1, body: `sent to ${mail}` }]))
    store.write((db) =>
      db
        .prepare(
          'INSERT INTO note (trace_id, at_unix_nano, about, text, created_unix_nano, changed_unix_nano) VALUES (?, 1, ?, ?, 1, 1)',
        )
        .run(Buffer.from(traceIdOf(1), 'hex'), 'shop', `ask ${mail}`),
    )
    const html = await exportedText(store.context, 'html', {}, defaultRedaction)
    const file = await openExportedPage(html)
    const trace = file.trace(traceIdOf(1))
    const spans = [...(await trace.spans()).values()]
    const columns = decodeWaterfall(await trace.columns())
    const everything = JSON.stringify([file.manifest, spans, columns.operations, await trace.logs()])
    expect(everything).not.toContain('jane')
    const standIns = new Set(everything.match(/\[email:[0-9a-f]+\]/g))
    expect(standIns.size).toBe(1)
    const [standIn] = standIns
    expect(columns.operations[0]?.name).toBe(`mail ${standIn}`)
    expect(trace.about.rootOperation).toBe(`mail ${standIn}`)
    expect(file.manifest.notes[0]?.text).toBe(`ask ${standIn}`)
    expect(file.manifest.redaction?.replaced).toEqual([{ rule: 'emails', count: 4 }])
  })

  it('does not tell the words that were to stay secret', async () => {
    using store = scratchStore()
    store.send('traces', tracesOf('shop', [{ id: 1, name: 'bill acme-corp' }]))
    const redaction = { rules: [], names: ['customer'], patterns: ['acme*'] }
    const { manifest } = await openExportedPage(await exportedText(store.context, 'html', {}, redaction))
    expect(JSON.stringify(manifest)).not.toContain('acme')
    expect(manifest.redaction).toEqual({ rules: [], names: ['customer'], replaced: [{ rule: 'patterns', count: 1 }] })
  })

  it('must have traces, and not too many', async () => {
    using store = scratchStore()
    store.send('logs', logsOf('shop', [{ body: 'alone' }]))
    await expect(exportedText(store.context, 'html', { signals: ['logs'] })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    })
    await expect(exportedText(store.context, 'html')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const many = Array.from({ length: 1001 }, (_, index) => ({ trace: index + 1, id: index + 1 }))
    store.send('traces', tracesOf('shop', many))
    await expect(exportedText(store.context, 'html')).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })
})

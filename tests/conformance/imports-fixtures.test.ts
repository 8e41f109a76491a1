/** Files that other tools wrote, imported: what they say is what is stored. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { importBytes } from '../support/importing.ts'
import { runningEngine } from '../support/running-engine.ts'

let engine: Engine & AsyncDisposable
beforeAll(async () => {
  engine = await runningEngine()
})
afterAll(() => engine[Symbol.asyncDispose]())

const folder = join(import.meta.dirname, '../fixtures/exports')
const read = (name: string) => importBytes(engine, readFileSync(join(folder, name)))
const checkout = { rootService: 'checkout', rootOperation: 'POST /checkout' }

it.each([
  ['js-otlp.jsonl', 'OTLP JSON', 2, checkout],
  ['js-zipkin.export', 'Zipkin JSON', 2, checkout],
  ['go-stdouttrace.export', 'Go stdouttrace', 2, checkout],
  ['python-otlp.jsonl', 'OTLP JSON', 2, checkout],
  ['python-otlp-base64.export', 'Tempo JSON', 2, checkout],
  ['python-zipkin.export', 'Zipkin JSON', 2, checkout],
  ['jaeger-odd.export', 'Jaeger JSON', 2, {}],
  ['zipkin-odd.export', 'Zipkin JSON', 3, { rootService: 'front', rootOperation: 'get' }],
  ['tempo-base64.export', 'Tempo JSON', 1, checkout],
])('%s', async (name, format, spans, root) => {
  await engine.context.settings.deleteAll()
  const report = await read(name)
  expect(report).toMatchObject({ state: 'finished', format, stored: { spans }, refused: 0 })
  expect(Number(report.range?.start)).toBeGreaterThan(1.79e18)
  const { traces } = await engine.context.readers.query('listTraces', { of: 'trace', order: 'newest', limit: 10 })
  expect(traces).toMatchObject([{ spanCount: spans, ...root }])
})

it.each([
  ['js-otlp.jsonl', 'js-otlp.pb'],
  ['python-otlp.jsonl', 'python-otlp.pb'],
  ['python-otlp.pb', 'python-otlp-base64.export'],
  ['go-stdouttrace.export', 'go-stdouttrace.jsonl'],
  ['jaeger-odd.export', 'jaeger-odd-utf16.export'],
])('%s and %s are the same to it', async (one, other) => {
  const { read: found } = await read(one)
  const again = await read(other)
  // The Go files are of two runs: their ids differ.
  const isSameRun = !one.startsWith('go')
  expect(again).toMatchObject({ read: found, refused: 0, ...(isSameRun ? { repeated: found } : { stored: found }) })
})

it.each(['python-structlog.jsonl', 'python-json-logger.jsonl'])('lines of %s lie beside their span', async (name) => {
  await engine.context.settings.deleteAll()
  await read('python-otlp.jsonl')
  expect(await read(name)).toMatchObject({ format: 'JSON log lines', stored: { logs: 2 }, refused: 0 })
  const { traces } = await engine.context.readers.query('listTraces', { of: 'trace', order: 'newest', limit: 10 })
  const { logs } = await engine.context.readers.query('listLogs', { order: 'oldest', limit: 10 })
  expect(logs.map(({ body, severityNumber, traceId }) => [body, severityNumber, traceId])).toEqual([
    ['stock checked', 9, traces[0]?.traceId],
    ['payment failed', 17, traces[0]?.traceId],
  ])
  expect(logs.map(({ spanId }) => spanId)).toEqual([spanOfLogs, spanOfLogs])
  expect(logs[1]?.attributes).toMatchObject({ amount: 12.5 })
})

/** `SELECT stock`, in which they were written. */
const spanOfLogs = /"spanId":"(\w+)"/.exec(readFileSync(join(folder, 'python-otlp.jsonl'), 'utf8'))?.[1]

/** Logs that programs wrote into files: JSON lines by themselves, any text on demand, and each only once. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusalReasons } from '../../src/shared/contract/imports.ts'
import { importBytes } from '../support/importing.ts'
import { runningEngine } from '../support/running-engine.ts'

let engine: Awaited<ReturnType<typeof runningEngine>>

beforeAll(async () => {
  engine = await runningEngine()
})
afterAll(() => engine[Symbol.asyncDispose]())

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const modifiedUnixNano = '1767400000000000000'

async function logsOf(service: string) {
  const { logs } = await engine.context.readers.query('listLogs', { service, order: 'oldest', limit: 100 })
  return logs.map(({ body, traceId: trace, severityNumber, timeUnixNano, attributes }) => {
    return { body, traceId: trace, severityNumber, timeUnixNano, original: attributes['log.record.original'] }
  })
}

it('knows JSON lines of logging libraries', async () => {
  const pino = `{"level":50,"time":1767323045678,"msg":"boom","trace_id":"${traceId}"}`
  const odd = '{"neither":"log","nor":"trace"}'
  const lines = [pino, odd, '{"event":"ok","level":"info","timestamp":"2026-01-02T03:04:06Z"}', '{"msg":'].join('\r\n')
  const report = await importBytes(engine, lines, { service: 'json', modifiedUnixNano, chunkBytes: 11 })
  expect(report).toMatchObject({
    format: 'JSON log lines',
    stored: { spans: 0, logs: 2, points: 0 },
    refused: 2,
    refusals: [{ line: 2 }, { line: 4 }],
    range: { start: '1767323045678000000', end: '1767323046000000000' },
  })
  expect(await logsOf('json')).toEqual([
    { body: 'boom', traceId, severityNumber: 17, timeUnixNano: '1767323045678000000', original: pino },
    expect.objectContaining({ body: 'ok', severityNumber: 9 }),
  ])
  const again = await importBytes(engine, lines, { service: 'json', modifiedUnixNano })
  expect(again).toMatchObject({ stored: { logs: 0 }, repeated: { logs: 2 } })
})

it('takes any lines as text when it is told to, and only then', async () => {
  const text = '2026-01-02T03:04:05Z ERROR boom\n  at a.b (c.js:1)\n\nno time\n{"msg":"json","level":"info"}\n'
  const options = { service: 'text', modifiedUnixNano }
  expect(await importBytes(engine, text, options)).toMatchObject({
    state: 'failed',
    reasons: [{ reason: refusalReasons.unknownText, count: 1 }],
  })
  const report = await importBytes(engine, text, { ...options, as: 'text', chunkBytes: 5 })
  expect(report).toMatchObject({ format: 'log lines', stored: { logs: 3 }, refused: 0 })
  expect(await logsOf('text')).toMatchObject([
    { body: 'boom\n  at a.b (c.js:1)', severityNumber: 17, timeUnixNano: '1767323045000000000' },
    { body: 'no time', severityNumber: 0, timeUnixNano: modifiedUnixNano },
    { body: 'json', severityNumber: 9, timeUnixNano: modifiedUnixNano },
  ])
  expect(await importBytes(engine, text, { ...options, as: 'text' })).toMatchObject({
    stored: { logs: 0 },
    repeated: { logs: 3 },
  })
})

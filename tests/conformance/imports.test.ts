/** Files come in whole, once, and with a report of every record. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { importBytes } from '../support/importing.ts'
import { epoch, logsOf, tracesOf } from '../support/otlp.ts'
import { runningEngine } from '../support/running-engine.ts'

let engine: Awaited<ReturnType<typeof runningEngine>>

beforeAll(async () => {
  engine = await runningEngine()
})
afterAll(() => engine[Symbol.asyncDispose]())

it('imports lines of OTLP JSON, and changes nothing the second time', async () => {
  const lines = [
    JSON.stringify(
      tracesOf('cart', [
        { id: 1, name: 'GET' },
        { id: 2, parent: 1, start: 5n },
      ]),
    ),
    JSON.stringify(
      logsOf('cart', [
        { body: 'hello', at: 3n },
        { body: 'hello', at: 3n },
      ]),
    ),
    '{"resourceSpans": [{',
    '{"what": 1}',
  ].join('\n')
  const first = await importBytes(engine, lines, { chunkBytes: 7 })
  expect(first).toMatchObject({
    state: 'finished',
    format: 'OTLP JSON',
    read: { spans: 2, logs: 2, points: 0 },
    stored: { spans: 2, logs: 2, points: 0 },
    repeated: { spans: 0, logs: 0, points: 0 },
    refused: 2,
    refusals: [{ line: 3 }, { line: 4, reason: 'JSON of a kind that is not known' }],
    range: { start: epoch.toString() },
  })
  const second = await importBytes(engine, lines)
  expect(second).toMatchObject({ stored: { spans: 0, logs: 0 }, repeated: { spans: 2, logs: 2 }, refused: 2 })
  expect((await engine.context.status.health()).counts).toMatchObject({ spans: 2, logs: 2 })
})

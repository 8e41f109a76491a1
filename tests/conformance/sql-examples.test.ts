/** The example questions of the SQL screen and of docs/sql.md: each runs and gives the right answer on known data. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleQueries } from '../../src/renderer/features/sql/example-queries.ts'
import type { SqlRow } from '../../src/shared/contract/sql.ts'
import { epoch, logsOf, type SpanSketch, traceIdOf, tracesOf } from '../support/otlp.ts'
import { type ScratchStore, scratchStore } from '../support/scratch-store.ts'
import { type SqlResult, sqlResult } from '../support/sql-result.ts'

const ms = 1_000_000n
const minute = 60_000n * ms
const server = 2
const client = 3

/** 100 requests of 1 to 100 ms, one a second; those over 90 ms fail, and only those ran on the host `b`. */
const requests: SpanSketch[] = Array.from({ length: 100 }, (_, index) => ({
  trace: index + 1,
  id: index + 1,
  name: 'GET /cart',
  kind: server,
  start: BigInt(index) * 1_000n * ms,
  duration: BigInt(index + 1) * ms,
  error: index >= 90,
  attributes: { 'host.name': index >= 90 ? 'b' : 'a', 'http.request.method': 'GET' },
}))

/** A page that asks for each of its 12 rows, in a trace of its own. */
const loop: SpanSketch[] = [
  { trace: 500, id: 1_000, name: 'GET /list', kind: server, start: 2n * minute, duration: 300n * ms },
  ...Array.from(
    { length: 12 },
    (_, index): SpanSketch => ({
      trace: 500,
      id: 1_001 + index,
      parent: 1_000,
      name: 'SELECT item',
      kind: client,
      start: 2n * minute + BigInt(index) * 20n * ms,
      duration: 10n * ms,
      attributes: { 'db.query.text': 'SELECT * FROM item WHERE id = ?' },
    }),
  ),
]

const orphans: SpanSketch[] = [
  { trace: 600, id: 2_000, parent: 77, name: 'charge card', kind: 1, start: 3n * minute, duration: 5n * ms },
  { trace: 601, id: 2_001, parent: 77, name: 'charge card', kind: 1, start: 3n * minute, duration: 5n * ms },
]

let store: ScratchStore
beforeAll(() => {
  store = scratchStore()
  store.send('traces', tracesOf('cart', requests), tracesOf('catalog', loop), tracesOf('payment', orphans))
  store.send(
    'logs',
    logsOf('cart', [
      { body: 'too slow', trace: 100, span: 100, severity: 17, at: 1n },
      { body: 'all well', trace: 1, span: 1, at: 2n },
      { body: 'no trace' },
    ]),
  )
})
afterAll(() => store[Symbol.dispose]())

function answer(question: string): SqlResult {
  const example = exampleQueries.find((each) => each.question === question)
  if (example === undefined) throw new Error(`there is no example "${question}"`)
  return sqlResult(store.file, example.query)
}

/** Numbers as numbers. */
function plain(rows: readonly SqlRow[]): unknown[][] {
  return rows.map((cells) =>
    cells.map((cell) => (typeof cell === 'object' && cell !== null && 'real' in cell ? Number(cell.real) : cell)),
  )
}

describe('the right answer', () => {
  it('Slowest operations', () =>
    expect(plain(answer('Slowest operations').rows)).toEqual([
      ['catalog', 'GET /list', 1, 300, 300],
      ['cart', 'GET /cart', 100, 50.5, 100],
      ['catalog', 'SELECT item', 12, 10, 10],
      ['payment', 'charge card', 2, 5, 5],
    ]))

  it('Error rate by service', () =>
    expect(plain(answer('Error rate by service').rows)).toEqual([
      ['cart', 100, 10, 10],
      ['catalog', 1, 0, 0],
    ]))

  it('N+1 calls', () =>
    expect(plain(answer('N+1 calls').rows)).toEqual([[traceIdOf(500), 'catalog', 'GET /list', 'SELECT item', 12, 120]]))

  it('Slowest SQL statements', () =>
    expect(plain(answer('Slowest SQL statements').rows)).toEqual([
      ['SELECT * FROM item WHERE id = ?', 12, 120, 10, 10],
    ]))

  it('Logs of failed traces', () =>
    expect(answer('Logs of failed traces').rows).toEqual([
      [{ integer: String(epoch + 1n) }, 'cart', '', 'too slow', traceIdOf(100)],
    ]))

  // The 99th of 100, and of twelve the last.
  it('P99 by operation', () =>
    expect(plain(answer('P99 by operation').rows)).toEqual([
      ['catalog', 'GET /list', 1, 300],
      ['cart', 'GET /cart', 100, 99],
      ['catalog', 'SELECT item', 12, 10],
      ['payment', 'charge card', 2, 5],
    ]))

  it('Attributes that go with errors', () => {
    const rows = plain(answer('Attributes that go with errors').rows)
    expect(rows[0]).toEqual(['host.name', 'b', 10, 0, 100, 0])
    // All failed ones have it, and most of the others: a lesser lead.
    expect(rows[1]).toEqual(['http.request.method', 'GET', 10, 90, 100, 85.7])
    expect(rows).toHaveLength(2)
  })

  it('Traffic per minute', () => {
    const rows = plain(answer('Traffic per minute').rows)
    // The epoch lies 20 s into its minute: 40 seconds, then 60; the list two minutes later.
    expect(rows.map(([start]) => start)).toEqual([
      '2023-11-14T22:13:00Z',
      '2023-11-14T22:14:00Z',
      '2023-11-14T22:15:00Z',
    ])
    expect(rows.map(([, count, errors]) => [count, errors])).toEqual([
      [40, 0],
      [60, 10],
      [1, 0],
    ])
  })

  it('Orphan spans', () =>
    expect(answer('Orphan spans').rows).toEqual([['payment', 'charge card', 2, 2, traceIdOf(601)]]))

  it('Biggest traces', () => {
    const [first, second] = answer('Biggest traces').rows
    const start = { integer: String(epoch + 2n * minute) }
    expect(first).toEqual([traceIdOf(500), start, 'catalog', 'GET /list', 13, 0, 300_000_000])
    expect(second?.[4]).toBe(1)
  })

  it.each(exampleQueries)('$question is no error where nothing is stored', ({ query }) => {
    using empty = scratchStore()
    expect(sqlResult(empty.file, query).rows).toEqual([])
  })

  it('is tested for every example', () => expect(exampleQueries).toHaveLength(10))
})

describe('docs/sql.md', () => {
  const page = readFileSync(new URL('../../docs/sql.md', import.meta.url), 'utf8')

  it.each(exampleQueries)('has "$question" as the screen has it', ({ question, query }) => {
    const [, section = ''] = page.split(`### ${question}\n`)
    expect(/```sql\n([\s\S]*?)```/.exec(section)?.[1]).toBe(`${query};\n`)
  })
})

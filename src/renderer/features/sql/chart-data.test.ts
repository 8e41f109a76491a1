/** Rows as a chart draws them. */

import { describe, expect, it } from 'vitest'
import type { SqlRow } from '#shared/contract/sql.ts'
import { chartChoice, chartColumns, instantOf } from './chart-columns.ts'
import { chartData } from './chart-data.ts'

const columnsOf = (...names: string[]) => names.map((name) => ({ name, origin: null }))

function draw(names: readonly string[], rows: readonly SqlRow[], url: Parameters<typeof chartChoice>[1] = {}) {
  const choice = chartChoice(chartColumns(columnsOf(...names), rows), url)
  return choice && chartData(rows, choice, 'line')
}

describe('times', () => {
  it.each([
    ['2026-11-22T09:41:00Z', 'start', 1_795_340_460_000_000_000n],
    ['2026-11-22T09:41:00.000000001Z', 'start', 1_795_340_460_000_000_001n],
    ['2026-11-22 09:41:00', 'minute', 1_795_340_460_000_000_000n],
    [{ integer: '1795340460000000001' }, 'start_unix_nano', 1_795_340_460_000_000_001n],
    [1_795_340_460, 'start_unix_s', 1_795_340_460_000_000_000n],
    [1_795_340_460, 'count', undefined],
    ['yesterday', 'start', undefined],
    [null, 'start', undefined],
  ] as const)('reads %j in %s', (cell, name, instant) => expect(instantOf(cell, name)).toBe(instant))
})

describe('lines over time', () => {
  const rows: SqlRow[] = [
    ['2026-11-22T09:41:00Z', 3, 1.5],
    ['2026-11-22T09:43:00Z', 5, null],
  ]

  it('stand where they belong, with gaps where there is nothing', () => {
    expect(draw(['start', 'requests', 'p99'], rows)).toMatchObject({
      kind: 'time',
      grid: { stepNs: 120_000_000_000n, count: 2 },
      series: [
        { name: 'requests', values: [3, 5] },
        { name: 'p99', values: [1.5, null] },
      ],
      note: undefined,
    })
    const uneven = draw(['start', 'requests', 'p99'], [...rows, ['2026-11-22T09:44:00Z', 1, 2]])
    expect(uneven).toMatchObject({
      grid: { count: 4 },
      series: [{ values: [3, null, 5, 1] }, { values: [1.5, null, null, 2] }],
    })
  })

  it('are one for each value of a column, and say what was put together', () => {
    const byService: SqlRow[] = [
      ['2026-11-22T09:41:00Z', 'cart', 2],
      ['2026-11-22T09:41:00Z', 'cart', 4],
      ['2026-11-22T09:42:00Z', 'mail', 7],
    ]
    const data = draw(['start', 'service', 'n'], byService, { by: 'service' })
    expect(data).toMatchObject({
      series: [
        { name: 'cart', values: [3, null] },
        { name: 'mail', values: [null, 7] },
      ],
    })
    expect(data?.note).toContain('mean')
  })

  it('have no more steps than can be drawn, whatever the times', () => {
    const many: SqlRow[] = Array.from({ length: 5_000 }, (_, index) => [
      { integer: String(1_795_340_460_000_000_000n + BigInt(index * index)) },
      index,
    ])
    const data = draw(['at_unix_nano', 'n'], many)
    expect(data).toMatchObject({ kind: 'time', grid: { count: 400 } })
    // One instant alone, and one far from all others.
    expect(draw(['at_unix_nano', 'n'], [[1_000, 1]])).toMatchObject({ grid: { count: 1 }, series: [{ values: [1] }] })
    const far: SqlRow[] = [
      [0, 1],
      [{ integer: '9223372036854775807' }, 2],
    ]
    expect(draw(['at_unix_nano', 'n'], far)).toMatchObject({ grid: { count: 2 }, series: [{ values: [1, 2] }] })
  })
})

describe('bars', () => {
  it('are one for each row, named by its column', () => {
    const rows: SqlRow[] = [
      ['cart', 12.5],
      [null, { real: '3.0' }],
    ]
    expect(draw(['service', 'error_percent'], rows)).toMatchObject({
      kind: 'bars',
      bars: [
        { name: 'cart', values: [12.5] },
        { name: 'NULL', values: [3] },
      ],
    })
  })

  it('are limited, and say so', () => {
    const rows: SqlRow[] = Array.from({ length: 100 }, (_, index) => [`row ${index}`, index])
    expect(draw(['name', 'n'], rows)).toMatchObject({ note: 'The first 60 of 100 rows are drawn.' })
  })
})

describe('columns', () => {
  it('are chosen by what they hold, unless the address says which', () => {
    const rows: SqlRow[] = [['cart', '2026-11-22T09:41:00Z', 1, 2]]
    const columns = chartColumns(columnsOf('service', 'start', 'a', 'b'), rows)
    expect(columns.map(({ kind }) => kind)).toEqual(['category', 'time', 'number', 'number'])
    expect(chartChoice(columns, {})).toMatchObject({ x: { name: 'start' }, y: [{ name: 'a' }, { name: 'b' }] })
    expect(chartChoice(columns, { x: 'service', y: ['b', 'gone'] })).toMatchObject({
      x: { name: 'service' },
      y: [{ name: 'b' }],
    })
    expect(chartChoice(columns, { x: 'gone', by: 'service' })).toMatchObject({
      x: { name: 'start' },
      by: { name: 'service' },
    })
  })

  it('make no chart without numbers', () => {
    expect(draw(['a', 'b'], [['x', 'y']])).toBeUndefined()
    expect(draw([], [])).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowFlag } from '#shared/contract/waterfall.ts'
import { arrange, type TreeSpan } from './trace-tree.ts'

const span = (spanId: string, parentSpanId: string | null, start = 0, duration = 10, kind = 1): TreeSpan => ({
  spanId,
  parentSpanId,
  start,
  duration,
  kind,
})

const shape = (spans: TreeSpan[]): string[] =>
  arrange(spans).map(({ spanId, depth, flags }) => `${'  '.repeat(depth)}${spanId}${flags ? ` ${flags}` : ''}`)

describe('arrange', () => {
  it('puts children under parents, siblings by start', () => {
    expect(shape([span('b', 'a', 5, 1), span('a', null), span('c', 'a', 2, 1), span('d', 'c', 2, 1)])).toEqual([
      'a',
      '  c',
      '    d',
      '  b',
    ])
  })

  it('hangs orphans of one missing parent under one stand-in that spans them', () => {
    const rows = arrange([span('a', null, 0, 100), span('b', 'x', 20, 5), span('c', 'x', 10, 5)])
    expect(rows.map(({ spanId, depth }) => [spanId, depth])).toEqual([
      ['a', 0],
      ['x', 0],
      ['c', 1],
      ['b', 1],
    ])
    expect(rows[1]).toMatchObject({ span: -1, start: 10, duration: 15, flags: RowFlag.missingParent, descendants: 2 })
  })

  it('marks a span that is its own parent', () => {
    expect(shape([span('a', 'a')])).toEqual([`a ${RowFlag.selfParent}`])
  })

  it('cuts a cycle above its earliest span', () => {
    const rows = arrange([span('a', 'c', 3), span('b', 'a', 1), span('c', 'b', 2), span('d', 'a', 9, 1)])
    expect(rows.map(({ spanId, depth }) => [spanId, depth])).toEqual([
      ['b', 0],
      ['c', 1],
      ['a', 2],
      ['d', 3],
    ])
    expect((rows[0]?.flags ?? 0) & RowFlag.cycle).toBe(RowFlag.cycle)
  })

  it('nests the two halves of a shared span and gives its children to the server', () => {
    const rows = arrange([span('p', null), span('s', 'p', 1, 8, 3), span('s', 'p', 2, 6, 2), span('k', 's', 3, 1)])
    expect(rows.map(({ spanId, span: index, depth }) => [spanId, index, depth])).toEqual([
      ['p', 0, 0],
      ['s', 1, 1],
      ['s', 2, 2],
      ['k', 3, 3],
    ])
  })

  it('marks children outside their parent and odd durations', () => {
    const flags = arrange([
      span('a', null, 10, 10),
      span('b', 'a', 5, 5),
      span('c', 'a', 15, 10),
      span('d', 'a', 16, 0),
      span('e', 'a', 17, -2),
    ]).map(({ flags }) => flags)
    expect(flags).toEqual([
      0,
      RowFlag.startsBeforeParent,
      RowFlag.endsAfterParent,
      RowFlag.zeroDuration,
      RowFlag.negativeDuration,
    ])
  })

  it('makes a row of every span, whatever the parents say', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
    const spans = fc.array(
      fc.record({
        spanId: id,
        parentSpanId: fc.option(id),
        start: fc.integer({ min: 0, max: 50 }),
        duration: fc.integer({ min: -5, max: 50 }),
        kind: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(spans, (list) => {
        const rows = arrange(list)
        expect(
          rows
            .filter(({ span }) => span >= 0)
            .map(({ span }) => span)
            .sort((a, b) => a - b),
        ).toEqual(list.map((_, index) => index))
        for (const [index, row] of rows.entries()) {
          expect(row.parent).toBeLessThan(index)
          const parent = rows[row.parent]
          expect(row.depth).toBe(parent ? parent.depth + 1 : 0)
          const inSubtree = rows.slice(index + 1, index + 1 + row.descendants)
          expect(inSubtree.every(({ depth }) => depth > row.depth)).toBe(true)
          expect((rows[index + 1 + row.descendants]?.depth ?? 0) <= row.depth).toBe(true)
        }
      }),
    )
  })

  it('takes a chain of a hundred thousand spans', () => {
    const chain = Array.from({ length: 100_000 }, (_, index) => span(`s${index}`, index === 0 ? null : `s${index - 1}`))
    expect(arrange(chain).at(-1)).toMatchObject({ depth: 99_999 })
  })
})

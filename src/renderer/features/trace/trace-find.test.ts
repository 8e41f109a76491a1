import { describe, expect, it } from 'vitest'
import { indexSpans } from './span-index.ts'
import { findMatches } from './trace-find.ts'
import { waterfallOf } from './waterfall-fixture.ts'

const columns = waterfallOf([
  { depth: 0, service: 'storefront', name: 'POST /buy' },
  { depth: 1, service: 'Checkout', name: 'INSERT orders' },
  { depth: 1, service: 'checkout-db', name: 'query' },
])
const index = indexSpans(columns)
const rows = (text: string) => [...findMatches(columns, index, text).rows]

describe('findMatches', () => {
  it('looks at service and operation in any case', () => {
    expect(rows('checkout')).toEqual([1, 2])
    expect(rows(' insert ')).toEqual([1])
    expect(rows('storefront post')).toEqual([0])
    expect(rows('')).toEqual([])
    expect(rows('nothing')).toEqual([])
  })

  it('adds what the engine found, once, and ignores spans that are not here', () => {
    const found = [
      { spanId: 'abcdef0100000001', twin: 0 },
      { spanId: 'abcdef0100000002', twin: 0 },
      { spanId: 'abcdef01000000ff', twin: 0 },
    ]
    const matches = findMatches(columns, index, 'insert', found)
    expect([...matches.rows]).toEqual([0, 1])
    expect([...matches.mask]).toEqual([1, 1, 0])
  })
})

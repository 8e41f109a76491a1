import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexSpans, parseSpanKey, spanKey, spanKeyAt } from './span-index.ts'
import { waterfallOf } from './waterfall-fixture.ts'

describe('span keys', () => {
  it('read back what they were made of', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.nat(255), (id, twin) => {
        const spanId = id.toString(16).padStart(16, '0')
        expect(parseSpanKey(spanKey(spanId, twin))).toEqual({ spanId, twin })
      }),
    )
  })

  it.each(['', 'abc', 'ABCDEF0123456789', '0123456789abcdef.', '0123456789abcdef.1234', 'x123456789abcdef'])(
    'refuse %j',
    (text) => expect(parseSpanKey(text)).toBeUndefined(),
  )
})

describe('indexSpans', () => {
  it('finds every row by its key and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.nat(60), fc.nat(3)), { selector: String }), (ids) => {
        const columns = waterfallOf(ids.map(([id, twin]) => ({ depth: 0, id, twin })))
        const index = indexSpans(columns)
        for (let row = 0; row < columns.rowCount; row++) expect(index.rowOf(spanKeyAt(columns, row))).toBe(row)
        expect(index.rowOf('abcdef01000000ff')).toBeUndefined()
        expect(index.rowOf('nonsense')).toBeUndefined()
      }),
    )
  })
})

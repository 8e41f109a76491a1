import fc from 'fast-check'
import { expect, it } from 'vitest'
import { searchTerms, splitAtTerms } from './search-terms.ts'

const found = (q: string, line: string) => {
  const terms = searchTerms(q)
  return terms ? splitAtTerms(line, terms).filter((_, index) => index % 2 === 1) : []
}

it('marks words at their beginning, in any case', () => {
  expect(found('card decl', 'Card declined: discard it')).toEqual(['Card', 'decl'])
})

it('marks a phrase whatever stands between its words', () => {
  expect(found('"order failed"', 'order: failed; the order failed')).toEqual(['order: failed', 'order failed'])
})

it('marks nothing that is excluded', () => {
  expect(found('-health ok', 'health ok')).toEqual(['ok'])
  expect(found('-"order failed"', 'order failed')).toEqual([])
  expect(searchTerms('')).toBeUndefined()
  expect(searchTerms(' "" . ')).toBeUndefined()
})

it('never loses a character and takes any search', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (q, line) => {
      const terms = searchTerms(q)
      if (terms) expect(splitAtTerms(line, terms).join('')).toBe(line)
    }),
  )
})

import { describe, expect, test } from 'vitest'
import { parseSearch, stringifySearch } from './search-params.ts'

describe('the search in the URL', () => {
  test('instants stay strings, digit for digit', () => {
    expect(parseSearch('?start=1795336500000000001')).toEqual({ start: '1795336500000000001' })
    expect(stringifySearch({ start: '1795336500000000001' })).toBe('?start=1795336500000000001')
  })

  test('repeated keys are lists', () => {
    expect(parseSearch('attr=a%3D1&attr=b%3D2&attr=c')).toEqual({ attr: ['a=1', 'b=2', 'c'] })
    expect(stringifySearch({ attr: ['a=1', 'b&2'] })).toBe('?attr=a%3D1&attr=b%262')
  })

  test('what says nothing is left out', () => {
    expect(stringifySearch({ a: undefined, b: null, c: false, d: '', e: [], f: 0, g: true })).toBe('?f=0&g=true')
    expect(stringifySearch({})).toBe('')
    expect(parseSearch('?a=&b=1')).toEqual({ b: '1' })
  })

  test('what was written is read again', () => {
    const search = { q: 'a b+c&d=é', attr: ['x=1', 'y=%'] }
    expect(parseSearch(stringifySearch(search))).toEqual(search)
  })
})

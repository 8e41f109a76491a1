import { expect, test } from 'vitest'
import { parseRecent, withRecent } from './recent-traces.ts'

const id = (digit: string) => digit.repeat(32)

test('the newest stands first and once', () => {
  expect(withRecent([id('a'), id('b')], id('b'))).toEqual([id('b'), id('a')])
})

test('six are kept', () => {
  const seven = ['1', '2', '3', '4', '5', '6', '7'].map(id)
  expect(seven.reduce<readonly string[]>(withRecent, [])).toEqual(seven.slice(1).reverse())
})

test('what is stored may be anything', () => {
  expect(parseRecent(null)).toEqual([])
  expect(parseRecent(`x,${id('a')},{}`)).toEqual([id('a')])
})

import { expect, test } from 'vitest'
import { searchWords } from './search-words.ts'

const words = (text: string) =>
  searchWords(text).map(({ text, isPhrase, isExcluded }) => `${isExcluded ? '-' : ''}${isPhrase ? `<${text}>` : text}`)

test('words, phrases, and what is excluded', () => {
  expect(words('order "not paid" -retry -"timed out"')).toEqual(['order', '<not paid>', '-retry', '-<timed out>'])
})

test('anything is a search', () => {
  expect(words('')).toEqual([])
  expect(words('"never closed')).toEqual(['<never closed>'])
  expect(words('a"b"c-d')).toEqual(['a', '<b>', 'c-d'])
})
